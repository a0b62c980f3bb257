import {
  type CalendarSpec,
  type Client,
  ScheduleAlreadyRunning,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import {
  type BillingRunKey,
  type BillingRunRow,
  findBillingRunOn,
  openBillingRun,
} from '../db/queries/billing/runs.ts';
import { type Answer, refuse } from '../domain/base/answers.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import {
  BILLING_PACE,
  BILLING_SCHEDULE,
  type BillingDayInput,
  type BillingMessages,
  type BillingPace,
  type BillingSnapshot,
  billingRunWorkflowId,
  billingSnapshot,
  billingUpdates,
  DAILY_BILLING_SCHEDULE,
} from '../workflows/billing-run/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import {
  USAGE_SCHEDULE,
  type UsageReadingInput,
  usageReadingWorkflowId,
} from '../workflows/usage-reading/messages.ts';
import { askWorkflow } from './ask.ts';
import type { Outbox, Write } from './outbox.ts';

type Day = Pick<BillingRunRow, 'runOn' | 'sandbox' | 'cause'>;
type CommandTo<K extends keyof BillingMessages> = CommandOf<BillingMessages, K>;

/** Billing runs: beginning one by hand, deciding on its drafts, holding it up. */
export function billingGateway(outbox: Outbox) {
  return {
    /** Begins the run of a day; what was begun before is a refusal that says so. */
    begin: async (
      input: BillingRunKey & { startedBy: string },
      pace: BillingPace = BILLING_PACE,
    ): Promise<Answer<{ runId: string }>> => {
      const { runOn, sandbox, startedBy } = input;
      const workflowId = billingRunWorkflowId(input);
      const row = await outbox.begin(
        (tx) => openBillingRun(tx, input),
        (opened) =>
          opened === null
            ? null
            : {
                ...{ workflowId, workflowType: 'billingRun', taskQueue: BACKGROUND_QUEUE },
                actor: { kind: 'staff', id: startedBy },
                args: [{ runId: opened.id, runOn, sandbox, pace, carried: null }],
                // One that was discarded may begin anew on the same day.
                runs: 'again',
                commandId: `begin/${workflowId}/${opened.updatedAt.getTime()}`,
              },
      );
      if (row !== null) return { ok: true, runId: row.id };
      const before = await findBillingRunOn(outbox.db, input);
      return before === null
        ? refuse('wrongState', '別の日の請求処理が下書きを作成しています。終わってから始めてください。')
        : refuse('wrongState', 'この日の請求処理はすでに始まっています。');
    },
    decide: (day: Day, command: CommandTo<'decide'>, write?: Write) =>
      outbox.update(billingRunWorkflowId(day), billingUpdates.decide, command, write),
    pause: (day: Day, command: CommandTo<'pause'>) =>
      outbox.update(billingRunWorkflowId(day), billingUpdates.pause, command),
    resume: (day: Day, command: CommandTo<'resume'>) =>
      outbox.update(billingRunWorkflowId(day), billingUpdates.resume, command),
    /** The live state; null when the workflow is over or nobody answers. */
    snapshot: (day: Day): Promise<BillingSnapshot | null> =>
      askWorkflow(outbox.client, billingRunWorkflowId(day), billingSnapshot),
  };
}

/**
 * Makes the schedules: one looks, on each day that policy `billing.day` may name, whether the month's run begins, at 5 o'clock in
 * Japan; one after midnight whether anything of the day before waits for papers of its own (第10条3項, 第16条). One
 * that is there stays as it is. A day that went by is not made up for: the next run bills what it left.
 */
export async function ensureBillingSchedule(
  client: Client,
  { sandbox }: { sandbox: boolean },
): Promise<void> {
  const monthly = { dayOfMonth: { start: 6, end: 20 }, hour: 5 };
  const daily = { dayOfMonth: '*' as const, hour: 0, minute: 10 };
  await ensureSchedule(client, BILLING_SCHEDULE, monthly, { sandbox });
  await ensureSchedule(client, DAILY_BILLING_SCHEDULE, daily, { sandbox, cause: 'daily' });
}

/** Makes the schedule that reads last month's usage on the 3rd at four o'clock in Japan: the provider's month ended two days before. */
export async function ensureUsageSchedule(client: Client, { sandbox }: { sandbox: boolean }): Promise<void> {
  await ensureSchedule(client, USAGE_SCHEDULE, { dayOfMonth: 3, hour: 4 }, { sandbox }, 'usageReading');
}

/** Begins the reading of a month now; one that is under way goes on. Gives the workflow's id. */
export async function readUsageOf(
  client: Client,
  input: { sandbox: boolean; month: string },
): Promise<string> {
  const workflowId = usageReadingWorkflowId(input);
  await client.workflow.start('usageReading', {
    ...{ workflowId, taskQueue: BACKGROUND_QUEUE, args: [input] },
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  return workflowId;
}

async function ensureSchedule(
  client: Client,
  scheduleId: string,
  calendar: CalendarSpec,
  input: BillingDayInput | UsageReadingInput,
  workflowType: 'billingDay' | 'usageReading' = 'billingDay',
): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId,
      spec: { calendars: [calendar], timezone: 'Asia/Tokyo' },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12 hours' },
      action: {
        type: 'startWorkflow',
        workflowType,
        workflowId: scheduleId,
        taskQueue: BACKGROUND_QUEUE,
        args: [input],
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
