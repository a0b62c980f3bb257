import { SetupError } from '../../bin/setup/packages.mjs';

/** What every measurement prints: `ratio` is `bare` / `ours`, larger is better; the rest is detail. */
export interface BenchResult {
  name: string;
  ratio: number;
  ours: number;
  bare: number;
  unit: string;
  runs: number;
  [detail: string]: unknown;
}

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** The value below which the share `p` (0 to 1) of the values lies. Throws when there are none. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Progress, on stderr: stdout is for the result. */
export function note(text: string): void {
  console.error(text);
}

/** A whole number from the command line, `--name 200`. Throws a SetupError when it is none. */
export function numberOption(name: string, fallback: number): number {
  const at = process.argv.indexOf(`--${name}`);
  if (at < 0) return fallback;
  const value = Number(process.argv[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new SetupError(`--${name} takes a whole number from 1.`);
  }
  return value;
}

/** One JSON object with `--json`, else a few lines to read. */
export function printResult(result: BenchResult): void {
  if (process.argv.includes('--json')) {
    console.log(JSON.stringify(result));
    return;
  }
  const { name, ratio, ours, bare, unit, runs, ...detail } = result;
  console.log(`${name}: ours ${ours} ${unit}, bare ${bare} ${unit}, ratio ${ratio} (median of ${runs} runs)`);
  for (const [key, value] of Object.entries(detail)) console.log(`  ${key}: ${JSON.stringify(value)}`);
}

/** Runs `work` on every item, at most `limit` at a time. Fails with the first failure, when nothing is open any more. */
export async function eachOf<T>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  let failed = false;
  const lane = async () => {
    for (const [index, item] of queue) {
      if (failed) return;
      await work(item, index).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: limit }, lane));
  for (const result of lanes) if (result.status === 'rejected') throw result.reason;
}
