import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { SetupError } from '../bin/setup/packages.mjs';
import { loadTemporalConfig } from '../config.ts';
import { temporalConnection } from '../gateway/connect.ts';
import { isPolling } from './polling.ts';
import { reason } from './program.ts';
import type { ServiceSpec } from './supervisor.ts';
import { dynamicConfig, writeServerConfig } from './temporal-config.ts';
import { skipsTime, type TemporalProgram } from './temporal-locate.ts';

const retentionDays = 90;
const grpcNotFound = 5;
const grpcAlreadyExists = 6;
const grpcUnimplemented = 12;

/** The Temporal server on one SQLite file in `dir`, on the loopback interface only, as a service. */
export function temporalService({
  program,
  dir,
  ports,
  withUi,
}: {
  readonly program: TemporalProgram;
  readonly dir: string;
  readonly ports: Readonly<Record<string, number>>;
  /** Only the CLI brings a user interface. */
  readonly withUi: boolean;
}): ServiceSpec {
  mkdirSync(dir, { recursive: true });
  const args =
    program.kind === 'server'
      ? ['--config-file', writeServerConfig(dir, ports), '--allow-no-auth', 'start']
      : [
          'server',
          'start-dev',
          '--ip=127.0.0.1',
          `--port=${ports.temporal}`,
          `--http-port=${ports.temporalHttp}`,
          `--db-filename=${join(dir, 'temporal-cli.db')}`,
          '--log-level=warn',
          withUi ? `--ui-port=${ports.temporalUi}` : '--headless',
          ...Object.entries(dynamicConfig).flatMap(([key, value]) => [
            '--dynamic-config-value',
            `${key}=${JSON.stringify(value)}`,
          ]),
        ];
  return {
    name: 'temporal',
    command: program.path,
    args,
    env: process.env,
    stopSignal: 'SIGTERM',
    health: () => servesClients(`127.0.0.1:${ports.temporal}`),
  };
}

/**
 * Registers the namespace where it is missing and returns when workflows can be started in it. Throws a SetupError
 * otherwise.
 */
export async function ensureNamespace(address: string, namespace: string): Promise<void> {
  const connection = await connect(address);
  try {
    if (await servesNamespace(connection, namespace)) return;
    await connection.workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(`${retentionDays} days`) })
      .catch((error: unknown) => {
        if (!hasCode(error, grpcAlreadyExists)) throw error;
      });
    for (const until = Date.now() + 20_000; Date.now() < until; await delay(50)) {
      if (await servesNamespace(connection, namespace)) return;
    }
    throw new SetupError(
      `The Temporal server at ${address} does not serve the namespace "${namespace}" after 20 s.`,
    );
  } finally {
    await connection.close();
  }
}

/** Whether the server can fast-forward single workflows, which the demo and the workflow tests need. */
export async function hasTimeSkipping(address: string, namespace: string): Promise<boolean> {
  const connection = await connect(address);
  try {
    const { serverVersion } = await connection.workflowService.getSystemInfo({});
    if (!skipsTime(serverVersion ?? '')) return false;
    // The settings are checked before the workflow is looked up: no such workflow means that skipping is allowed.
    await connection.workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution: { workflowId: 'time-skipping-probe' },
      workflowExecutionOptions: { timeSkippingConfig: { enabled: true } },
      updateMask: { paths: ['time_skipping_config'] },
    });
    return true;
  } catch (error) {
    if (hasCode(error, grpcNotFound)) return true;
    if (hasCode(error, grpcUnimplemented)) return false;
    throw error;
  } finally {
    await connection.close();
  }
}

/** Whether the worker process with this id, on this machine, polls the queue. */
export async function hasWorker({
  address,
  namespace,
  taskQueue,
  pid,
}: {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly pid: number;
}): Promise<boolean> {
  const connection = await connect(address);
  try {
    return await isPolling(connection, {
      namespace,
      taskQueue,
      is: (identity) => identity.startsWith(`${pid}@`),
    });
  } finally {
    await connection.close();
  }
}

/** With the settings for TLS of this process, where it has any. */
async function connect(address: string): Promise<Connection> {
  try {
    const options = temporalConnection(loadTemporalConfig({ ...process.env, TEMPORAL_ADDRESS: address }));
    return await Connection.connect({ ...options, connectTimeout: '10s' });
  } catch (error) {
    throw new SetupError(`No Temporal server answers at ${address}: ${reason(error)}`);
  }
}

async function servesClients(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: '2s' });
    try {
      return await servesNamespace(connection, 'temporal-system');
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}

/** Frontend, history and matching each learn of a new namespace by themselves: a call through each of them tells. */
async function servesNamespace(connection: Connection, namespace: string): Promise<boolean> {
  const { workflowService } = connection;
  const probe = 'nothing';
  try {
    await workflowService.describeTaskQueue({ namespace, taskQueue: { name: probe } });
    await workflowService.describeWorkflowExecution({ namespace, execution: { workflowId: probe } });
    return true;
  } catch (error) {
    if (!hasCode(error, grpcNotFound)) throw error;
    return !/namespace/i.test(error.details);
  }
}

function hasCode(error: unknown, code: number): error is Error & { details: string } {
  return error instanceof Error && isGrpcServiceError(error) && error.code === code;
}
