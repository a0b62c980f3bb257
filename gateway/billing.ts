import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { type BillingRunRow, findBillingRunOn, openBillingRun } from '../db/queries/billing/runs.ts';
import { type Answer, refuse } from '../domain/base/answers.ts';
import type { CivilDate } from '../domain/calendar/civil-date.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import {
  BILLING_PACE,
  BILLING_SCHEDULE,
  type BillingMessages,
  type BillingPace,
  type BillingSnapshot,
  billingRunWorkflowId,
  billingSnapshot,
  billingUpdates,
} from '../workflows/billing-run/messages.ts';
import type { CommandOf } from '../workflows/updates.ts';
import { askWorkflow } from './ask.ts';
import type { Outbox, Write } from './outbox.ts';

type Day = Pick<BillingRunRow, 'runOn' | 'sandbox'>;
type CommandTo<K extends keyof BillingMessages> = CommandOf<BillingMessages, K>;

/** Billing runs: beginning one by hand, deciding on its drafts, holding it up. */
export function billingGateway(outbox: Outbox) {
  return {
    /** Begins the run of a day; what was begun before is a refusal that says so. */
    begin: async (
      input: { runOn: CivilDate; sandbox: boolean; startedBy: string },
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
 * Makes the schedule that looks, on each day that policy `billing.day` may name, whether a run begins: at 5 o'clock in Japan. One
 * that is there stays as it is. A day that went by is not made up for: the next run bills what it left.
 */
export async function ensureBillingSchedule(
  client: Client,
  { sandbox }: { sandbox: boolean },
): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: BILLING_SCHEDULE,
      spec: { calendars: [{ dayOfMonth: { start: 6, end: 20 }, hour: 5 }], timezone: 'Asia/Tokyo' },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12 hours' },
      action: {
        type: 'startWorkflow',
        workflowType: 'billingDay',
        workflowId: BILLING_SCHEDULE,
        taskQueue: BACKGROUND_QUEUE,
        args: [{ sandbox }],
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
