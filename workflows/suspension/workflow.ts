import { condition, patched, setHandler } from '@temporalio/workflow';
import type { TelephonyPage } from '../../activities/suspension/index.ts';
import { type Actor, type Answer, actorId, refuse } from '../../domain/base/answers.ts';
import { involved } from '../../domain/desk/decide.ts';
import { canMove, isFinal, type Reached } from '../../domain/desk/moves.ts';
import {
  CONFIRMATION_REMINDER_MS,
  CONFIRMATION_SILENCE_MS,
  SUSPENSION_STATUSES,
  type SuspensionNoticeStep,
  type SuspensionStatus,
} from '../../domain/suspension/suspension.ts';
import { Desk, decides, everyTaskReminds, type StaffTask } from '../desk.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { suspensions as port } from '../ports.ts';
import { stage } from '../stage.ts';
import type { Taken as TakenOf } from '../updates.ts';
import * as messages from './messages.ts';

const OK: Answer = { ok: true };
const SYSTEM = { kind: 'system' } as const;
/** Between two looks at calls that go on: about five minutes together. */
const CALL_PAUSES_MS = [2_000, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000];
const ELSEWHERE = '停止の状態が変わっています。画面を読み込み直してください。';

type Taken<K extends keyof messages.SuspensionMessages> = TakenOf<messages.SuspensionMessages, K>;

interface SuspensionContext {
  input: messages.SuspensionInput;
  status: SuspensionStatus;
  task: StaffTask | null;
  startsAtMs: number;
  endsAtMs: number | null;
  /** Customers were told of it: a change of it is told too. */
  told: boolean;
  /** False in runs from before one person's immediate suspension was told without the approvals of a campaign. */
  atOnce: boolean;
  inbox: Inbox<messages.SuspensionMessages>;
  desk: Desk;
  /** Mails to staff. */
  lane: Lane;
  /** What the provider is told, and what waits for it: while it is away, people decide and customers are told. */
  telephony: Lane;
}

/**
 * One suspension (第15条・第18条2項): decided, told before where it is planned, begun and ended by timers or at once, told
 * after. Fees go on. The service returns to a contract when all suspensions that reach it are lifted.
 */
export async function suspension(input: messages.SuspensionInput): Promise<void> {
  const { startsAtMs, endsAtMs, suspensionId: subjectId, sandbox } = input;
  const status = input.needsSecondPerson ? 'approval' : 'planned';
  const lane = new Lane();
  const context: SuspensionContext = {
    ...{ input, status, startsAtMs, endsAtMs },
    task: null,
    told: false,
    atOnce: patched('suspension-told-at-once-2026-11'),
    inbox: new Inbox<messages.SuspensionMessages>({}),
    desk: new Desk({ subjectType: 'suspension', subjectId, sandbox }, lane),
    lane,
    telephony: new Lane(),
  };
  context.inbox.accept(messages.suspensionUpdates);
  setHandler(messages.suspensionSnapshot, () => {
    const { status, task, startsAtMs, endsAtMs } = context;
    return { status, nowMs: Date.now(), taskId: task?.id ?? null, startsAtMs, endsAtMs };
  });
  while (!isFinal(SUSPENSION_STATUSES, context.status)) {
    switch (context.status) {
      case 'approval':
        await awaitDecision(context);
        break;
      case 'planned':
        await untilStart(context);
        break;
      case 'active':
        await untilEnd(context);
        break;
      case 'lifted':
      case 'rejected':
      case 'cancelled':
        break;
    }
  }
  lane.push(() => context.telephony.settled());
  await finish(context);
}

/**
 * Waits for the second person. Silence: nothing is stopped meanwhile, and one that customers were to be told of before is
 * called off when its beginning has come.
 */
async function awaitDecision(context: SuspensionContext): Promise<void> {
  const { input, desk } = context;
  context.task = await desk.open({
    kind: 'suspensionDecision',
    involved: involved(['entered', input.enteredBy]),
  });
  const lapses = context.atOnce && (input.tellsBefore || input.lapses === true);
  await stage(context, {
    during: () => context.status === 'approval',
    task: () => context.task,
    closesAs: () => (context.status === 'cancelled' ? 'cancelled' : 'done'),
    answers: {
      cancel: ({ actor, commandId }) => carryOut(context, 'cancelled', actor, { commandId }),
      decide: decides(
        () => context.task,
        'suspensionDecision',
        (command, decidedBy) => {
          const { commandId, decisionId, actor } = command;
          const to = command.verdict === 'reject' ? 'rejected' : 'planned';
          return carryOut(context, to, actor, { commandId, decisionId, decidedBy });
        },
      ),
    },
    otherwise: ELSEWHERE,
    silence: lapses
      ? [{ atMs: () => context.startsAtMs, does: () => move(context, 'cancelled', SYSTEM) }]
      : 'staysOpen',
  });
  context.task = null;
}

