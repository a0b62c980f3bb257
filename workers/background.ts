import { BACKGROUND_QUEUE } from '../workflows/queues.ts';
import { startBackgroundJobs } from './jobs.ts';
import { runWorkerProcess } from './run.ts';

/** Contracts, documents, mail, telephony and re-screening; beside them the audit chain and the mailbox for bounces. */
await runWorkerProcess(
  'worker-background',
  ({
    records,
    documents,
    mail,
    rescreening,
    telephony,
    publication,
    notices,
    discontinuations,
    deletion,
    retention,
  }) => ({
    taskQueue: BACKGROUND_QUEUE,
    activities: {
      ...records,
      ...documents,
      ...mail,
      ...rescreening,
      ...telephony,
      ...publication,
      ...deletion,
      ...retention,
      ...notices,
      ...discontinuations,
    },
  }),
  startBackgroundJobs,
);
