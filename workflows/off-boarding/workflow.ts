import { patched, setHandler, sleep } from '@temporalio/workflow';
import { type Answer, refuse } from '../../domain/base/answers.ts';
import { lastUsageDays } from '../../domain/billing/usage.ts';
import { addDays, jstInstant } from '../../domain/calendar/civil-date.ts';
import { OFF_BOARDING_STEPS } from '../../domain/data/off-boarding.ts';
import { staffOnly } from '../../domain/desk/decide.ts';
import { finish } from '../finish.ts';
import { deletion, mail, records, telephony } from '../ports.ts';
import { stage } from '../stage.ts';
import type { Taken } from '../updates.ts';
import { newContext, type OffBoardingContext, snapshotOf } from './context.ts';
import * as messages from './messages.ts';
import { type Outcome, perform, performByHand } from './step.ts';

type Facts = Awaited<ReturnType<typeof records.beginOffBoarding>>;

/**
 * What is done once a contract has ended, in any way (第10条・第16条): the service goes off at once, usage is read, and read
 * again when late usage has come in; only then go the numbers and the subaccount, for good. People's work runs beside.
 * Nothing here ends the contract or brings it back: an end cannot be withdrawn once it has come.
 */
export async function offBoarding(input: messages.OffBoardingInput): Promise<void> {
  const context = newContext(input);
  setHandler(messages.offBoardingSnapshot, () => snapshotOf(context));
  context.inbox.accept(messages.offBoardingUpdates);
  const { contractId, endedOn } = input;
  const facts = await records.beginOffBoarding({ contractId, endedOn, businessMs: Date.now() });

  let over = false;
  let failure: unknown = null;
  const running = Promise.all([
    automaticSteps(context, facts).then(() => handOver(input)),
    performByHand(context, 'accountsClosed'),
    facts.hasPartner
      ? performByHand(context, 'partnerTold')
      : perform(context, 'partnerTold', async () => ({ state: 'notNeeded' })),
  ])
    .catch((error: unknown) => {
      failure = error;
    })
    .finally(() => {
      over = true;
    });
  await answerUntil(context, () => over);
  await running;
  if (failure !== null) throw failure;
  await finish(context);
}

/** The deletion waits for its day by itself (第22条6項). Not before the final statement, which needs the contact. */
async function handOver({ contractId, sandbox }: messages.OffBoardingInput): Promise<void> {
  if (patched('deletion-2026-11')) {
    await deletion.startDeletion({ contractId, sandbox, notBeforeMs: Date.now() });
  }
}

async function automaticSteps(context: OffBoardingContext, facts: Facts): Promise<void> {
  const { contractId, endedOn } = context.input;
  const { from, to } = lastUsageDays(endedOn);
  /** Numbers without a subaccount on record: somebody knows where they are, the system does not. */
  const unknown = (): Outcome => (facts.hasNumbers ? { cause: 'notRegistered' } : { state: 'notNeeded' });
  const command = (clause: string) => ({ contractId, clause, businessMs: Date.now() });
  const readUsage = async (): Promise<Outcome> => {
    const { records: amount } = await telephony.readUsage({ contractId, from, to });
    return amount === null ? { state: 'notNeeded' } : { state: 'done', amount };
  };

  await perform(context, 'serviceOff', async () => {
    const { state } = await telephony.suspendTelephony(command('第10条'));
    return state === 'notRegistered' ? unknown() : { state: 'done' };
  });
  const forfeit = () =>
    perform(context, 'prepaidForfeited', async () => {
      const { forfeitedYen } = await records.forfeitPrepaid({ contractId, endedOn, businessMs: Date.now() });
      return forfeitedYen === 0 ? { state: 'notNeeded' } : { state: 'done', amount: forfeitedYen };
    });
  const usageFirst = patched('usage-before-forfeiture-2026-11');
  if (!usageFirst) await forfeit();
  await perform(context, 'usageRead', readUsage);
  const lateMs = jstInstant(addDays(endedOn, 1 + facts.lateUsageDays)) - Date.now();
  if (lateMs > 0) await sleep(lateMs);
  await perform(context, 'usageSettled', readUsage);
  // What was used until the end is paid from the balance before the rest is lost (第10条3項).
  if (usageFirst) await forfeit();
  await perform(context, 'numbersReleased', async () => {
    const { numbers } = await telephony.countNumbers({ contractId });
    if (numbers === null) return unknown();
    await telephony.releaseNumbers({ contractId });
    return numbers === 0 ? { state: 'notNeeded' } : { state: 'done', amount: numbers };
  });
  await perform(context, 'subaccountClosed', async () => {
    const { state } = await telephony.closeTelephony(command('第11条2項'));
    return { state: state === 'notRegistered' ? 'notNeeded' : 'done' };
  });
  await perform(context, 'statementSent', async (attempt) => {
    const key = `statement/${contractId}${attempt === 1 ? '' : `/${attempt}`}`;
    const subject = { subjectType: 'contract' as const, subjectId: contractId };
    await mail.sendMail({
      key,
      kind: 'finalStatement',
      ...subject,
      businessMs: Date.now(),
      dates: { endedOn },
    });
    return { state: 'done' };
  });
}

/** Answers about the steps that wait for staff while the steps go on. Silence: each goes on waiting. */
async function answerUntil(context: OffBoardingContext, over: () => boolean): Promise<void> {
  await stage(
    context,
    {
      during: () => !over(),
      task: () => null,
      answers: { decide: (command) => decide(context, command) },
      otherwise: 'この手続きはすでに終了しています。',
      silence: 'staysOpen',
    },
    over,
  );
}

/** A person tries a step again, or says that it is done by hand (who, when and why are on record). */
async function decide(
  context: OffBoardingContext,
  { actor, commandId, decisionId, taskId, verdict }: Taken<messages.OffBoardingMessages, 'decide'>,
): Promise<Answer> {
  const { steps, verdicts, input, desk } = context;
  const step = OFF_BOARDING_STEPS.find((each) => steps[each].task?.id === taskId);
  if (step === undefined) {
    return refuse('stale', 'この手順の担当タスクは終わっています。画面を読み込み直してください。');
  }
  const staff = staffOnly(actor);
  if ('code' in staff) return staff;
  const { task, cause } = steps[step];
  if (verdict === 'retry') {
    if (cause === 'work') {
      return refuse('notAllowed', 'この手順は手作業です。終わったら「完了」としてください。');
    }
    verdicts.set(step, 'retry');
    return { ok: true };
  }
  const by = { ...staff, commandId, businessMs: Date.now() };
  await records.completeOffBoardingStep({ contractId: input.contractId, step, taskId, decisionId, ...by });
  if (task !== null) desk.forget(task);
  steps[step] = { state: 'done', cause: null, task: null };
  verdicts.set(step, 'complete');
  return { ok: true };
}
