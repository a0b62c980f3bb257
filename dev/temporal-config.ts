import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeJson } from './state.ts';

/**
 * Settings of every Temporal server that the project starts. The defaults for the processors are for large clusters:
 * with them each skip of time waits a second, and the removal of an execution half a minute for its close to be noted as done;
 * with the reuse interval virtual time jumps too far at continue-as-new.
 */
export const dynamicConfig: Readonly<Record<string, boolean | number | string>> = {
  'frontend.WorkflowTimeSkippingEnabled': true,
  'frontend.WorkflowTimeSkippingMaxSkipPerSession': 1_000_000,
  'history.timerProcessorMaxTimeShift': '5ms',
  'history.timerProcessorMaxPollRPS': 2000,
  'history.transferProcessorMaxPollRPS': 2000,
  'history.transferProcessorUpdateAckInterval': '1s',
  'history.workflowIdReuseMinimalInterval': '0s',
  // From the fourth attempt on a workflow task has longer to be answered, up to ten minutes unless set. One that dies with its
  // worker then holds its workflow for as long, which meanwhile hears nothing ("Workflow Task in failed state").
  'history.workflowTaskRetryMaxInterval': '15s',
};

/** The ports of the server; only the first is for clients. */
export const temporalPortNames = [
  'temporal',
  'temporalHttp',
  'temporalFrontendMembership',
  'temporalMatching',
  'temporalMatchingMembership',
  'temporalHistory',
  'temporalHistoryMembership',
  'temporalWorker',
  'temporalWorkerMembership',
] as const;

/** Writes the official server's configuration into `dir` (JSON is YAML) and returns its path. */
export function writeServerConfig(dir: string, ports: Readonly<Record<string, number>>): string {
  mkdirSync(dir, { recursive: true });
  const dynamicConfigPath = join(dir, 'dynamic-config.yaml');
  writeJson(
    dynamicConfigPath,
    Object.fromEntries(Object.entries(dynamicConfig).map(([key, value]) => [key, [{ value }]])),
  );
  const store = {
    sql: {
      pluginName: 'sqlite',
      databaseName: join(dir, 'temporal.db'),
      connectAddr: 'localhost',
      connectProtocol: 'tcp',
      connectAttributes: { cache: 'private', setup: true, journal_mode: 'wal', synchronous: 2 },
      maxConns: 1,
      maxIdleConns: 1,
      maxConnLifetime: '1h',
    },
  };
  const rpc = (name: string) => ({
    rpc: { grpcPort: ports[name], membershipPort: ports[`${name}Membership`], bindOnLocalHost: true },
  });
  const configPath = join(dir, 'server.yaml');
  writeJson(configPath, {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: 1,
      datastores: { default: store, visibility: store },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: {
        rpc: {
          grpcPort: ports.temporal,
          httpPort: ports.temporalHttp,
          membershipPort: ports.temporalFrontendMembership,
          bindOnLocalHost: true,
        },
      },
      matching: rpc('temporalMatching'),
      history: rpc('temporalHistory'),
      worker: rpc('temporalWorker'),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${ports.temporal}`,
          httpAddress: `127.0.0.1:${ports.temporalHttp}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicConfigPath, pollInterval: '60s' },
  });
  return configPath;
}
