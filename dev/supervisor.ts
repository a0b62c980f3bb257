import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { processIdentity } from '../bin/setup/lock.mjs';
import { SetupError } from '../bin/setup/packages.mjs';
import { WRONG_SETTINGS } from '../program.ts';
import { type ProcessRecord, type StopSignal, stopProcess, writeRecords } from './processes.ts';

/** A process that is kept running. */
export interface ServiceSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Set where the process must not run as root. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly stopSignal: StopSignal;
  /** Whether the process with this id serves; asked again and again at the start. */
  readonly health: (pid: number) => Promise<boolean>;
  /** Done before each start and restart. */
  readonly beforeStart?: () => void;
}

/** What runs to its end before others start; exit code 0 is success. */
type JobSpec = Pick<ServiceSpec, 'name' | 'command' | 'args' | 'env'>;

export interface Supervisor {
  /** Starts services side by side and waits until all are healthy. Throws a SetupError when one never is. */
  start(specs: readonly ServiceSpec[]): Promise<void>;
  /** Runs a job; its output goes to its log. Throws a SetupError with the log's last lines when it fails. */
  run(job: JobSpec): Promise<void>;
  /** Stops everything, the last started first. Never throws; a second call waits for the first. */
  stop(): Promise<void>;
  /** The process id of each running service. */
  pids(): Record<string, number>;
}

interface Managed {
  readonly spec: Pick<ServiceSpec, 'name' | 'stopSignal'>;
  child: ChildProcess | undefined;
  record: ProcessRecord | undefined;
  startedAt: number;
  quickDeaths: number;
  restart: NodeJS.Timeout | undefined;
}

const quickDeathMs = 15_000;
const maxQuickDeaths = 8;
const stopGraceMs = 8_000;
const firstLines = 5;

/**
 * Keeps processes running: each in a process group of its own (so that Ctrl-C reaches only the supervisor), its
 * output in `logs/<name>.log`, its id in the state folder, restarted with growing pauses when it dies.
 * `onGiveUp` is called when one dies 8 times in a row within 15 seconds of its start, or says that its settings are wrong.
 */