async function carryOut(...step: Parameters<typeof move>): Promise<Answer> {
  await move(...step);
  return OK;
}

/** Tells customers before, and begins by itself when the time has come; until then it can be changed or called off. */
async function untilStart(context: SuspensionContext): Promise<void> {
  const { input } = context;
  if (input.tellsBefore && !context.told && context.startsAtMs > Date.now()) {
    await notify(context, 'planned', 'first');
    context.told = true;
  }
  await stage(context, {
    during: () => context.status === 'planned',
    task: () => null,
    answers: {
      reschedule: (command) => rescheduleStart(context, command),
      cancel: async ({ actor, commandId }) => {
        await move(context, 'cancelled', actor, { commandId });
        if (context.told) await notify(context, 'cancelled', commandId);
        return OK;
      },
    },
    otherwise: ELSEWHERE,
    silence: [{ atMs: () => context.startsAtMs, does: () => begin(context) }],
  });
}

async function rescheduleStart(
  context: SuspensionContext,
  { commandId, actor, startsAtMs, endsAtMs }: Taken<'reschedule'>,
): Promise<Answer> {
  if (startsAtMs < Date.now())
    return refuse('invalid', '開始は、これからの日時を指定してください。', '第15条');
  if (endsAtMs !== null && endsAtMs <= startsAtMs) {
    return refuse('invalid', '終了は、開始より後の日時を指定してください。', '第15条');
  }
  await reschedule(context, { commandId, actor, startsAtMs, endsAtMs });
  if (context.told) await notify(context, 'changed', commandId);
  return OK;
}

/**
 * The service stops: the state first, then the customers are told at once, beside the provider by pages. What one person
 * has stopped is told as soon as a second confirms it.
 */
async function begin(context: SuspensionContext): Promise<void> {
  const { input, atOnce, telephony } = context;
  await move(context, 'active', SYSTEM);
  const stop = () => tellTelephony(context, 'suspend');
  if (atOnce) telephony.push(stop);
  else await stop();
  if (!input.tellsAfter || context.told) return;
  if (atOnce && !input.needsSecondPerson) await askForConfirmation(context);
  else await tellStarted(context);
}

/** By day and night: minutes, for customers have to be told at once (第15条). */
async function askForConfirmation(context: SuspensionContext): Promise<void> {
  context.task = await context.desk.open(
    { kind: 'suspensionDecision', involved: involved(['entered', context.input.enteredBy]) },
    { dueMs: Date.now() + CONFIRMATION_REMINDER_MS, escalateMs: Date.now() + CONFIRMATION_SILENCE_MS },
  );
}

async function tellStarted(context: SuspensionContext): Promise<void> {
  await notify(context, 'started', 'first');
  context.told = true;
}

/**
 * Ends by itself when the time has come, or when somebody lifts it. Silence without an end: it goes on. Silence of the
 * second person: reminded, escalated, and then customers are told on the word of who stopped it.
 */
async function untilEnd(context: SuspensionContext): Promise<void> {
  const { input } = context;
  const unconfirmed = () => context.task?.escalated === true && !context.told;
  await stage(context, {
    during: () => context.status === 'active',
    task: () => context.task,
    closesAs: () => 'cancelled',
    answers: {
      lift: ({ actor, commandId }) => carryOut(context, 'lifted', actor, { commandId }),
      reschedule: (command) => rescheduleEnd(context, command),
      decide: decides(
        () => context.task,
        'suspensionDecision',
        (command, staffId) => confirmed(context, command, staffId),
      ),
    },
    otherwise: ELSEWHERE,
    silence: [
      { atMs: () => context.endsAtMs, does: () => move(context, 'lifted', SYSTEM) },
      { atMs: () => (unconfirmed() ? Date.now() : null), does: () => tellStarted(context) },
    ],
  });
  context.task = null;
  const resume = async () => {
    await tellTelephony(context, 'resume');
    if (input.tellsAfter) await notify(context, 'lifted', 'first');
  };
  if (context.atOnce) context.telephony.push(resume);
  else await resume();
}

