import { keepReadingBounces } from '../activities/mail/bounce-mailbox.ts';
import { keepListing, keepMetering, keepWatching } from '../activities/telephony/keep-reading.ts';
import { telephonyOf } from '../clients/telephony/settings.ts';
import { requireProduction } from '../config.ts';
import { numberHashOf } from '../db/personal/number-hash.ts';
import { keepSealing } from '../db/queries/audit/keep-sealing.ts';
import { publishStatistics } from '../db/queries/statistics/publish.ts';
import { repeat } from '../db/repeat.ts';
import { jstDate } from '../domain/calendar/civil-date.ts';
import { takeBankFolder } from '../gateway/bank-folder.ts';
import { ensureBillingSchedule, ensureUsageSchedule } from '../gateway/billing.ts';
import { ensureDunningSchedule } from '../gateway/dunning.ts';
import { reconcilePage } from '../gateway/reconcile-sweep.ts';
import { ensureSweepSchedule } from '../gateway/retention.ts';
import { keepVerifyingAudit } from '../observe/audit-check.ts';
import { addBusinessFigures } from '../observe/business.ts';
import type { WorkerContext } from './run.ts';

const SEAL_EVERY_MS = 5_000;
const BOUNCES_EVERY_MS = 60_000;
const BANK_FOLDER_EVERY_MS = 60_000;
const STATISTICS_EVERY_MS = 3_600_000;

/**
 * Starts what runs beside the background worker: sealing the audit log, statistics, reading bounces and the folder of the bank. Throws when the signing key
 * cannot be used, before any certificate needs it. Gives what stops the jobs.
 */
export async function startBackgroundJobs({
  config,
  composed,
  log,
  registry,
}: WorkerContext): Promise<() => Promise<unknown>> {
  const key = await composed.signingKey();
  requireProduction(config, { selfMadeKey: key.selfSigned });
  log.info({ signer: key.commonName }, 'documents are signed');
  if (config.TWILIO_ACCOUNT_SID === undefined) {
    log.warn('TWILIO_ACCOUNT_SID is not set: telephony is off, staff get tasks instead');
  }
  const client = await composed.temporal();
  await ensureSweepSchedule(client);
  await ensureBillingSchedule(client, { sandbox: config.HASSO_MODE === 'development' });
  await ensureUsageSchedule(client, { sandbox: config.HASSO_MODE === 'development' });
  await ensureDunningSchedule(client);
  const { db } = composed;
  addBusinessFigures(registry, { db, onError: (err) => log.error({ err }, 'figures could not be read') });
  const jobs = [
    ...(config.METRICS_PORT === undefined
      ? []
      : [
          keepVerifyingAudit(registry, {
            db,
            onError: (err) => log.error({ err }, 'the audit log could not be compared with its chain'),
          }),
        ]),
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
  jobs.push(keepMetering({ db }, (err) => log.error({ err }, 'usage could not be handed to billing')));
  const hash = numberHashOf(config.PERSONAL_DATA_KEY);
  jobs.push(keepWatching({ db, hash }, (err) => log.error({ err }, 'usage could not be watched')));
  const telephony = telephonyOf(config);
  if (telephony !== null) {
    jobs.push(
      keepListing({ db, telephony, hash }, (err) =>
        log.error({ err }, 'calls and messages could not be listed'),
      ),
    );
  }
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
  const { BANK_FOLDER: folder } = config;
  if (folder !== undefined) {
    const ports = { db, storage: composed.storage, bankCsv: config.BANK_CSV };
    jobs.push(
      repeat({
        everyMs: BANK_FOLDER_EVERY_MS,
        work: async () => {
          const done = await takeBankFolder(ports, { folder, sandbox: false, now: new Date() });
          if (done.taken + done.refused > 0) log.info(done, 'files of the bank were looked at');
        },
        onError: (err) => log.error({ err }, 'the folder for files of the bank could not be read'),
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
