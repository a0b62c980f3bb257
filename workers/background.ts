import '../utc.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import { activitiesOn } from './activities.ts';
import { startBackgroundJobs } from './jobs.ts';
import { runWorkerProcess } from './run.ts';

/** Everything that nobody waits for; beside it the audit chain and the mailbox for bounces. */
await runWorkerProcess(
  'worker-background',
  (composed) => ({ taskQueue: BACKGROUND_QUEUE, activities: activitiesOn('background', composed.ports) }),
  startBackgroundJobs,
);
