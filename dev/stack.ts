import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockHolder, tryLock } from '../bin/setup/lock.mjs';
import { pathWithPackages, SetupError } from '../bin/setup/packages.mjs';
import { withProgress } from '../bin/setup/progress.mjs';
import { withSecretFiles } from '../config/secret-files.ts';
import { MADE_SECRETS } from '../config/state-folder.ts';
import { BACKGROUND_QUEUE, INTERACTIVE_QUEUE } from '../domain/desk/queues.ts';
import { outboxService } from './outbox.ts';
import { cacheDir, nodeArgs, rootDir } from './paths.ts';
import { choosePorts } from './ports.ts';
import { type PostgresOptions, postgresService, preparePostgres } from './postgres.ts';
import { stopLeftovers } from './processes.ts';
import { checkedForProduction, madeSecrets } from './production.ts';
import { readState, rememberedSecrets, updateState, writeJson } from './state.ts';
import { createSupervisor, type ServiceSpec, type Supervisor } from './supervisor.ts';
import { ensureNamespace, hasWorker, temporalService } from './temporal.ts';
import { temporalPortNames } from './temporal-config.ts';
import { locateTemporal, machineSources } from './temporal-locate.ts';

type App = 'web' | 'interactive' | 'background';

export interface StackOptions {
  /** The one folder for everything that the stack keeps. */
  readonly stateDir: string;
  /** Which of the project's own processes run. */
  readonly apps: readonly App[];
  /** Laid over the environment of this process; DATABASE_URL, TEMPORAL_ADDRESS and SMTP_URL replace embedded parts. */
  readonly env?: Readonly<Record<string, string>>;
  /** The data need not survive a crash of the machine; faster. */
  readonly throwaway?: boolean;
  readonly log?: (line: string) => void;
  /** How long each process may take until it serves: a minute, unless the machine is known to be busy. */
  readonly startWithinMs?: number;
  /** Stops the start, and the stack, when aborted. */
  readonly signal?: AbortSignal;
  /** Called when a process cannot be kept running; the stack should then be stopped. */
  readonly onGiveUp?: (failure: SetupError) => void;
}

export interface Stack {
  /** The environment of every process of the project (docs/running.md lists the variables). */
  readonly env: Readonly<Record<string, string>>;
  readonly urls: { readonly web?: string; readonly temporalUi?: string };
  /** Ids of the running processes by name: postgres, temporal, outbox, web, worker-interactive, worker-background. */
  pids(): Record<string, number>;
  /** Runs a TypeScript file of the project to its end in this environment. Throws a SetupError when it fails. */
  run(name: string, file: string): Promise<void>;
  /** Stops every process, the last started first, and releases the folder. */
  stop(): Promise<void>;
}

/** Another process runs a stack in this folder; `url` is its console. */
export class StackRunningError extends SetupError {
  readonly url: string | undefined;

  constructor(stateDir: string, pid: number, url: string | undefined) {
    super(`Already running (process ${pid}, ${stateDir})${url === undefined ? '' : `: ${url}`}`);
    this.url = url;
  }
}

const workers = {
  interactive: { file: 'workers/interactive.ts', taskQueue: INTERACTIVE_QUEUE },
  background: { file: 'workers/background.ts', taskQueue: BACKGROUND_QUEUE },
} as const;

