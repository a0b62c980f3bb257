import { readdirSync, readFileSync } from 'node:fs';

interface ProcessTimes {
  parent: number;
  cpuSeconds: number;
  rssBytes: number;
}

/** Clock ticks per second and bytes per page, as Linux tells them to every program. */
const TICKS = 100;
const PAGE_BYTES = 4096;

/** CPU seconds so far and memory of processes with all their children, by name; empty where there is no /proc. */
export function processTimes(
  pids: Readonly<Record<string, number>>,
): Record<string, { cpuSeconds: number; rssBytes: number }> {
  const all = readAll();
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, sumOf(all, pid)]));
}

function sumOf(
  all: ReadonlyMap<number, ProcessTimes>,
  pid: number,
): { cpuSeconds: number; rssBytes: number } {
  const own = all.get(pid) ?? { cpuSeconds: 0, rssBytes: 0 };
  const children = [...all].filter(([, { parent }]) => parent === pid).map(([child]) => sumOf(all, child));
  return {
    cpuSeconds: own.cpuSeconds + children.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    rssBytes: own.rssBytes + children.reduce((sum, { rssBytes }) => sum + rssBytes, 0),
  };
}

function readAll(): Map<number, ProcessTimes> {
  const all = new Map<number, ProcessTimes>();
  for (const name of listProc()) {
    try {
      // The command in brackets may hold spaces; the numbers follow behind it.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      const at = (index: number) => Number(fields[index]);
      all.set(Number(name), {
        parent: at(1),
        cpuSeconds: (at(11) + at(12)) / TICKS,
        rssBytes: at(21) * PAGE_BYTES,
      });
    } catch {
      // The process has ended meanwhile.
    }
  }
  return all;
}

function listProc(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}
