import { INTERACTIVE_QUEUE } from '../workflows/queues.ts';
import { runWorkerProcess } from './run.ts';

/** Commands of staff and customers: application reviews, their checks and short writes. */
await runWorkerProcess('worker-interactive', ({ records, review }) => ({
  taskQueue: INTERACTIVE_QUEUE,
  activities: { ...records, ...review },
}));
