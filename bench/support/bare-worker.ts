import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { loadConfig } from '../../config.ts';
import { dataConverterOf } from '../../gateway/payload-codec.ts';
import { BARE_QUEUE } from './bare.ts';

export type BareActivities = typeof activities;

let doneCount = 0;
let lastDoneMs = 0;

const activities = {
  async nothing(): Promise<void> {},
  /** The last thing of a bare renewal; its time is the end of the drain. */
  async done(): Promise<void> {
    doneCount += 1;
    lastDoneMs = Date.now();
  },
};

/** A worker like the project's own, with activities that do nothing. Tells its parent process how far it is. */
const config = loadConfig(process.env);
const quiet = new DefaultLogger('WARN');
Runtime.install({ shutdownSignals: ['SIGTERM', 'SIGINT'], logger: quiet });
const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
const worker = await Worker.create({
  connection,
  namespace: config.TEMPORAL_NAMESPACE,
  dataConverter: dataConverterOf(config),
  taskQueue: BARE_QUEUE,
  workflowBundle: await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('bare-workflows.ts', import.meta.url)),
    logger: quiet,
  }),
  activities,
});
process.on('message', () => process.send?.({ doneCount, lastDoneMs }));
process.on('disconnect', () => worker.shutdown());
const running = worker.run();
process.send?.('ready');
await running;
await connection.close();
process.exit(0);
