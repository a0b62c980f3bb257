import { randomUUID } from 'node:crypto';
import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import { RETENTION_SCHEDULE, type SweepResult } from '../workflows/retention/messages.ts';

/** Makes the daily schedule for the look at what falls due, at 3 o'clock in Japan; one that is there stays as it is. */
export async function ensureSweepSchedule(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: RETENTION_SCHEDULE,
      spec: { calendars: [{ hour: 3 }], timezone: 'Asia/Tokyo' },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '3 days' },
      action: {
        type: 'startWorkflow',
        workflowType: 'retentionSweep',
        workflowId: RETENTION_SCHEDULE,
        taskQueue: BACKGROUND_QUEUE,
        args: [{ carried: null }],
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}

/** Looks through the dues now, as the schedule does once a day. */
export async function sweepNow(client: Client): Promise<SweepResult> {
  return client.workflow.execute('retentionSweep', {
    workflowId: `${RETENTION_SCHEDULE}/${randomUUID()}`,
    taskQueue: BACKGROUND_QUEUE,
    args: [{ carried: null }],
  });
}
