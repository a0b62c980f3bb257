import type { RequestFacts } from '../../activities/records/index.ts';
import { type Answer, type Refusal, refuse } from '../../domain/base/answers.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { decisionRefusal, involved, staffOnly } from '../../domain/desk/decide.ts';
import { judgeArrival } from '../../domain/ending/cancellation-answer.ts';
import { requestNeedsSecondPerson } from '../../domain/ending/second-person.ts';
import type { RequestKind } from '../../domain/period/contract.ts';
import { records } from '../ports.ts';
import type { Handlers } from '../updates.ts';
import { answerCancellation, answerWithdrawal } from './cancellation.ts';
import { answerChange } from './change.ts';
import type { ContractContext, Request, Taken } from './context.ts';
import { answerDiscontinuation } from './discontinuation.ts';
import * as earlier from './earlier/cancellation.ts';
import { answerChange as answerChangeAlone } from './earlier/change.ts';
import type { Confirmed, ContractMessages, RequestAnswer } from './messages.ts';
import { recordOutcome } from './outcome.ts';
import { pushCertificate, pushRevision } from './outgoing.ts';
import { judgesSequence } from './sequence.ts';
import { periodOf } from './state.ts';
import { pushTerminationNotice } from './termination.ts';

/** What answers each command. Business refusals are answers with clause and reason; nothing is half done. */
export function answersOf(context: ContractContext): Handlers<ContractMessages> {
  return {
    change: (command) => answerRequest(context, command, JUDGES.change),
    cancellation: (command) => answerRequest(context, command, JUDGES.cancellation),
    cancellationWithdrawal: (command) => answerRequest(context, command, JUDGES.cancellationWithdrawal),
    termination: (command) => answerRequest(context, command, JUDGES.termination),
    confirm: (command) => confirm(context, command),
    numbersRead: ({ commandId }) => reviseNumbers(context, commandId),
    clock: async ({ targetMs }) => setClock(context, targetMs),
    discontinue: (command) => answerDiscontinuation(context, command),
    termsEffective: ({ editionNumber }) => reviseTerms(context, editionNumber),
    customerChanged: async ({ changeId }) => {
      pushRevision(context, { kind: 'customer', ref: changeId });
      return { ok: true };
    },
    campaignDecided: ({ campaignId }) => takeCampaign(context, campaignId),
  };
}

type Judge = (context: ContractContext, request: Request, facts: RequestFacts) => Promise<RequestAnswer>;

/** By what each kind of request is judged; runs from before changes were one sequence finish their commands as they began. */
const JUDGES: Record<RequestKind, Judge> = {
  change: (...asked) => (judgesSequence() ? answerChange : answerChangeAlone)(...asked),
  cancellation: (...asked) => (judgesSequence() ? answerCancellation : earlier.answerCancellation)(...asked),
  cancellationWithdrawal: (...asked) =>
    (judgesSequence() ? answerWithdrawal : earlier.answerWithdrawal)(...asked),
  termination: pushTerminationNotice,
};

async function answerRequest(
  context: ContractContext,
  command: Taken<RequestKind>,
  judge: Judge,
): Promise<RequestAnswer> {
  const { requestId, type } = command;
  const facts = await records.loadRequest({ contractId: context.state.contractId, requestId });
  const refusal = judgeArrival({ ...facts, nowMs: Date.now() });
  if (refusal !== null) {
    await recordOutcome(context, command, { outcome: 'refused', refusal });
    return refusal;
  }
  if (requestNeedsSecondPerson(type, facts.backdated)) {
    return waitForSecondPerson(context, command, type, facts);
  }
  return judge(context, command, facts);
}

/** A backdated arrival and a termination need a second person, who may not be the one who entered it (第10条). */
async function waitForSecondPerson(
  context: ContractContext,
  request: Request,
  kind: RequestKind,
  { enteredBy }: RequestFacts,
): Promise<Refusal> {
  const { state, desk } = context;
  const { requestId } = request;
  const people = involved([kind === 'termination' ? 'proposed' : 'backdated', enteredBy]);
  const task = await desk.open({ kind: 'secondPerson', involved: people, about: requestId });
  state.waiting.push({ requestId, kind, enteredBy, task });
  const text = '第二の担当者の確認を待っています。確認されるまで効力はありません。';
  const refusal = refuse('needsSecondPerson', text, kind === 'termination' ? '第10条2項' : '第10条1項');
  await recordOutcome(context, request, { outcome: 'waiting', refusal });
  return refusal;
}

