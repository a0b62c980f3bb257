import { BACKGROUND_QUEUE } from '../workflows/queues.ts';
import { runWorkerProcess } from './run.ts';

/** Contracts, documents, mail and re-screening. */
await runWorkerProcess('worker-background', ({ records, documents, mail, rescreening }) => ({
  taskQueue: BACKGROUND_QUEUE,
  activities: { ...records, ...documents, ...mail, ...rescreening },
}));
