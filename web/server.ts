import '../utc.ts';
import { serve } from '@hono/node-server';
import { loadConfig, requireProduction } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { requireDatabase } from '../db/connection.ts';
import { countSampleStaff } from '../db/queries/staff/count-sample.ts';
import { connectTemporal } from '../gateway/connect.ts';
import { openGateways } from '../gateway/index.ts';
import { createOutbox } from '../gateway/outbox.ts';
import { createReadiness, probes } from '../gateway/readiness.ts';
import { openLog } from '../log.ts';
import { accessLine } from '../observe/access-log.ts';
import { type Answered, answerTimes, processFigures } from '../observe/process.ts';
import { observe } from '../observe/server.ts';
import { startProcess } from '../program.ts';
import { openStorage } from '../storage/open.ts';
import { sitesOf } from './sites.ts';

/** How often commands without an answer are looked through. */
const SWEEP_MS = 10_000;

/** The web process. Exits with 1 and a sentence when the settings, the database or Temporal are not there. */
async function main(): Promise<void> {
  const config = loadConfig(process.env, { runsAsRoot: process.getuid?.() === 0 });
  const log = openLog('web', config.LOG_LEVEL);
  const { db, close } = openDatabase(config);
  await requireDatabase(db, config.DATABASE_URL);
  requireProduction(config, { sampleStaff: await countSampleStaff(db) });
  const client = await connectTemporal(config);
  const outbox = createOutbox(db, client);
  const documents = openStorage(config);
  const readiness = createReadiness(
    probes({
      db,
      databaseUrl: config.DATABASE_URL,
      client,
      namespace: config.TEMPORAL_NAMESPACE,
      storage: documents,
      smtp: { url: config.SMTP_URL, caFile: config.SMTP_CA_FILE },
    }),
  );
  const registry = processFigures('web');
  const timed = answerTimes(registry);
  const answered = (answer: Answered) => {
    timed(answer);
    const line = accessLine(answer);
    if (line !== null) log.info(line, 'answered');
  };
  const closing = new AbortController();
  let sweeping = false;
  const sweep = setInterval(() => {
    if (sweeping) return;
    sweeping = true;
    outbox
      .sweep()
      .catch((err: unknown) => log.error({ err }, 'commands without an answer were not sent again'))
      .finally(() => {
        sweeping = false;
      });
  }, SWEEP_MS);
  const options = {
    config,
    db,
    ...openGateways(outbox, config),
    documents,
    readiness,
    closing: closing.signal,
    answered,
    outbox,
    logError: (err: unknown, detail: object) => log.error({ err, ...detail }, 'a page failed'),
  };
  // In development nobody else on the network needs the console; in production a proxy or container reaches it.
  const hostname = config.HASSO_MODE === 'production' ? '0.0.0.0' : '127.0.0.1';
  const servers = sitesOf(options, config).map((site) =>
    serve({ ...site, hostname }, ({ port }) => log.info({ port }, 'web is ready')),
  );

  const observed =
    config.METRICS_PORT === undefined
      ? undefined
      : await observe({
          port: config.METRICS_PORT,
          registry,
          alive: () => !closing.signal.aborted,
          ready: readiness,
        });

  const stop = (signal: NodeJS.Signals) => {
    if (closing.signal.aborted) return;
    closing.abort();
    clearInterval(sweep);
    log.info({ signal }, 'web is stopping');
    const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
    void observed?.stop();
    void Promise.all(closed)
      .then(() => Promise.allSettled([close(), client.connection.close()]))
      .then(() => process.exit(0));
    // Requests that hang must not keep the process; idle keep-alive connections end at once.
    for (const server of servers) if ('closeIdleConnections' in server) server.closeIdleConnections();
    setTimeout(() => process.exit(0), 10_000).unref();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

await startProcess('web', main);
