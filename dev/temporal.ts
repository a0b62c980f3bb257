import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { SetupError } from '../bin/setup/packages.mjs';
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
          ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(ports.temporal)],
          ...['--http-port', String(ports.temporalHttp), '--db-filename', join(dir, 'temporal-cli.db')],
          ...['--log-level', 'warn'],
          ...(withUi ? ['--ui-port', String(ports.temporalUi)] : ['--headless']),
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

/** Registers the namespace where it is missing and returns when the server knows it. Throws a SetupError otherwise. */
export async function ensureNamespace(address: string, namespace: string): Promise<void> {
  const connection = await connect(address);
  try {
    if (await knowsNamespace(connection, namespace)) return;
    await connection.workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(`${retentionDays} days`) })
      .catch((error: unknown) => {
        if (!hasCode(error, grpcAlreadyExists)) throw error;
      });
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await knowsNamespace(connection, namespace)) return;
      await delay(100);
    }
    throw new SetupError(
      `The Temporal server at ${address} does not show the namespace "${namespace}" after 10 s.`,
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

async function connect(address: string): Promise<Connection> {
  try {
    return await Connection.connect({ address, connectTimeout: '10s' });
  } catch (error) {
    throw new SetupError(
      `No Temporal server answers at ${address}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

async function servesClients(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: '2s' });
    try {
      return await knowsNamespace(connection, 'temporal-system');
    } finally {
      await connection.close();
    }
  } catch {
    return false;
  }
}

async function knowsNamespace(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return true;
  } catch (error) {
    if (hasCode(error, grpcNotFound)) return false;
    throw error;
  }
}

function hasCode(error: unknown, code: number): boolean {
  return error instanceof Error && isGrpcServiceError(error) && error.code === code;
}
