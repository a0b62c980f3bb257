import type { RequestFacts } from '../../activities/records/index.ts';
import { type Answer, type Refusal, refuse } from '../../domain/base/answers.ts';
import { compareDates, formatDateJa, jstDate } from '../../domain/calendar/civil-date.ts';
import { currentPeriod } from '../../domain/period/contract-schedule.ts';
import { records } from '../ports.ts';
import { openTask } from '../staff-task.ts';
import { answerCancellation, answerWithdrawal } from './cancellation.ts';
import { answerChange } from './change.ts';
import type { ContractCommand, ContractContext } from './context.ts';
import { answerDiscontinuation } from './discontinuation.ts';
import { recordOutcome } from './outcome.ts';
import { pushCertificate } from './outgoing.ts';
import { pushTerminationNotice } from './termination.ts';

/** Answers one command. Business refusals are answers with clause and reason; nothing is half done. */
export async function answerCommand(context: ContractContext, command: ContractCommand): Promise<Answer> {
  switch (command.type) {
    case 'clock':
      return setClock(context, command.targetMs);
    case 'confirm':
      return confirm(context, command);
    case 'numbersRead':
      return reviseNumbers(context, command.commandId);
    case 'termsEffective':
      return reviseTerms(context, command.editionNumber);
    case 'discontinue':
      return answerDiscontinuation(context, command);
    default:
      return answerRequest(context, command);
  }
}

type RequestCommand = ContractCommand & {
  type: 'change' | 'cancellation' | 'cancellationWithdrawal' | 'termination';
};

async function answerRequest(context: ContractContext, command: RequestCommand): Promise<Answer> {
  const facts = await records.loadRequest({
    contractId: context.state.contractId,
    requestId: command.requestId,
  });
  const refusal = refuseArrival(facts);
  if (refusal !== null) {
    await recordOutcome(context, command, { outcome: 'refused', refusal });
    return refusal;
  }
  if (command.type === 'cancellationWithdrawal') return answerWithdrawal(context, command, facts);
  if (facts.backdated || command.type === 'termination') {
    return waitForSecondPerson(context, { ...command, type: command.type }, facts);
  }
  return carryOut(context, { ...command, type: command.type }, facts);
}

type Carried = ContractCommand & { type: 'change' | 'cancellation' | 'termination' };

async function carryOut(
  context: ContractContext,
  command: Pick<Carried, 'commandId' | 'actor' | 'requestId' | 'type'>,
  facts: RequestFacts,
): Promise<Answer> {
  switch (command.type) {
    case 'change':
      return answerChange(context, command, facts);
    case 'cancellation':
      return answerCancellation(context, command, facts);
    case 'termination':
      return pushTerminationNotice(context, command, facts);
  }
}

/** Arrival at the operator decides (第10条1項): it is neither in the future nor before the contract. */
function refuseArrival(facts: RequestFacts): Refusal | null {
  if (facts.arrivedAtMs > Date.now()) {
    return refuse('invalid', '到達日時が未来です。実際に到達した日時を入力してください。', '第10条1項');
  }
  if (compareDates(jstDate(facts.arrivedAtMs), facts.concludedOn) < 0) {
    const text = `到達日時が契約締結日（${formatDateJa(facts.concludedOn)}）より前です。`;
    return refuse('invalid', text, '第10条1項');
  }
  return null;
}

/** A backdated arrival and a termination need a second person, who may not be the one who entered it (第10条). */
async function waitForSecondPerson(
  context: ContractContext,
  command: Pick<Carried, 'commandId' | 'actor' | 'requestId' | 'type'>,
  facts: RequestFacts,
): Promise<Answer> {
  const { state } = context;
  const { type: kind, requestId } = command;
  const task = await openTask({
    kind: 'secondPerson',
    subjectType: 'contract',
    subjectId: state.contractId,
    excludedStaff: [facts.enteredBy],
    about: requestId,
    sandbox: state.sandbox,
  });
  state.waiting.push({ requestId, kind, enteredBy: facts.enteredBy, task });
  const text = '第二の担当者の確認を待っています。確認されるまで効力はありません。';
  const refusal = refuse('needsSecondPerson', text, kind === 'termination' ? '第10条2項' : '第10条1項');
  await recordOutcome(context, command, { outcome: 'waiting', refusal });
  return refusal;
}

async function confirm(
  context: ContractContext,
  command: ContractCommand & { type: 'confirm' },
): Promise<Answer> {
  const { state } = context;
  const waiting = state.waiting.find(({ requestId }) => requestId === command.requestId);
  if (waiting === undefined)
    return refuse('stale', 'この申請は確認待ちではありません。画面を読み込み直してください。');
  if (command.actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが確認できます。');
  if (command.actor.id === waiting.enteredBy) {
    return refuse('samePerson', 'ご自身が入力した申請は確認できません。別の担当者が確認します。', '第10条');
  }
  state.waiting = state.waiting.filter((other) => other !== waiting);
  await records.closeTask({ taskId: waiting.task.id, outcome: 'done' });
  const carried = { ...command, type: waiting.kind };
  if (command.verdict === 'reject') {
    const refusal = refuse(
      'notAllowed',
      '第二の担当者が認めなかったため、申請は効力を持ちません。',
      '第10条',
    );
    await recordOutcome(context, command, { outcome: 'refused', refusal });
    return { ok: true, effectiveOn: '', reasons: [], message: refusal.message } as Answer;
  }
  await records.confirmRequest({ requestId: command.requestId, confirmedBy: command.actor.id });
  const facts = await records.loadRequest({ contractId: state.contractId, requestId: command.requestId });
  return carryOut(context, carried, facts);
}

/** Gives the test clock of a sandbox contract something to run to; a live contract has no test clock. */
function setClock({ state }: ContractContext, targetMs: number | null): Answer {
  if (!state.sandbox) return refuse('notAllowed', '本番の契約の時計は進められません。');
  if (targetMs !== null && targetMs <= Date.now())
    return refuse('invalid', '契約の現在の日時より後を指定してください。');
  state.clockTargetMs = targetMs;
  return { ok: true };
}

/** Another edition than the certificate names binds the customer: a new revision (第5条1項, 第17条). */
async function reviseTerms(context: ContractContext, editionNumber: number): Promise<Answer> {
  const { contractId, basis } = context.state;
  const issuedOn = jstDate(Date.now());
  const differs = await records.editionDiffers({ contractId, on: issuedOn });
  const period = currentPeriod(basis, issuedOn);
  if (differs)
    pushCertificate(context, { cause: { kind: 'terms', ref: `${editionNumber}` }, issuedOn, period });
  return { ok: true };
}

/** Numbers other than those that the certificate states: a new revision (第23条1項). */
async function reviseNumbers(
  context: ContractContext,
  commandId: string,
): Promise<Answer<{ revised: boolean }>> {
  const { contractId, basis } = context.state;
  const revised = await records.numbersDiffer({ contractId });
  const issuedOn = jstDate(Date.now());
  const period = currentPeriod(basis, issuedOn);
  if (revised) pushCertificate(context, { cause: { kind: 'numbers', ref: commandId }, issuedOn, period });
  return { ok: true, revised };
}
