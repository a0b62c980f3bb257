import '../utc.ts';
import { INTERACTIVE_QUEUE } from '../domain/desk/queues.ts';
import { activitiesOn } from './activities.ts';
import { runWorkerProcess } from './run.ts';

/** Commands of staff and customers. */
await runWorkerProcess('worker-interactive', (composed) => ({
  taskQueue: INTERACTIVE_QUEUE,
  activities: activitiesOn('interactive', composed.ports),
}));