async function rescheduleEnd(
  context: SuspensionContext,
  { commandId, actor, endsAtMs }: Taken<'reschedule'>,
): Promise<Answer> {
  if (endsAtMs !== null && endsAtMs <= Date.now()) {
    return refuse(
      'invalid',
      '終了は、これからの日時を指定してください。すぐに再開するときは「再開する」を選んでください。',
      '第15条',
    );
  }
  await reschedule(context, { commandId, actor, startsAtMs: context.startsAtMs, endsAtMs });
  if (context.atOnce && context.told) await notify(context, 'changed', commandId);
  return OK;
}

/** The second person of what one person has stopped: customers are told now, or the service runs again. */
async function confirmed(
  context: SuspensionContext,
  { commandId, actor, decisionId, verdict }: Taken<'decide'>,
  staffId: string,
): Promise<Answer> {
  if (verdict === 'reject') await move(context, 'lifted', actor, { commandId, decisionId });
  else {
    const { suspensionId } = context.input;
    await port.confirmSuspension({ suspensionId, staffId, commandId, decisionId, businessMs: Date.now() });
  }
  const { task, desk } = context;
  context.task = null;
  if (task !== null) await desk.close(task, 'done');
  if (verdict === 'agree' && !context.told) await tellStarted(context);
  return OK;
}

async function reschedule(
  context: SuspensionContext,
  times: { commandId: string; actor: Actor; startsAtMs: number; endsAtMs: number | null },
): Promise<void> {
  const { actor, ...rest } = times;
  const { suspensionId } = context.input;
  await port.rescheduleSuspension({ suspensionId, ...rest, actor: actorId(actor), businessMs: Date.now() });
  context.startsAtMs = times.startsAtMs;
  context.endsAtMs = times.endsAtMs;
}

async function tellTelephony(context: SuspensionContext, act: 'suspend' | 'resume'): Promise<void> {
  const { suspensionId, pageSize: limit } = context.input;
  const businessMs = Date.now();
  let cursor: string | null = null;
  let refused = 0;
  let byProvider = 0;
  const callsGoOn: string[] = [];
  do {
    const page: TelephonyPage = await port.tellTelephony({
      ...{ suspensionId, act, cursor, limit, businessMs },
    });
    cursor = page.nextCursor;
    refused += page.refused;
    byProvider += page.byProvider ?? 0;
    callsGoOn.push(...(page.callsGoOn ?? []));
  } while (cursor !== null);
  if (refused > 0) await reportProblem(context, 'refused');
  if (byProvider > 0) await reportProblem(context, 'byProvider');
  // Recorded runs have none: results of earlier releases do not tell of calls.
  if (callsGoOn.length > 0) await awaitEndOfCalls(context, callsGoOn);
}

/** Ends what calls go on, again and again, while the suspension lasts; those that nothing ends are for staff. */
async function awaitEndOfCalls(context: SuspensionContext, contractIds: readonly string[]): Promise<void> {
  const { suspensionId, pageSize } = context.input;
  const isOver = () => context.status !== 'active';
  let waiting = [...contractIds];
  for (const pauseMs of CALL_PAUSES_MS) {
    if (await condition(isOver, pauseMs)) return;
    const goOn: string[] = [];
    for (let from = 0; from < waiting.length; from += pageSize) {
      const some = waiting.slice(from, from + pageSize);
      const told = await port.endCalls({ suspensionId, contractIds: some, businessMs: Date.now() });
      goOn.push(...told.callsGoOn);
    }
    waiting = goOn;
    if (waiting.length === 0) return;
  }
  await reportProblem(context, 'callsGoOn');
}

async function reportProblem(
  context: SuspensionContext,
  cause: 'refused' | 'byProvider' | 'callsGoOn',
): Promise<void> {
  const task = await context.desk.open({ kind: 'suspensionProblem', cause, involved: [] });
  if (!everyTaskReminds()) context.desk.forget(task);
}

async function notify(
  context: SuspensionContext,
  step: SuspensionNoticeStep,
  commandId: string,
): Promise<void> {
  await port.notifyOfSuspension({ suspensionId: context.input.suspensionId, step, commandId });
}

/** The one way to another status: checks the state table, then writes row and audit entry, then remembers. */
async function move(
  context: SuspensionContext,
  to: Reached<typeof SUSPENSION_STATUSES>,
  actor: Actor,
  detail: { commandId?: string; decisionId?: string; decidedBy?: string } = {},
): Promise<void> {
  const { status: from, input } = context;
  if (!canMove(SUSPENSION_STATUSES, from, to)) throw new Error(`suspension may not go from ${from} to ${to}`);
  const { suspensionId } = input;
  await port.transitionSuspension({
    suspensionId,
    from,
    to,
    actor: actorId(actor),
    businessMs: Date.now(),
    ...detail,
  });
  context.status = to;
}