/**
 * Starts Postgres, Temporal and the outbox (those that the environment does not replace), runs the migrations and
 * starts the apps; all are restarted when they die. Throws a StackRunningError, or a SetupError whose sentence says
 * what is missing; everything started is then stopped again.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const {
    stateDir,
    signal,
    log = (line) => console.error(line),
    onGiveUp = (failure) => log(failure.message),
    startWithinMs = 60_000,
  } = options;
  mkdirSync(stateDir, { recursive: true, mode: 0o755 });
  const lockPath = join(stateDir, 'stack.lock');
  const release = tryLock(lockPath);
  if (!release)
    throw new StackRunningError(stateDir, lockHolder(lockPath)?.pid ?? 0, readState(stateDir).webUrl);
  const supervisor = createSupervisor({ stateDir, log, onGiveUp, startWithinMs });
  const stop = async () => {
    await supervisor.stop();
    release();
  };
  const onAbort = () => void stop();
  signal?.addEventListener('abort', onAbort);
  try {
    signal?.throwIfAborted();
    const leftovers = await stopLeftovers(stateDir);
    if (leftovers.length > 0) log(`Stopped what an interrupted run left behind: ${leftovers.join(', ')}`);
    const env = await startServices(options, supervisor, log);
    writeJson(join(stateDir, 'env.json'), forCommands(env));
    const stack: Stack = {
      env,
      urls: urlsOf(env),
      pids: () => supervisor.pids(),
      run: (name, file) =>
        supervisor.run({ name, command: process.execPath, args: nodeArgs(file), env: processEnv(env) }),
      stop,
    };
    await startApps(options, stack, supervisor);
    return stack;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What `npm start` was given: in production it is checked first, so that nothing is started with wrong settings. */
function givenTo({ stateDir, env }: StackOptions): Record<string, string | undefined> {
  const given = { ...process.env, ...env };
  return given.HASSO_MODE === 'production' ? checkedForProduction(given, stateDir) : given;
}

/** What the commands of this clone need to reach the stack. In production their user has the secrets, the folder has not. */
function forCommands(env: Readonly<Record<string, string>>): Record<string, string> {
  const secret = [
    'DATABASE_OWNER_URL',
    ...(env.HASSO_MODE === 'production' ? Object.keys(MADE_SECRETS) : []),
  ];
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.includes(name)));
}

async function startServices(options: StackOptions, supervisor: Supervisor, log: (line: string) => void) {
  const { stateDir, throwaway = false } = options;
  const given = givenTo(options);
  const ports = await choosePorts(
    ['web', 'postgres', 'smtp', 'temporalUi', ...temporalPortNames],
    readState(stateDir).ports,
    given,
  );
  updateState(stateDir, { ports });
  const { superuser, owner, app } = rememberedSecrets(stateDir, ['superuser', 'owner', 'app']);
  const production = given.HASSO_MODE === 'production';
  const made: Partial<ReturnType<typeof madeSecrets>> = production ? {} : madeSecrets(stateDir);
  const port = (name: string) => ports[name] ?? 0;
  const postgres: PostgresOptions = {
    dataDir: join(stateDir, 'postgres'),
    port: port('postgres'),
    passwords: { superuser, owner, app },
    throwaway,
  };
  const outboxDir = join(stateDir, 'outbox');
  const namespace = given.TEMPORAL_NAMESPACE ?? 'hasso';
  const temporalAddress = given.TEMPORAL_ADDRESS ?? `127.0.0.1:${port('temporal')}`;
  const temporalSpec = async () => {
    if (given.TEMPORAL_ADDRESS !== undefined) return undefined;
    const program = await locateTemporal(machineSources(cacheDir(), log, options.signal));
    return temporalService({
      program,
      dir: join(stateDir, 'temporal'),
      ports,
      withUi: given.TEMPORAL_UI_PORT !== undefined,
    });
  };
  const [postgresSpec, serverSpec] = await Promise.all([
    given.DATABASE_URL === undefined ? postgresService(postgres) : Promise.resolve(undefined),
    temporalSpec(),
  ]);
  const outboxSpec =
    given.SMTP_URL === undefined
      ? outboxService({ dir: outboxDir, port: port('smtp'), env: processEnv({}) })
      : undefined;
  const specs = [postgresSpec, serverSpec, outboxSpec];
  await withProgress('Starting Postgres, Temporal and the outbox', () =>
    supervisor.start(specs.filter((spec) => spec !== undefined)),
  );
  await ensureNamespace(temporalAddress, namespace);
  const database =
    given.DATABASE_URL === undefined
      ? await preparePostgres(postgres)
      : { appUrl: given.DATABASE_URL, ownerUrl: given.DATABASE_OWNER_URL ?? given.DATABASE_URL };
  return {
    // Nobody's account; the number is the tax agency's own.
    ...(production
      ? {}
      : {
          INVOICE_ISSUER_NUMBER: 'T7000012050002',
          INVOICE_BANK_ACCOUNT: '9999:見本銀行:001:本店営業部:1:1234567:ｶ)ｲﾝﾀｰｺﾑ',
        }),
    ...made,
    ...options.env,
    HASSO_MODE: given.HASSO_MODE ?? 'development',
    NODE_ENV: given.NODE_ENV ?? (production ? 'production' : 'development'),
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    // Set in any case, so that no process takes over another value; tests read histories as they are.
    TEMPORAL_CODEC_KEYS: given.TEMPORAL_CODEC_KEYS ?? (throwaway ? '' : (made.TEMPORAL_CODEC_KEYS ?? '')),
    ...(given.SMTP_URL === undefined
      ? { SMTP_URL: `smtp://127.0.0.1:${port('smtp')}`, OUTBOX_DIR: outboxDir }
      : { SMTP_URL: given.SMTP_URL }),
    LOG_DIR: given.LOG_DIR ?? join(stateDir, 'logs'),
    DOCUMENTS_DIR: given.DOCUMENTS_DIR ?? join(stateDir, 'documents'),
    WEB_PORT: String(port('web')),
    WEB_URL: given.WEB_URL ?? `http://localhost:${port('web')}`,
    ...(given.SESSION_SECRET === undefined ? {} : { SESSION_SECRET: given.SESSION_SECRET }),
    ...(given.PERSONAL_DATA_KEY === undefined ? {} : { PERSONAL_DATA_KEY: given.PERSONAL_DATA_KEY }),
    ...(given.TEMPORAL_UI_PORT === undefined
      ? {}
      : {
          TEMPORAL_UI_PORT: given.TEMPORAL_UI_PORT,
          TEMPORAL_UI_URL: given.TEMPORAL_UI_URL ?? `http://localhost:${given.TEMPORAL_UI_PORT}`,
        }),
  };
}

