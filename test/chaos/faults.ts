import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { childrenOf } from '../support/processes.ts';
import type { Fault, MailFault, StoreFault } from './plan.ts';

export interface Victims {
  /** Ids of the running processes, by name; each leads a group of its own. */
  pids: () => Record<string, number>;
  /** What is wrong with the mail server now; null when nothing is. */
  mail: { fault: MailFault | null };
  /** What is wrong with the object store now. */
  store: { fault: StoreFault | null };
  /** Holds by how many milliseconds the clock of web and workers is moved (jumping-clock.mjs). */
  clockFile: string;
}

const HOUR_MS = 3_600_000;

const SLICE_MS = 250;
/** Of each slice a slowed process runs a fifth. */
const RUNS_MS = 50;

/** Lets a fault happen and waits until it is over; a part that runs no more at the moment is passed over. */
export async function happen(victims: Victims, fault: Fault): Promise<void> {
  if (fault.part === 'mail') {
    victims.mail.fault = fault.fault;
    await delay(fault.ms);
    victims.mail.fault = null;
    return;
  }
  if (fault.part === 'store') {
    victims.store.fault = fault.fault;
    await delay(fault.ms);
    victims.store.fault = null;
    return;
  }
  if (fault.part === 'clock') {
    writeFileSync(victims.clockFile, String(fault.fault === 'ahead' ? HOUR_MS : -HOUR_MS));
    await delay(fault.ms);
    writeFileSync(victims.clockFile, '0');
    return;
  }
  const pid = victims.pids()[fault.part];
  if (pid === undefined) return;
  switch (fault.fault) {
    case 'killed':
      signal(pid, 'SIGKILL');
      return;
    case 'stopped':
      signal(pid, 'SIGSTOP');
      await delay(fault.ms);
      signal(pid, 'SIGCONT');
      return;
    case 'slowed':
      for (let left = fault.ms; left > 0; left -= SLICE_MS) {
        signal(pid, 'SIGSTOP');
        await delay(SLICE_MS - RUNS_MS);
        signal(pid, 'SIGCONT');
        await delay(RUNS_MS);
      }
      return;
    case 'full':
      // Nothing that it writes to a file fits any more, as on a disk without room.
      for (const each of [pid, ...childrenOf(pid)]) limitFiles(each, '0');
      await delay(fault.ms);
      for (const each of [pid, ...childrenOf(pid)]) limitFiles(each, 'unlimited');
      return;
  }
}

/** To the process and its children. One that ended meanwhile feels nothing. */
function signal(pid: number, name: NodeJS.Signals): void {
  for (const each of [pid, ...childrenOf(pid)]) {
    try {
      process.kill(each, name);
    } catch (error) {
      if ((error as { code?: string }).code !== 'ESRCH') throw error;
    }
  }
}

/** The soft limit only, so that it can be raised again; of a process that ended meanwhile there is none. */
function limitFiles(pid: number, bytes: string): void {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], { stdio: 'ignore' });
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT')
      throw new Error('prlimit (util-linux) is needed to fill up a part', { cause: error });
  }
}
