import { ActivityFailure, condition, isCancellation, sleep } from '@temporalio/workflow';
import { FAILURE } from '../../domain/base/failures.ts';
import type { OffBoardingCause, OffBoardingState, OffBoardingStep } from '../../domain/data/off-boarding.ts';
import { failureType } from '../delivery.ts';
import { records } from '../ports.ts';
import type { OffBoardingContext } from './context.ts';

const MINUTE_MS = 60_000;
/** Between two tries while the provider is away: doubled from the first to the last. */
const FIRST_PAUSE_MS = 10 * MINUTE_MS;
const LAST_PAUSE_MS = 6 * 60 * MINUTE_MS;
/** How long the provider may be away before staff get a task. */
const PATIENCE_MS = 12 * 60 * MINUTE_MS;

/** What a try brought: the step is over, with what it counted, or a person has to mend something. */
export type Outcome = { state: 'done' | 'notNeeded'; amount?: number } | { cause: OffBoardingCause };

/**
 * Does a step until it is over. While the provider is away it is tried again by itself, for ever; after 12 hours staff
 * get a task besides. Whatever else stops it becomes a task at once and waits: staff try again, or do it by hand.
 */
export async function perform(
  context: OffBoardingContext,
  step: OffBoardingStep,
  act: (attempt: number) => Promise<Outcome>,
): Promise<void> {
  const firstMs = Date.now();
  let pauseMs = FIRST_PAUSE_MS;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tried(() => act(attempt));
    if ('state' in outcome) return settle(context, step, outcome);
    if (context.verdicts.get(step) === 'complete') return;
    const { cause } = outcome;
    const away = cause === 'unavailable';
    if (away && Date.now() - firstMs < PATIENCE_MS) {
      await record(context, step, 'waiting', cause);
      await sleep(pauseMs);
    } else {
      await stick(context, step, cause);
      if ((await verdictOf(context, step, away ? pauseMs : null)) === 'complete') return;
    }
    pauseMs = Math.min(pauseMs * 2, LAST_PAUSE_MS);
  }
}

/** Work that only people can do, outside this system: a task from the start, over when they say so. */
export async function performByHand(context: OffBoardingContext, step: OffBoardingStep): Promise<void> {
  await open(context, step, 'offBoardingWork');
  await record(context, step, 'waiting', 'work');
  while ((await verdictOf(context, step, null)) !== 'complete');
}

async function tried(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (error) {
    if (isCancellation(error)) throw error;
    switch (failureType(error)) {
      case FAILURE.telephonyOff:
        return { cause: 'off' };
      case FAILURE.telephonyRefused:
        return { cause: 'refused' };
      case FAILURE.mailRefused:
      case FAILURE.sandboxMailBlocked:
        return { cause: 'mailRefused' };
      case FAILURE.invalidInput:
        throw error;
      default:
        if (error instanceof ActivityFailure) return { cause: 'unavailable' };
        throw error;
    }
  }
}

async function settle(
  context: OffBoardingContext,
  step: OffBoardingStep,
  outcome: Extract<Outcome, { state: string }>,
): Promise<void> {
  const { task } = context.steps[step];
  await record(context, step, outcome.state, null, outcome.amount);
  if (task !== null) await context.desk.close(task, 'done');
  context.steps[step].task = null;
}

/** The step needs a person: one task, however often it is tried. */
async function stick(
  context: OffBoardingContext,
  step: OffBoardingStep,
  cause: OffBoardingCause,
): Promise<void> {
  if (context.steps[step].task === null) await open(context, step, 'offBoardingProblem');
  await record(context, step, 'stuck', cause);
}

async function open(
  context: OffBoardingContext,
  step: OffBoardingStep,
  kind: 'offBoardingProblem' | 'offBoardingWork',
): Promise<void> {
  context.steps[step].task = await context.desk.open({ kind, involved: [], about: step });
}

async function record(
  context: OffBoardingContext,
  step: OffBoardingStep,
  state: OffBoardingState,
  cause: OffBoardingCause | null,
  amount?: number,
): Promise<void> {
  const status = context.steps[step];
  await records.recordOffBoardingStep({
    contractId: context.input.contractId,
    step,
    state,
    cause,
    amount: amount ?? null,
    taskId: status.task?.id ?? null,
    businessMs: Date.now(),
  });
  // What a person completed meanwhile stays so.
  if (status.state === 'done') return;
  status.state = state;
  status.cause = cause;
}

/** What staff decide about the step; null when `afterMs` passes first. */
async function verdictOf(
  { verdicts }: OffBoardingContext,
  step: OffBoardingStep,
  afterMs: number | null,
): Promise<'retry' | 'complete' | null> {
  const decided = () => verdicts.has(step);
  if (afterMs === null) await condition(decided);
  else await condition(decided, afterMs);
  const verdict = verdicts.get(step) ?? null;
  verdicts.delete(step);
  return verdict;
}
