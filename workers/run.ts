import { readFileSync } from 'node:fs';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type pino from 'pino';
import { createBillingActivities } from '../activities/billing/index.ts';
import { createCustomerActivities } from '../activities/customer/index.ts';
import { createDeletionActivities } from '../activities/deletion/index.ts';
import { createDiscontinuationActivities } from '../activities/discontinuation/index.ts';
import { createDocumentActivities } from '../activities/documents/index.ts';
import { signingKeyOf } from '../activities/documents/signing-key.ts';
import { createCampaignActivities } from '../activities/mail/campaign.ts';
import { createMailActivities, type MailPorts } from '../activities/mail/index.ts';
import { createSmtpMailer } from '../activities/mail/mailer.ts';
import { createNoticeActivities } from '../activities/notice/index.ts';
import { createPublicationActivities } from '../activities/publication/index.ts';
import { createRecordActivities } from '../activities/records/index.ts';
import { createRetentionActivities } from '../activities/retention/index.ts';
import { createReviewActivities } from '../activities/review/index.ts';
import { createRescreeningActivities } from '../activities/review/rescreening.ts';
import { createListScreener } from '../activities/review/screener.ts';
import { createSuspensionActivities } from '../activities/suspension/index.ts';
import { createTelephonyActivities } from '../activities/telephony/index.ts';
import { createRegistry } from '../clients/registry/index.ts';
import { createYenteClient } from '../clients/screening/yente.ts';
import { telephonyOf } from '../clients/telephony/settings.ts';
import { temporalExecutions } from '../clients/temporal-executions.ts';
import { type Config, loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { issuerOf } from '../domain/billing/issuer.ts';
import type { Port } from '../domain/processes/index.ts';
import { connectTemporal } from '../gateway/connect.ts';
import { dataConverterOf } from '../gateway/payload-codec.ts';
import { openLog } from '../log.ts';
import { openStorage } from '../storage/open.ts';
import { bundleWorkflows } from './bundle.ts';
import { beating } from './heartbeat.ts';
import { safeErrors } from './safe-errors.ts';
import { sandboxGuard } from './sandbox-mail.ts';

/** Everything that the workers of a process need; `close` releases it. */
export function composeActivities(config: Config) {
  const { db, close } = openDatabase(config);
  const storage = openStorage(config);
  const signingKey = signingKeyOf(config);
  const mailer = createSmtpMailer({
    url: config.SMTP_URL,
    from: config.MAIL_FROM,
    replyTo: config.MAIL_REPLY_TO,
    bounceAddress: config.BOUNCE_ADDRESS,
    outboxDir: config.OUTBOX_DIR,
    dkim: dkimOf(config),
  });
  const records = createRecordActivities({ db, tokenSecret: config.SESSION_SECRET });
  const screener = createListScreener(db);
  const registry = createRegistry(db, {
    applicationId: config.NTA_APPLICATION_ID,
    corporateUrl: config.NTA_CORPORATE_URL,
    invoiceUrl: config.NTA_INVOICE_URL,
  });
  const review = createReviewActivities({
    db,
    screener,
    registry,
    secondProvider:
      config.YENTE_URL === undefined
        ? null
        : createYenteClient({
            url: config.YENTE_URL,
            dataset: config.YENTE_DATASET,
            apiKey: config.YENTE_API_KEY,
          }),
  });
  const rescreening = createRescreeningActivities({ db, screener });
  const publication = createPublicationActivities({
    db,
    webUrl: config.WEB_URL,
    sandbox: config.HASSO_MODE === 'development',
  });
  const mailPorts: MailPorts = {
    db,
    mailer,
    storage,
    tokenSecret: config.SESSION_SECRET,
    webUrl: config.WEB_URL,
    consoleUrl: config.CONSOLE_URL ?? config.WEB_URL,
    staffAddress: config.STAFF_MAIL,
    operatorName: config.OPERATOR_NAME,
    inquiry: `${config.SUPPORT_CHANNEL}（${config.SUPPORT_HOURS}）`,
    messageIdDomain: domainOf(config.MAIL_FROM),
    sandboxMayReach: sandboxGuard(config),
  };
  const mail = createMailActivities(mailPorts);
  const notices = { ...createNoticeActivities({ db }), ...createCampaignActivities(mailPorts) };
  const settings = {
    operator: {
      name: config.OPERATOR_NAME,
      address: config.OPERATOR_ADDRESS,
      ...(config.OPERATOR_SEAL_IMAGE === undefined ? {} : { sealImagePath: config.OPERATOR_SEAL_IMAGE }),
    },
    support: { channel: config.SUPPORT_CHANNEL, hours: config.SUPPORT_HOURS },
  };
  const documents = createDocumentActivities({
    db,
    storage,
    settings,
    signingKey,
    verification: { secret: config.SESSION_SECRET, webUrl: config.WEB_URL },
  });
  const temporal = lazily(() => connectTemporal(config));
  const executions = temporalExecutions(temporal.get);
  const stores = { db, storage, executions, outboxDir: config.OUTBOX_DIR };
  const deletion = createDeletionActivities({ ...stores, settings, signingKey, logDir: config.LOG_DIR });
  const retention = createRetentionActivities(stores);
  // Only suspensions switch the service on again.
  const { reactivateTelephony, ...telephony } = createTelephonyActivities({
    db,
    telephony: telephonyOf(config),
  });
  const switches = { suspendTelephony: telephony.suspendTelephony, reactivateTelephony };
  return {
    db,
    storage,
    signingKey,
    ports: {
      records,
      review: beating(review),
      rescreening: beating(rescreening),
      publication,
      mail: beating(mail),
      notice: beating(notices),
      customers: beating(createCustomerActivities()),
      documents: beating(documents),
      telephony: beating(telephony),
      deletion: beating(deletion),
      retention: beating(retention),
      discontinuations: beating(createDiscontinuationActivities({ db })),
      billing: beating(
        createBillingActivities({ db, storage, signingKey, registry, issuer: issuerOf(config) }),
      ),
      suspensions: beating(createSuspensionActivities({ db, telephony: switches })),
    } satisfies Record<Port, object>,
    /** The connection to Temporal of activities and jobs, opened with the first use. */
    temporal: temporal.get,
    close: async () => {
      mailer.close();
      await temporal.opened()?.then((client) => client.connection.close());
      await close();
    },
  };
}

/** Opens something with its first use. */
function lazily<T>(open: () => Promise<T>): { get: () => Promise<T>; opened: () => Promise<T> | undefined } {
  let opening: Promise<T> | undefined;
  return {
    get: () => {
      opening ??= open().catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    opened: () => opening,
  };
}

function dkimOf(config: Config): { domain: string; selector: string; privateKey: string } | undefined {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY_FILE: file } = config;
  if (domain === undefined || selector === undefined || file === undefined) return undefined;
  return { domain, selector, privateKey: readFileSync(file, 'utf8') };
}

function domainOf(address: string): string {
  return /@([^>\s]+)/.exec(address)?.[1] ?? 'localhost';
}

/** What jobs beside a worker are handed. */
export interface WorkerContext {
  config: Config;
  composed: ReturnType<typeof composeActivities>;
  log: pino.Logger;
}

/**
 * Runs one worker until SIGTERM or SIGINT. Exits with 1 when it cannot start, so that a supervisor tries
 * again. `beside` starts what runs along with it and gives what stops that.
 */
export async function runWorkerProcess(
  name: string,
  options: (
    composed: ReturnType<typeof composeActivities>,
  ) => Pick<
    WorkerOptions,
    'taskQueue' | 'activities' | 'maxCachedWorkflows' | 'maxConcurrentActivityTaskExecutions'
  >,
  beside: (context: WorkerContext) => Promise<() => Promise<unknown>> = async () => async () => undefined,
): Promise<void> {
  const config = loadConfig(process.env);
  const log = openLog(name, config.LOG_LEVEL);
  Runtime.install({ shutdownSignals: ['SIGTERM', 'SIGINT'] });
  const composed = composeActivities(config);
  let stopBeside = async (): Promise<unknown> => undefined;
  try {
    stopBeside = await beside({ config, composed, log });
    const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
    const worker = await Worker.create({
      connection,
      namespace: config.TEMPORAL_NAMESPACE,
      dataConverter: dataConverterOf(config),
      workflowBundle: await bundleWorkflows(),
      shutdownGraceTime: '5s',
      interceptors: { activity: [safeErrors] },
      ...options(composed),
    });
    log.info('worker is running');
    await worker.run();
    await connection.close();
    log.info('worker has stopped');
  } finally {
    await stopBeside();
    await composed.close();
  }
}
