/**
 * One pass over a stream of usage in a process of its own, `watch FILE` or `bare FILE`: prints seconds and memory as JSON. The bare
 * pass does what nobody can do without: it reads the same lines, parses them, and counts them by contract.
 */
import { bareLine, lineListsOf, openText } from '../../cli/batch.ts';
import { CaseReader } from '../../domain/cases/case-reader.ts';
import { WatchRun } from '../../domain/watch/run.ts';

/** `watcherSeconds` is the part after parsing: from events to findings. */
export interface StreamPass {
  events: number;
  findings: number;
  seconds: number;
  watcherSeconds: number;
  peakRssMb: number;
}

interface Work {
  take(event: unknown): void;
  findings(): number;
}

function bare(): Work {
  const counts = new Map<string, number>();
  const take = (event: unknown) => {
    const { contract = '' } = event as { contract?: string };
    counts.set(contract, (counts.get(contract) ?? 0) + 1);
  };
  return { take, findings: () => 0 };
}

function watch(head: string): Work {
  const run = new WatchRun(new CaseReader(JSON.parse(bareLine(head))), (number) => number);
  return { take: (event) => run.take(event), findings: () => run.findings().length };
}

async function pass(mode: string, path: string): Promise<StreamPass> {
  const startedMs = performance.now();
  let work: Work | null = null;
  let [events, watcherMs] = [0, 0];
  for await (const lines of lineListsOf(openText(path))) {
    const rest = work === null ? lines.slice(1) : lines;
    work ??= mode === 'bare' ? bare() : watch(lines[0] ?? '');
    const parsed = rest.filter((line) => line !== '').map((line) => JSON.parse(line));
    const parsedMs = performance.now();
    for (const event of parsed) work.take(event);
    watcherMs += performance.now() - parsedMs;
    events += parsed.length;
  }
  const parsedMs = performance.now();
  const findings = work?.findings() ?? 0;
  const endMs = performance.now();
  return {
    events,
    findings,
    seconds: (endMs - startedMs) / 1000,
    watcherSeconds: (watcherMs + endMs - parsedMs) / 1000,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

const [mode = '', path = ''] = process.argv.slice(2);
console.log(JSON.stringify(await pass(mode, path)));
