import { patched, setHandler } from '@temporalio/workflow';
import {
  type Actor,
  type Answer,
  actorId,
  type Command,
  type Refusal,
  refuse,
} from '../../domain/base/answers.ts';
import { canMove, isFinal, type Reached } from '../../domain/desk/moves.ts';
import {
  CONFIRMATION_REMINDER_MS,
  CONFIRMATION_SILENCE_MS,
  SUSPENSION_STATUSES,
  type SuspensionNoticeStep,
  type SuspensionStatus,
} from '../../domain/suspension/suspension.ts';
import { finish } from '../finish.ts';
import { Inbox } from '../inbox.ts';
import { Lane } from '../lane.ts';
import { suspensions as port, records } from '../ports.ts';
import { nudgeTask, openTask, type StaffTask, taskWakesAt } from '../staff-task.ts';
import * as messages from './messages.ts';

const OK: Answer = { ok: true };
const SYSTEM = { kind: 'system' } as const;

type SuspensionCommand = Command &
  (
    | { type: 'decide'; taskId: string; decisionId: string; verdict: 'agree' | 'reject' }
    | { type: 'reschedule'; startsAtMs: number; endsAtMs: number | null }
    | { type: 'cancel' | 'lift' }
  );

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
  inbox: Inbox<SuspensionCommand>;
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
  const { startsAtMs, endsAtMs } = input;
  const status = input.needsSecondPerson ? 'approval' : 'planned';
  const context: SuspensionContext = {
    ...{ input, status, startsAtMs, endsAtMs },
    task: null,
    told: false,
    atOnce: patched('suspension-told-at-once-2026-11'),
    inbox: new Inbox<SuspensionCommand>({}),
    lane: new Lane(),
    telephony: new Lane(),
  };
  registerHandlers(context);
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
  context.lane.push(() => context.telephony.settled());
  await finish(context.inbox, context.lane);
}

function registerHandlers(context: SuspensionContext): void {
  const send =
    <C extends Command>(type: SuspensionCommand['type']) =>
    (command: C): Promise<Answer | Refusal> =>
      context.inbox.send({ ...command, type } as unknown as SuspensionCommand);
  setHandler(messages.suspensionSnapshot, () => {
    const { status, task, startsAtMs, endsAtMs } = context;
    return { status, nowMs: Date.now(), taskId: task?.id ?? null, startsAtMs, endsAtMs };
  });
  setHandler(messages.decideSuspension, send('decide'));
  setHandler(messages.rescheduleSuspension, send('reschedule'));
  setHandler(messages.cancelSuspension, send('cancel'));
  setHandler(messages.liftSuspension, send('lift'));
}

const subjectOf = ({ input }: SuspensionContext) => ({
  subjectType: 'suspension' as const,
  subjectId: input.suspensionId,
});

type Decision = SuspensionCommand & { type: 'decide' };

/**
 * Waits for the second person. Silence: reminded, escalated; nothing is stopped meanwhile, and one that customers were to
 * be told of before is called off when its beginning has come.
 */
async function awaitDecision(context: SuspensionContext): Promise<void> {
  const { input, inbox, lane } = context;
  const subject = subjectOf(context);
  const excludedStaff = [input.enteredBy];
  const { sandbox } = input;
  const task = await openTask({ kind: 'suspensionDecision', ...subject, excludedStaff, sandbox });
  context.task = task;
  const lapsesAtMs = context.atOnce && input.tellsBefore ? context.startsAtMs : null;
  while (context.status === 'approval') {
    const command = await inbox.next(earliest(taskWakesAt(task), lapsesAtMs));
    if (command === null) {
      if (lapsesAtMs !== null && lapsesAtMs <= Date.now()) await move(context, 'cancelled', SYSTEM);
      else await nudgeTask(task, subject, lane);
      continue;
    }
    const answer = await duringDecision(context, command);
    if (context.status !== 'approval') await closeTask(context, 'done');
    inbox.answer(command, answer);
  }
  await closeTask(context, 'cancelled');
}

