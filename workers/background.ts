import { BACKGROUND_QUEUE } from '../workflows/queues.ts';
import { runWorkerProcess } from './run.ts';

/** Contracts, documents and mail. */
await runWorkerProcess('worker-background', ({ records, documents, mail }) => ({
  taskQueue: BACKGROUND_QUEUE,
  activities: { ...records, ...documents, ...mail },
}));
