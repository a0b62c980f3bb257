import { readdirSync, readFileSync } from 'node:fs';

interface ProcessLine {
  pid: number;
  parent: number;
  /** Of it and of those of its children that have ended, in clock ticks. */
  cpuTicks: number;
}

/** What Linux tells of a process; null for one that has ended. */
function lineOf(pid: number): ProcessLine | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold blanks: fields are counted after it.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, times] = [fields[1], fields.slice(11, 15)];
    return { pid, parent, cpuTicks: times.reduce((sum, each) => sum + each, 0) };
  } catch {
    return null;
  }
}

/** A process and its children, as Postgres has one for each connection, each in a session of its own. */
function familyOf(pid: number): ProcessLine[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => lineOf(Number(name)))
    .filter((line) => line !== null)
    .filter((line) => line.pid === pid || line.parent === pid);
}

export const childrenOf = (pid: number): number[] =>
  familyOf(pid)
    .map((line) => line.pid)
    .filter((each) => each !== pid);

const TICKS_PER_SECOND = 100;

/** Seconds of a core that a process and its children have taken so far. */
export const cpuSecondsOf = (pid: number): number =>
  familyOf(pid).reduce((sum, { cpuTicks }) => sum + cpuTicks, 0) / TICKS_PER_SECOND;
