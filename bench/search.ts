/**
 * `npm run bench -- search [--contracts N]`: milliseconds of a page of contracts found by a text among 100,000 with names alike, the
 * worst case, one search at a time and 50 at once; beside it, as `bare`, the first page of the list without a text. How long the
 * index takes to be made again is told too.
 */
import { listContracts } from '../db/queries/read/contract-list.ts';
import { rebuildSearchIndex } from '../db/queries/search/rebuild.ts';
import { insertContractRows } from '../dev/contract-rows.ts';
import { type BenchResult, note, numberOption, percentile, rounded } from './support/measure.ts';
import { randomNumbers } from './support/random.ts';
import { type Bench, runBench } from './support/stack.ts';

const CONTRACTS = numberOption('contracts', 100_000);
const ROUNDS = numberOption('rounds', 30);
const AT_ONCE = 50;
const PREFIX = 'bench';

/** What people type, about the n-th row of `insertContractRows`. */
const KINDS: Readonly<Record<string, (n: number) => string>> = {
  number: (n) => `ROW-${PREFIX}-${n}`,
  companyName: (n) => `株式会社宛先${PREFIX}-${n}`,
  partOfName: (n) => `宛先${PREFIX}-${n}`,
  beginning: (n) => `株式会社宛先${PREFIX}-${String(n).slice(0, 2)}`,
  everyName: () => '株式会社',
  kana: () => 'あてさき',
  mail: (n) => `${PREFIX}-${n}@`,
  oneCharacter: () => '宛',
  nothing: (n) => `該当なし${n}`,
};

async function measure({ db }: Bench): Promise<BenchResult> {
  note(`${CONTRACTS} contracts are stored`);
  await insertContractRows(db, CONTRACTS, { prefix: PREFIX });
  note('the index is made');
  const beganMs = performance.now();
  await rebuildSearchIndex(db);
  const rebuildSeconds = rounded((performance.now() - beganMs) / 1000, 1);
  await db.execute('analyze');
  const random = randomNumbers(7);
  const read = async (text: string): Promise<number> => {
    const readMs = performance.now();
    await listContracts(db, { status: null, text, limit: 50, offset: 0 });
    return performance.now() - readMs;
  };
  const search = (kind: string) => read(KINDS[kind]?.(Math.floor(random() * CONTRACTS)) ?? '');
  const ours: number[] = [];
  const bare: number[] = [];
  const p95: Record<string, number> = {};
  for (const kind of Object.keys(KINDS)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push(await search(kind));
      bare.push(await read(''));
    }
    ours.push(...times);
    p95[kind] = rounded(percentile(times, 0.95), 1);
    note(`${kind}: p95 ${p95[kind]} ms`);
  }
  const kinds = Object.keys(KINDS);
  const atOnce = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, n) => search(kinds[n % kinds.length] ?? '')),
  );
  const [oursMs, bareMs] = [percentile(ours, 0.95), percentile(bare, 0.95)];
  return {
    name: 'search',
    ratio: rounded(bareMs / oursMs, 3),
    ours: rounded(oursMs),
    bare: rounded(bareMs),
    unit: 'ms p95 per page of found contracts',
    runs: ours.length,
    contracts: CONTRACTS,
    p95,
    p95Of50AtOnce: rounded(percentile(atOnce, 0.95), 1),
    rebuildSeconds,
  };
}

await runBench('search', [], measure);
