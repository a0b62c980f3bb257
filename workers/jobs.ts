import { keepReadingBounces } from '../activities/mail/bounce-mailbox.ts';
import { keepSealing } from '../db/queries/audit/keep-sealing.ts';
import { publishStatistics } from '../db/queries/statistics/publish.ts';
import { repeat } from '../db/repeat.ts';
import { jstDate } from '../domain/calendar/civil-date.ts';
import { ensureBillingSchedule } from '../gateway/billing.ts';
import { reconcilePage } from '../gateway/reconcile-sweep.ts';
import { ensureSweepSchedule } from '../gateway/retention.ts';
import type { WorkerContext } from './run.ts';

const SEAL_EVERY_MS = 5_000;
const BOUNCES_EVERY_MS = 60_000;
const STATISTICS_EVERY_MS = 3_600_000;

/**
 * Starts what runs beside the background worker: sealing the audit log, statistics, reading bounces. Throws when the signing key
 * cannot be used, before any certificate needs it. Gives what stops the jobs.
 */
export async function startBackgroundJobs({
  config,
  composed,
  log,
}: WorkerContext): Promise<() => Promise<unknown>> {
  const key = await composed.signingKey();
  log.info({ signer: key.commonName }, 'documents are signed');
  if (config.TWILIO_ACCOUNT_SID === undefined) {
    log.warn('TWILIO_ACCOUNT_SID is not set: telephony is off, staff get tasks instead');
  }
  const client = await composed.temporal();
  await ensureSweepSchedule(client);
  await ensureBillingSchedule(client, { sandbox: config.HASSO_MODE === 'development' });
  const { db } = composed;
  const jobs = [
    keepSealing(db, {
      everyMs: SEAL_EVERY_MS,
      // Kept by whoever collects the log, this proves later that nothing was cut off (docs/decisions/006).
      onSealed: ({ position, chainHash }) =>
        log.info({ head: `${position}:${chainHash}` }, 'audit log sealed'),
      onError: (err) => log.error({ err }, 'the audit log could not be sealed'),
    }),
    repeat({
      everyMs: STATISTICS_EVERY_MS,
      work: async () => {
        const made = await publishStatistics(db, jstDate(Date.now()));
        if (made > 0) log.info({ made }, 'statistics of the last closed month published');
      },
      onError: (err) => log.error({ err }, 'the statistics could not be published'),
    }),
  ];
  const { RECONCILE_PAGE: limit, RECONCILE_EVERY_SECONDS: pause } = config;
  if (limit > 0) {
    jobs.push(
      repeat({
        everyMs: pause * 1_000,
        work: async () => {
          await reconcilePage({ db, client }, { limit, now: new Date() });
        },
        onError: (err) => log.error({ err }, 'rows could not be compared with workflows'),
      }),
    );
  }
  if (config.BOUNCE_IMAP_URL !== undefined) {
    jobs.push(
      keepReadingBounces(
        { db, storage: composed.storage },
        {
          url: config.BOUNCE_IMAP_URL,
          everyMs: BOUNCES_EVERY_MS,
          onRead: (count) => log.info(count, 'bounce mailbox read'),
          onError: (err) => log.error({ err }, 'the bounce mailbox could not be read'),
        },
      ),
    );
  }
  return () => Promise.all(jobs.map((job) => job.stop()));
}