async function confirm(context: ContractContext, command: Taken<'confirm'>): Promise<Answer<Confirmed>> {
  const { state, desk } = context;
  const { requestId, commandId, actor } = command;
  const waiting = state.waiting.find((request) => request.requestId === requestId);
  if (waiting === undefined)
    return refuse('stale', 'この申請は確認待ちではありません。画面を読み込み直してください。');
  const staff = staffOnly(actor);
  if ('code' in staff) return staff;
  const people = waiting.task.involved ?? involved(['entered', waiting.enteredBy]);
  const open = { taskId: waiting.task.id, kind: 'secondPerson' as const, involved: people };
  const refused = decisionRefusal(open, { ...staff, roles: null, taskId: null });
  if (refused !== null) return refused;
  state.waiting = state.waiting.filter((other) => other !== waiting);
  await desk.close(waiting.task, 'done');
  if (command.verdict === 'reject') {
    const message = '第二の担当者が認めなかったため、申請は効力を持ちません。';
    const refusal = refuse('notAllowed', message, '第10条');
    await recordOutcome(context, command, { outcome: 'refused', refusal });
    return { ok: true, effectiveOn: null, reasons: [], message };
  }
  await records.confirmRequest({ requestId, confirmedBy: staff.staffId });
  const facts = await records.loadRequest({ contractId: state.contractId, requestId });
  const answer = await JUDGES[waiting.kind](context, { commandId, actor, requestId }, facts);
  // A rule may refuse what was confirmed: the second person's word stands, and the request's outcome says why.
  if (answer.ok) return answer;
  return { ok: true, effectiveOn: null, reasons: answer.reasons ?? [], message: answer.message };
}

/** Gives the test clock of a sandbox contract something to run to; a live contract has no test clock. */
function setClock({ state }: ContractContext, targetMs: number | null): Answer {
  if (!state.sandbox) return refuse('notAllowed', '本番の契約の時計は進められません。');
  if (targetMs !== null && targetMs <= Date.now())
    return refuse('invalid', '契約の現在の日時より後を指定してください。');
  state.clockTargetMs = targetMs;
  return { ok: true };
}

/** The certificate states the campaign until its last day (第5条4項). */
async function takeCampaign(context: ContractContext, campaignId: string): Promise<Answer> {
  const { state } = context;
  const { contractId } = state;
  state.campaignUntil = await records.campaignUntil({ contractId, on: jstDate(Date.now()) });
  if (state.campaignUntil !== null) pushRevision(context, { kind: 'campaign', ref: campaignId });
  return { ok: true };
}

/** Another edition than the certificate names binds the customer: a new revision (第5条1項, 第17条). */
async function reviseTerms(context: ContractContext, editionNumber: number): Promise<Answer> {
  const { contractId } = context.state;
  const issuedOn = jstDate(Date.now());
  const differs = await records.editionDiffers({ contractId, on: issuedOn });
  const period = periodOf(context.state, issuedOn);
  if (differs)
    pushCertificate(context, { cause: { kind: 'terms', ref: `${editionNumber}` }, issuedOn, period });
  return { ok: true };
}

/** Numbers other than those that the certificate states: a new revision (第23条1項). */
async function reviseNumbers(
  context: ContractContext,
  commandId: string,
): Promise<Answer<{ revised: boolean }>> {
  const { contractId } = context.state;
  const revised = await records.numbersDiffer({ contractId });
  const issuedOn = jstDate(Date.now());
  const period = periodOf(context.state, issuedOn);
  if (revised) pushCertificate(context, { cause: { kind: 'numbers', ref: commandId }, issuedOn, period });
  return { ok: true, revised };
}
