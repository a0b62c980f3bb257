import type { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { type Config, loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { BACKGROUND_QUEUE, INTERACTIVE_QUEUE } from '../../domain/desk/queues.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { createOutbox, type Outbox } from '../../gateway/outbox.ts';
import { dataConverterOf } from '../../gateway/payload-codec.ts';
import { activitiesOn } from '../../workers/activities.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { composeActivities } from '../../workers/run.ts';
import { safeErrors } from '../../workers/safe-errors.ts';
import { stackEnv } from './stacks.ts';

export interface RunningWorkers {
  config: Config;
  client: Client;
  composed: ReturnType<typeof composeActivities>;
  /** What tells workflows, with its rows. */
  outbox: Outbox;
  stop(): Promise<void>;
}

/** Both workers of the project in this process, on the shared stack, with the data that an application needs and further settings. */
export async function startWorkers(
  settings: Record<string, string> = {},
  wrap: <T extends object>(activities: T) => T = (activities) => activities,
): Promise<RunningWorkers> {
  const config = loadConfig({ ...stackEnv(), ...settings });
  const composed = composeActivities(config);
  await addBaseData(composed.db);
  const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS });
  const workflowBundle = await bundleWorkflows();
  const workers = await Promise.all(
    [
      { taskQueue: INTERACTIVE_QUEUE, activities: wrap(activitiesOn('interactive', composed.ports)) },
      { taskQueue: BACKGROUND_QUEUE, activities: wrap(activitiesOn('background', composed.ports)) },
    ].map((options) =>
      Worker.create({
        connection,
        namespace: config.TEMPORAL_NAMESPACE,
        dataConverter: dataConverterOf(config),
        workflowBundle,
        interceptors: { activity: [safeErrors] },
        ...options,
      }),
    ),
  );
  const running = workers.map((worker) => worker.run());
  const client = await connectTemporal(config);
  return {
    config,
    client,
    composed,
    outbox: createOutbox(composed.db, client),
    async stop() {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await client.connection.close();
      await connection.close();
      await composed.close();
    },
  };
}

/** A pool on the shared stack's database. */
export function openTestDatabase(): ReturnType<typeof openDatabase> {
  return openDatabase(loadConfig(stackEnv()), 4);
}
