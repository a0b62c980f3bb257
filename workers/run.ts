import { readFileSync } from 'node:fs';
import { NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type pino from 'pino';
import type { Registry } from 'prom-client';
import { createBillingActivities } from '../activities/billing/index.ts';
import { createCustomerActivities } from '../activities/customer/index.ts';
import { createDeletionActivities } from '../activities/deletion/index.ts';
import { createDiscontinuationActivities } from '../activities/discontinuation/index.ts';
import { createDocumentActivities } from '../activities/documents/index.ts';
import { signingKeyOf } from '../activities/documents/signing-key.ts';
import { createDunningActivities } from '../activities/dunning/index.ts';
import { createCampaignActivities } from '../activities/mail/campaign.ts';
import { createMailActivities, type MailPorts } from '../activities/mail/index.ts';
import { createSmtpMailer } from '../activities/mail/mailer.ts';
import { composePorts } from '../activities/mail/preview.ts';
import { createNoticeActivities } from '../activities/notice/index.ts';
import { createProvisioningActivities } from '../activities/provisioning/index.ts';
import { createPublicationActivities } from '../activities/publication/index.ts';
import { createReceiptActivities } from '../activities/receipt/index.ts';
import { createRecordActivities } from '../activities/records/index.ts';
import { createRetentionActivities } from '../activities/retention/index.ts';
import { createReviewActivities } from '../activities/review/index.ts';
import { createRescreeningActivities } from '../activities/review/rescreening.ts';
import { createListScreener } from '../activities/review/screener.ts';
import { createSuspensionActivities } from '../activities/suspension/index.ts';
import { createTelephonyActivities } from '../activities/telephony/index.ts';
import { createUsageReadingActivities } from '../activities/usage-reading/index.ts';
import { createRegistry } from '../clients/registry/index.ts';
import { createYenteClient } from '../clients/screening/yente.ts';
import { telephonyOf } from '../clients/telephony/settings.ts';
import { temporalExecutions } from '../clients/temporal-executions.ts';
import { type Config, loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { requireDatabase } from '../db/connection.ts';
import { issuerOf } from '../domain/billing/issuer.ts';
import type { Port } from '../domain/processes/index.ts';
import { TWILIO_WEBHOOKS_PATH } from '../domain/watch/callback.ts';
import { connectTemporal, temporalConnection } from '../gateway/connect.ts';
import { dataConverterOf } from '../gateway/payload-codec.ts';
import { createReadiness, probes } from '../gateway/readiness.ts';
import { openLog } from '../log.ts';
import { processFigures } from '../observe/process.ts';
import { observe } from '../observe/server.ts';
import { startProcess } from '../program.ts';
import { openStorage } from '../storage/open.ts';
import { bundleWorkflows } from './bundle.ts';
import { beating } from './heartbeat.ts';
import { safeErrors } from './safe-errors.ts';
import { sandboxGuard } from './sandbox-mail.ts';
import { sdkLogger } from './sdk-log.ts';

/** Everything that the workers of a process need; `close` releases it. */
export function composeActivities(config: Config) {
  const { db, close } = openDatabase(config);
  const storage = openStorage(config);
  const signingKey = signingKeyOf(config);
  const mailer = createSmtpMailer({
    url: config.SMTP_URL,
    caFile: config.SMTP_CA_FILE,
    from: config.MAIL_FROM,
    replyTo: config.MAIL_REPLY_TO,
    bounceAddress: config.BOUNCE_ADDRESS,
    outboxDir: config.OUTBOX_DIR,
    dkim: dkimOf(config),
  });
  const provider = telephonyOf(config);
  const records = createRecordActivities({
    db,
    tokenSecret: config.SESSION_SECRET,
    providesNumbers: provider !== null,
  });
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
    ...composePorts(config, { db, storage }),
    mailer,
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
  const { reactivateTelephony, ...telephony } = createTelephonyActivities({ db, telephony: provider });
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
      receipts: beating(createReceiptActivities({ db, storage, signingKey, issuer: issuerOf(config) })),
      dunning: beating(createDunningActivities({ db })),
      provisioning: beating(
        createProvisioningActivities({
          ...{ db, telephony: provider, email: config.STAFF_MAIL },
          callsUrl: new URL(`${TWILIO_WEBHOOKS_PATH}calls`, config.WEB_URL).href,
        }),
      ),
      suspensions: beating(createSuspensionActivities({ db, telephony: switches })),
      usageReading: beating(
        createUsageReadingActivities({ db, telephony: { readUsage: telephony.readUsage } }),
      ),
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
  /** Figures of the process. */
  registry: Registry;
}

/** Where Temporal's SDK tells its own figures, to this machine alone: beside the port of the process. */
const sdkAddress = (port: number): string => `127.0.0.1:${port + 1}`;

/**
 * Runs one worker until SIGTERM or SIGINT. Exits when it cannot start (program.ts), so that a supervisor tries
 * again. `beside` starts what runs along with it and gives what stops that.
 */
export function runWorkerProcess(
  name: string,
  options: (
    composed: ReturnType<typeof composeActivities>,
  ) => Pick<
    WorkerOptions,
    'taskQueue' | 'activities' | 'maxCachedWorkflows' | 'maxConcurrentActivityTaskExecutions'
  >,
  beside: (context: WorkerContext) => Promise<() => Promise<unknown>> = async () => async () => undefined,
): Promise<void> {
  return startProcess(name, () => runWorker(name, options, beside));
}

async function runWorker(
  name: string,
  options: Parameters<typeof runWorkerProcess>[1],
  beside: NonNullable<Parameters<typeof runWorkerProcess>[2]>,
): Promise<void> {
  const config = loadConfig(process.env, { runsAsRoot: process.getuid?.() === 0 });
  const log = openLog(name, config.LOG_LEVEL);
  const { METRICS_PORT: port } = config;
  Runtime.install({
    shutdownSignals: ['SIGTERM', 'SIGINT'],
    logger: sdkLogger(log),
    ...(port === undefined
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: sdkAddress(port) } } } }),
  });
  const registry = processFigures(name);
  const composed = composeActivities(config);
  let stopBeside = async (): Promise<unknown> => undefined;
  let stopObserving = async (): Promise<unknown> => undefined;
  try {
    await requireDatabase(composed.db, config.DATABASE_URL);
    stopBeside = await beside({ config, composed, log, registry });
    // The client tells what stands in the way, the worker's own connection does not.
    const client = await composed.temporal();
    const connection = await NativeConnection.connect(temporalConnection(config));
    const worker = await Worker.create({
      connection,
      namespace: config.TEMPORAL_NAMESPACE,
      dataConverter: dataConverterOf(config),
      workflowBundle: await bundleWorkflows(),
      shutdownGraceTime: '5s',
      interceptors: { activity: [safeErrors] },
      ...options(composed),
    });
    if (port !== undefined) {
      const alive = () => worker.getState() === 'RUNNING';
      const parts = createReadiness(
        probes({
          db: composed.db,
          databaseUrl: config.DATABASE_URL,
          client,
          namespace: config.TEMPORAL_NAMESPACE,
          storage: composed.storage,
          smtp: { url: config.SMTP_URL, caFile: config.SMTP_CA_FILE },
        }),
      );
      const ready = async () => {
        const found = await parts();
        return { ...found, ready: found.ready && alive() };
      };
      const observed = await observe({
        port,
        registry,
        sdkUrl: `http://${sdkAddress(port)}/metrics`,
        alive,
        ready,
      });
      stopObserving = observed.stop;
    }
    log.info('worker is running');
    await worker.run();
    await connection.close();
    log.info('worker has stopped');
  } finally {
    await stopObserving();
    await stopBeside();
    await composed.close();
  }
}