async function duringDecision(context: SuspensionContext, command: SuspensionCommand): Promise<Answer> {
  const { commandId, actor } = command;
  if (actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが判断できます。');
  if (command.type === 'cancel') {
    await move(context, 'cancelled', actor, { commandId });
    return OK;
  }
  if (command.type !== 'decide') return tooEarly();
  const refused = notTheirs(context, command);
  if (refused !== null) return refused;
  const { decisionId } = command;
  const to = command.verdict === 'reject' ? 'rejected' : 'planned';
  await move(context, to, actor, { commandId, decisionId, decidedBy: actor.id });
  return OK;
}

/** Why somebody may not be the second person of the open task, or null. */
function notTheirs({ input, task }: SuspensionContext, { actor, taskId }: Decision): Refusal | null {
  if (actor.kind === 'staff' && actor.id === input.enteredBy) {
    return refuse('samePerson', 'ご自身が入力した停止は承認できません。別の担当者が判断します。', '第15条');
  }
  return taskId === task?.id ? null : tooEarly();
}

async function closeTask(context: SuspensionContext, outcome: 'done' | 'cancelled'): Promise<void> {
  const { task } = context;
  context.task = null;
  if (task !== null) await records.closeTask({ taskId: task.id, outcome });
}

const tooEarly = () => refuse('stale', '停止の状態が変わっています。画面を読み込み直してください。');

/** Tells customers before, and begins by itself when the time has come; until then it can be changed or called off. */
async function untilStart(context: SuspensionContext): Promise<void> {
  const { input, inbox } = context;
  if (input.tellsBefore && !context.told && context.startsAtMs > Date.now()) {
    await notify(context, 'planned', 'first');
    context.told = true;
  }
  while (context.status === 'planned') {
    if (context.startsAtMs <= Date.now()) {
      await begin(context);
      return;
    }
    const command = await inbox.next(context.startsAtMs);
    if (command === null) continue;
    inbox.answer(command, await duringPlan(context, command));
  }
}

async function duringPlan(context: SuspensionContext, command: SuspensionCommand): Promise<Answer> {
  const { commandId, actor } = command;
  switch (command.type) {
    case 'reschedule': {
      const { startsAtMs, endsAtMs } = command;
      if (startsAtMs < Date.now())
        return refuse('invalid', '開始は、これからの日時を指定してください。', '第15条');
      if (endsAtMs !== null && endsAtMs <= startsAtMs) {
        return refuse('invalid', '終了は、開始より後の日時を指定してください。', '第15条');
      }
      await reschedule(context, { commandId, actor, startsAtMs, endsAtMs });
      if (context.told) await notify(context, 'changed', commandId);
      return OK;
    }
    case 'cancel':
      await move(context, 'cancelled', actor, { commandId });
      if (context.told) await notify(context, 'cancelled', commandId);
      return OK;
    case 'decide':
    case 'lift':
      return tooEarly();
  }
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
  const { enteredBy, sandbox } = context.input;
  const request = { kind: 'suspensionDecision' as const, excludedStaff: [enteredBy], sandbox };
  context.task = await openTask(
    { ...request, ...subjectOf(context) },
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
  const { inbox, input, lane } = context;
  while (context.status === 'active') {
    const { endsAtMs, task } = context;
    if (endsAtMs !== null && endsAtMs <= Date.now()) {
      await move(context, 'lifted', SYSTEM);
      break;
    }
    const nudgeMs = task === null ? null : taskWakesAt(task);
    const command = await inbox.next(earliest(endsAtMs, nudgeMs));
    if (command !== null) inbox.answer(command, await whileActive(context, command));
    else if (task !== null && nudgeMs !== null && nudgeMs <= Date.now()) {
      await nudgeTask(task, subjectOf(context), lane);
      if (task.escalated && !context.told) await tellStarted(context);
    }
  }
  await closeTask(context, 'cancelled');
  const resume = async () => {
    await tellTelephony(context, 'resume');
    if (input.tellsAfter) await notify(context, 'lifted', 'first');
  };
  if (context.atOnce) context.telephony.push(resume);
  else await resume();
}

async function whileActive(context: SuspensionContext, command: SuspensionCommand): Promise<Answer> {
  const { commandId, actor } = command;
  switch (command.type) {
    case 'lift':
      await move(context, 'lifted', actor, { commandId });
      return OK;
    case 'reschedule': {
      const { endsAtMs } = command;
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
    case 'decide':
      return confirmed(context, command);
    case 'cancel':
      return tooEarly();
  }
}

/** The second person of what one person has stopped: customers are told now, or the service runs again. */
async function confirmed(context: SuspensionContext, command: Decision): Promise<Answer> {
  const { commandId, actor, decisionId, verdict } = command;
  if (actor.kind !== 'staff') return refuse('notAllowed', '担当者だけが判断できます。');
  const refused = notTheirs(context, command);
  if (refused !== null) return refused;
  if (verdict === 'reject') await move(context, 'lifted', actor, { commandId, decisionId });
  else {
    const { suspensionId } = context.input;
    const businessMs = Date.now();
    await port.confirmSuspension({ suspensionId, staffId: actor.id, commandId, decisionId, businessMs });
  }
  await closeTask(context, 'done');
  if (verdict === 'agree' && !context.told) await tellStarted(context);
  return OK;
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
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
  const { suspensionId, pageSize: limit, sandbox } = context.input;
  const businessMs = Date.now();
  let cursor: string | null = null;
  let refused = 0;
  do {
    const page: { nextCursor: string | null; refused: number } = await port.tellTelephony({
      ...{ suspensionId, act, cursor, limit, businessMs },
    });
    cursor = page.nextCursor;
    refused += page.refused;
  } while (cursor !== null);
  if (refused === 0) return;
  await openTask({ kind: 'suspensionProblem', ...subjectOf(context), excludedStaff: [], sandbox });
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
