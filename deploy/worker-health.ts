import { hostname } from 'node:os';
import { Connection } from '@temporalio/client';
import { isPolling } from './polling.ts';

/** Health check of a worker's container: exit code 0 when a worker of this host polls the queue given as argument. */
const { TEMPORAL_ADDRESS = '', TEMPORAL_NAMESPACE = 'hasso' } = process.env;
const [taskQueue = ''] = process.argv.slice(2);
const connection = await Connection.connect({ address: TEMPORAL_ADDRESS, connectTimeout: '5s' });
const healthy = await isPolling(connection, {
  namespace: TEMPORAL_NAMESPACE,
  taskQueue,
  is: (identity) => identity.endsWith(`@${hostname()}`),
});
if (!healthy) console.error(`No worker of ${hostname()} polls ${taskQueue}.`);
process.exit(healthy ? 0 : 1);
