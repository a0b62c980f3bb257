import { allHandlersFinished, patched, sleep } from '@temporalio/workflow';
import type { Answer } from '../../domain/base/answers.ts';
import { addDays, jstDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { staffOnly } from '../../domain/desk/decide.ts';
import type { VersionKind } from '../../domain/discontinuation/discontinuation-status.ts';
import type { DiscontinueCommand } from '../contract/messages.ts';
import { everyTaskReminds } from '../desk.ts';
import { discontinuations as port } from '../ports.ts';
import { stage } from '../stage.ts';
import { type DiscontinuationContext, moveDiscontinuation } from './state.ts';

const OK: Answer = { ok: true };
const SYSTEM = { kind: 'system' } as const;
/** Who has not been reached is looked up each day at 9:00 JST. */
const CHECK_MS_OF_DAY = 9 * 3_600_000;

/** From the announcement to the last day: figures frozen, contracts shortened, customers told, those not reached followed up. */
export async function untilLastDay(
  context: DiscontinuationContext,
  wantsNewRun: () => boolean,
): Promise<void> {
  const { input, state } = context;
  if (!state.told) await announce(context);
  const endMs = jstInstant(addDays(input.lastDay, 1));
  const rests = () => mayStartNewRun(context) && wantsNewRun();
  await stage(context, {
    during: () => state.status === 'announced' && (endMs <= Date.now() || !rests()),
    task: () => null,
    answers: {
      recompute: async ({ actor, decisionId }) => {
        const staff = staffOnly(actor);
        if ('code' in staff) return staff;
        await freeze(context, 'recomputed', staff.staffId, decisionId);
        // Contracts that were concluded since the announcement are told with it.
        await tellContracts(context, 'announce');
        return OK;
      },
      cancel: async ({ actor, commandId, decisionId }) => {
        const staff = staffOnly(actor);
        if ('code' in staff) return staff;
        await moveDiscontinuation(context, 'cancelled', actor, { commandId, decisionId });
        await tellContracts(context, 'withdraw');
        await notify(context, 'cancelled');
        return OK;
      },
    },
    otherwise: 'この廃止はすでに決定しています。画面を読み込み直してください。',
    silence: [
      { atMs: () => endMs, does: () => moveDiscontinuation(context, 'ending', SYSTEM) },
      { atMs: () => state.nextCheckMs, does: () => followUp(context) },
    ],
  });
  if (state.status !== 'announced') await closeLetterTask(context);
}

/** Nothing is lost by a new run: no command waits, no handler is open, every mail has gone. */
export function mayStartNewRun({ inbox, lane }: DiscontinuationContext): boolean {
  return inbox.isEmpty && lane.isIdle && allHandlersFinished();
}

async function announce(context: DiscontinuationContext): Promise<void> {
  const { state } = context;
  await freeze(context, 'approved', state.approvedBy ?? 'system', null);
  await tellContracts(context, 'announce');
  state.noticeId = await notify(context, 'announcement');
  state.nextCheckMs = jstInstant(addDays(jstDate(Date.now()), 1)) + CHECK_MS_OF_DAY;
  state.told = true;
}

async function freeze(
  { input, state }: DiscontinuationContext,
  kind: VersionKind,
  madeBy: string,
  decisionId: string | null,
): Promise<{ refunds: number }> {
  const figures = await port.freezeDiscontinuation({
    discontinuationId: input.discontinuationId,
    version: state.version + 1,
    ...{ kind, madeBy, decisionId },
    businessMs: Date.now(),
  });
  state.version += 1;
  return figures;
}

/** Tells every contract one step, page by page; one that is over meanwhile needs to be told nothing. */
async function tellContracts(
  { input }: DiscontinuationContext,
  step: DiscontinueCommand['step'],
): Promise<void> {
  const { discontinuationId, pageSize: limit } = input;
  let cursor: string | null = null;
  do {
    const page: { nextCursor: string | null } = await port.tellContracts({
      discontinuationId,
      step,
      cursor,
      limit,
    });
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** Starts the notice to the customers; two people have approved what it says with the discontinuation (第16条). */
async function notify(
  { input, state }: DiscontinuationContext,
  step: 'announcement' | 'cancelled',
): Promise<string | null> {
  const { discontinuationId } = input;
  const { version } = state;
  return (await port.notifyOfDiscontinuation({ discontinuationId, version, step })).noticeId;
}

/** Looks who has not been reached: a task for letters while there is anybody, closed by itself when all were. */
async function followUp(context: DiscontinuationContext): Promise<void> {
  const { input, state, desk } = context;
  const { discontinuationId } = input;
  const { unreached, finished } = await port.unreachedByNotice({ discontinuationId });
  if (unreached === 0) await closeLetterTask(context);
  else if (state.letterTask === null && finished) {
    state.letterTask = await desk.open({ kind: 'discontinuationUnreached', involved: [] });
  }
  state.nextCheckMs = unreached === 0 ? null : jstInstant(addDays(jstDate(Date.now()), 1)) + CHECK_MS_OF_DAY;
}

async function closeLetterTask({ state, desk }: DiscontinuationContext): Promise<void> {
  if (state.letterTask === null) return;
  await desk.close(state.letterTask, 'done');
  state.letterTask = null;
}

/** How often contracts are asked whether they have written down what they were told, and for how long. */
const ASKED_EVERY_MS = 10_000;
const ASKED_TIMES = 60;

/** A contract that does not answer in ten minutes is told with the end again (workflows/contract/discontinuation.ts). */
async function untilWrittenDown(discontinuationId: string): Promise<void> {
  if (!patched('asks-who-was-told-2026-12')) {
    await sleep('1 minute');
    return;
  }
  for (let times = 0; times < ASKED_TIMES; times += 1) {
    if ((await port.countUntold({ discontinuationId })).untold === 0) return;
    await sleep(ASKED_EVERY_MS);
  }
}

/**
 * After the last day: the refunds are computed with the days on which notices arrived, then every contract ends (第16条). In
 * this order, for a contract that ends loses the balance that is left (第10条3項).
 */
export async function endAll(context: DiscontinuationContext): Promise<void> {
  const { input, state, desk } = context;
  const { discontinuationId } = input;
  // Contracts that were concluded since the announcement hear of it now, and write it down before the figures are frozen.
  await tellContracts(context, 'announce');
  await untilWrittenDown(discontinuationId);
  const { refunds } = await freeze(context, 'final', 'system', null);
  await tellContracts(context, 'end');
  if (refunds === 0) {
    await moveDiscontinuation(context, 'done', SYSTEM);
    return;
  }
  const { version } = state;
  const { missing } = await port.refundsWithoutAccount({ discontinuationId, version });
  if (missing > 0) {
    state.accountTask = await desk.open({ kind: 'bankAccountMissing', involved: [] });
    if (!everyTaskReminds()) desk.forget(state.accountTask);
  }
  await moveDiscontinuation(context, 'refundReview', SYSTEM);
}
