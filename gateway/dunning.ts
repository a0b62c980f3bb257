import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Answer, Command } from '../domain/base/answers.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import { dunningWorkflowId } from '../domain/payments/dunning-case.ts';
import { DUNNING_SCHEDULE, dunningUpdates } from '../workflows/dunning/messages.ts';
import type { Outbox } from './outbox.ts';

/** The dunning of overdue papers: a look before the next morning. */
export function dunningGateway(outbox: Outbox) {
  return {
    /** Has a case look at its paper now; one that is over refuses. */
    look: (paperId: string, command: Command): Promise<Answer> =>
      outbox.update(dunningWorkflowId(paperId), dunningUpdates.look, command),
  };
}

/** Makes the schedule that finds overdue papers each morning, at half past nine in Japan. One that is there stays as it is. */
export async function ensureDunningSchedule(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: DUNNING_SCHEDULE,
      spec: { calendars: [{ hour: 9, minute: 30 }], timezone: 'Asia/Tokyo' },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12 hours' },
      action: {
        ...{ type: 'startWorkflow', workflowType: 'dunningDay', workflowId: DUNNING_SCHEDULE },
        ...{ taskQueue: BACKGROUND_QUEUE, args: [] },
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