async function startApps(
  { stateDir, apps }: StackOptions,
  stack: Stack,
  supervisor: Supervisor,
): Promise<void> {
  mkdirSync(stack.env.DOCUMENTS_DIR ?? '', { recursive: true });
  if (existsSync(join(rootDir, 'db/migrate.ts'))) {
    // Only this one process gets to be the owner of the tables.
    await withProgress('Bringing the database up to date', () => stack.run('migrate', 'db/migrate.ts'));
  }
  const { DATABASE_OWNER_URL: _, ...appEnv } = stack.env;
  const {
    TEMPORAL_ADDRESS: address = '',
    TEMPORAL_NAMESPACE: namespace = '',
    WEB_PORT: webPort = '',
  } = appEnv;
  const spec = (name: App): ServiceSpec => ({
    name: name === 'web' ? 'web' : `worker-${name}`,
    command: process.execPath,
    args: nodeArgs(name === 'web' ? 'web/server.ts' : workers[name].file),
    env: processEnv(appEnv),
    stopSignal: 'SIGTERM',
    health:
      name === 'web'
        ? () => answersHttp(webPort)
        : (pid) =>
            hasWorker({ address, namespace, taskQueue: workers[name].taskQueue, pid }).catch(() => false),
  });
  await withProgress('Starting the web server and the workers', () => supervisor.start(apps.map(spec)));
  updateState(stateDir, { webUrl: apps.includes('web') ? stack.env.WEB_URL : undefined });
}

async function answersHttp(port: string): Promise<boolean> {
  try {
    return (
      (await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_000) })).status < 500
    );
  } catch {
    return false;
  }
}

function urlsOf(env: Readonly<Record<string, string>>): Stack['urls'] {
  const { WEB_URL: web, TEMPORAL_UI_PORT: uiPort } = env;
  return {
    ...(web === undefined ? {} : { web }),
    ...(uiPort === undefined ? {} : { temporalUi: `http://localhost:${uiPort}` }),
  };
}

function processEnv(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  // What came in files is handed on as it was read, for the process would read it twice.
  const { DATABASE_OWNER_URL: _, ...inherited } = withSecretFiles(process.env).env;
  return {
    ...inherited,
    PATH: pathWithPackages(rootDir),
    TSX_TSCONFIG_PATH: join(rootDir, 'tsconfig.json'),
    ...env,
  };
}
