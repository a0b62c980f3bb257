import '../utc.ts';
import { serve } from '@hono/node-server';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { connectTemporal } from '../gateway/connect.ts';
import { openGateways } from '../gateway/index.ts';
import { createOutbox } from '../gateway/outbox.ts';
import { openLog } from '../log.ts';
import { openStorage } from '../storage/open.ts';
import { sitesOf } from './sites.ts';

/** How often commands without an answer are looked through. */
const SWEEP_MS = 10_000;

/** The web process. Exits with 1 and a sentence when the settings, the database or Temporal are not there. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const log = openLog('web', config.LOG_LEVEL);
  const { db, close } = openDatabase(config);
  const client = await connectTemporal(config);
  const outbox = createOutbox(db, client);
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
    documents: openStorage(config),
    outbox,
    logError: (err: unknown, detail: object) => log.error({ err, ...detail }, 'a page failed'),
  };
  // In development nobody else on the network needs the console; in production a proxy or container reaches it.
  const hostname = config.HASSO_MODE === 'production' ? '0.0.0.0' : '127.0.0.1';
  const servers = sitesOf(options, config).map((site) =>
    serve({ ...site, hostname }, ({ port }) => log.info({ port }, 'web is ready')),
  );

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    clearInterval(sweep);
    log.info({ signal }, 'web is stopping');
    const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
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

main().catch((error: unknown) => {
  console.error(`The web process could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
