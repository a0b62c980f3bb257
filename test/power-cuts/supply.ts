import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { nodeArgs, rootDir } from '../../dev/paths.ts';
import { isAlive, readRecords } from '../../dev/processes.ts';
import { environmentOf } from './environment.ts';

/** The power of one machine that runs the whole back office and those who work with it. */
export interface Supply {
  /** Switches the machine on and waits until everything serves; its environment. */
  on(): Promise<Record<string, string>>;
  /** Starts a program of the project on the machine and waits until it says that it works. */
  plug(file: string, ...args: string[]): Promise<void>;
  /** Kills everything at once: services, workers, web, their supervisor and whatever was plugged in. */
  cut(): Promise<void>;
}

export function powerSupply(stateDir: string): Supply {
  let running: ChildProcess[] = [];

  async function plug(file: string, ...args: string[]): Promise<void> {
    const child = spawn(process.execPath, nodeArgs(join('test/power-cuts', file), ...args), {
      cwd: rootDir,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    running.push(child);
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`${file} did not start (exit code ${code})`);
      }),
    ]);
  }

  return {
    plug,
    async on() {
      await plug('machine.ts', stateDir);
      return environmentOf(stateDir);
    },
    async cut() {
      const services = readRecords(stateDir).filter(isAlive);
      const plugged = running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
      const gone = plugged.map((child) => once(child, 'exit'));
      // In one go, the supervisor first, so that it starts nothing again.
      for (const child of plugged) child.kill('SIGKILL');
      for (const { pid } of services) process.kill(-pid, 'SIGKILL');
      await Promise.all(gone);
      running = [];
    },
  };
}