export function createSupervisor({
  stateDir,
  log,
  onGiveUp,
  firstPauseMs = 200,
  startWithinMs = 60_000,
}: {
  readonly stateDir: string;
  readonly log: (line: string) => void;
  readonly onGiveUp: (failure: SetupError) => void;
  /** The pause before the first restart; it doubles with each death in a row, up to 5 s. */
  readonly firstPauseMs?: number;
  /** How long a service may take until it is healthy. */
  readonly startWithinMs?: number;
}): Supervisor {
  const layers: Managed[][] = [];
  let failure: SetupError | undefined;
  let stopping: Promise<void> | undefined;

  const record = () =>
    writeRecords(
      stateDir,
      layers.flat().flatMap((managed) => managed.record ?? []),
    );

  const launch = (
    spec: JobSpec & Partial<ServiceSpec>,
    managed: Managed,
    onExit: (how: string, code: number | null) => void,
  ) => {
    spec.beforeStart?.();
    const output = openLog(stateDir, spec.name);
    const child = spawn(spec.command, spec.args, {
      env: spec.env,
      detached: true,
      stdio: ['ignore', output, output],
      ...spec.user,
    });
    closeSync(output);
    managed.child = child;
    managed.startedAt = Date.now();
    const identity = child.pid === undefined ? undefined : processIdentity(child.pid);
    if (child.pid !== undefined && identity !== undefined) {
      managed.record = { name: spec.name, pid: child.pid, identity, stopSignal: managed.spec.stopSignal };
      record();
    }
    const ended = (how: string, code: number | null) => {
      if (managed.child !== child) return;
      managed.child = undefined;
      managed.record = undefined;
      record();
      onExit(how, code);
    };
    child.once('error', (error) => ended(error.message, null));
    child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`, code));
  };

  const keepRunning = (spec: ServiceSpec, managed: Managed): void =>
    launch(spec, managed, (how, code) => {
      if (stopping || failure) return;
      managed.quickDeaths = Date.now() - managed.startedAt < quickDeathMs ? managed.quickDeaths + 1 : 1;
      if (code === WRONG_SETTINGS || managed.quickDeaths >= maxQuickDeaths) {
        const often = code === WRONG_SETTINGS ? '' : ` ${maxQuickDeaths} times in a row`;
        failure = new SetupError(`${spec.name} ended${often} (${how}). ${lastLines(stateDir, spec.name)}`);
        onGiveUp(failure);
        return;
      }
      const pauseMs = Math.min(firstPauseMs * 2 ** (managed.quickDeaths - 1), 5_000);
      log(`${spec.name} ended (${how}): starting it again in ${pauseMs / 1000} s`);
      if (managed.quickDeaths === 1 && code !== null) log(lastLines(stateDir, spec.name, firstLines));
      managed.restart = setTimeout(() => keepRunning(spec, managed), pauseMs);
    });

  const waitUntilHealthy = async (spec: ServiceSpec, managed: Managed): Promise<void> => {
    for (const until = Date.now() + startWithinMs; Date.now() < until; await delay(50)) {
      if (failure) throw failure;
      if (stopping) throw new SetupError('Stopped while starting.');
      if (managed.record && (await spec.health(managed.record.pid))) return;
    }
    throw new SetupError(
      `${spec.name} was not ready within ${startWithinMs / 1000} s. ${lastLines(stateDir, spec.name)}`,
    );
  };

  const manage = (spec: Pick<ServiceSpec, 'name' | 'stopSignal'>): Managed => ({
    spec,
    child: undefined,
    record: undefined,
    startedAt: 0,
    quickDeaths: 0,
    restart: undefined,
  });

  const stopAll = async (): Promise<void> => {
    for (const layer of layers.toReversed()) {
      await Promise.all(
        layer.map(async (managed) => {
          clearTimeout(managed.restart);
          if (managed.record) await stopProcess(managed.record, stopGraceMs);
        }),
      );
    }
    writeRecords(stateDir, []);
  };

  return {
    async start(specs) {
      if (stopping) throw new SetupError('Stopped while starting.');
      const layer = specs.map((spec) => ({ spec, managed: manage(spec) }));
      layers.push(layer.map(({ managed }) => managed));
      for (const { spec, managed } of layer) keepRunning(spec, managed);
      await Promise.all(layer.map(({ spec, managed }) => waitUntilHealthy(spec, managed)));
    },
    async run(job) {
      if (stopping) throw new SetupError('Stopped while starting.');
      const managed = manage({ name: job.name, stopSignal: 'SIGTERM' });
      layers.push([managed]);
      const [how, code] = await new Promise<[string, number | null]>((resolve) => {
        launch(job, managed, (...outcome) => resolve(outcome));
      });
      if (code !== 0) throw new SetupError(`${job.name} failed (${how}). ${lastLines(stateDir, job.name)}`);
    },
    stop() {
      stopping ??= stopAll();
      return stopping;
    },
    pids() {
      return Object.fromEntries(
        layers.flat().flatMap(({ record }) => (record ? [[record.name, record.pid]] : [])),
      );
    },
  };
}

// The child writes to the file itself: it outlives a supervisor that was killed without a broken pipe.
function openLog(stateDir: string, name: string): number {
  mkdirSync(join(stateDir, 'logs'), { recursive: true });
  const file = openSync(logPath(stateDir, name), 'a');
  writeSync(file, `--- ${new Date().toISOString()} starting ${name}\n`);
  return file;
}

function lastLines(stateDir: string, name: string, count = 15): string {
  const path = logPath(stateDir, name);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count);
  return `The end of ${path}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

function logPath(stateDir: string, name: string): string {
  return join(stateDir, 'logs', `${name}.log`);
}
