/**
 * `npm run bench -- payments`: lines of a bank against open invoices by the one rule (`matchLines`: who they name, what is open of
 * those, the rule), against a bare join of the same lines over indexes by postgres.js, which knows plain names, exact amounts and
 * numbers alone. Both begin with the lines in memory and end with the pairs in memory. The whole import is told beside them.
 */
import { randomUUID } from 'node:crypto';
import { seal } from '../db/personal/tags.ts';
import { importPayments, matchLines } from '../db/queries/payment/import.ts';
import { refreshPayerNames } from '../db/queries/payment/payer-names.ts';
import { insertContractRows } from '../dev/contract-rows.ts';
import { bareJoin, type OpenRow, plantOpenInvoices, renameCustomers } from '../dev/payment-rows.ts';
import { payerCore } from '../domain/billing/payer-kana.ts';
import type { ImportedLine } from '../domain/billing/zengin-statement.ts';
import { civilDate } from '../domain/calendar/civil-date.ts';
import { type BenchResult, median, note, numberOption, rounded } from './support/measure.ts';
import { type Bench, runBench } from './support/stack.ts';

const INVOICES = numberOption('invoices', 100_000);
const LINES = numberOption('lines', 10_000);
const ROUNDS = numberOption('rounds', 3);
const ON = civilDate('2026-11-25');
const KANA = 'アイウエオカキクケコ';

const since = (beganMs: number) => (performance.now() - beganMs) / 1000;
const nameOf = (n: number) =>
  `カブシキガイシャ${[...String(n).padStart(6, '0')].map((digit) => KANA[Number(digit)]).join('')}`;

/** Seven of ten by name and amount, two by the number, one that asks a person. */
function lineOf({ amountYen, number }: OpenRow, n: number): ImportedLine {
  const bank = { account: '0001-001-1-1234567', on: ON, cancelled: false };
  const line = { ...bank, id: `bench/${n}`, amountYen, name: nameOf(n), reference: null };
  if (n % 10 < 7) return line;
  if (n % 10 < 9) return { ...line, name: 'シラナイ', reference: number.replaceAll('-', '') };
  return { ...line, amountYen: amountYen - 1 };
}

async function measure({ db, stack, config }: Bench): Promise<BenchResult> {
  note(`${INVOICES} contracts are stored`);
  const contractIds = await insertContractRows(db, INVOICES, { prefix: 'BENCH' });
  note('customers are renamed and invoices planted');
  await renameCustomers(db, contractIds.slice(0, LINES), (id, n) => seal(id, nameOf(n)));
  const open = await plantOpenInvoices(db, contractIds);
  await refreshPayerNames(db);
  await db.execute('analyze');
  const lines = open.slice(0, LINES).map(lineOf);
  const cores = lines.map(({ name }) => payerCore(name));
  const ownerUrl = stack.env.DATABASE_OWNER_URL ?? config.DATABASE_URL;
  const bare = await bareJoin(ownerUrl, { lines, cores, names: (n) => payerCore(nameOf(n)), payers: open });
  const ours: number[] = [];
  const theirs: number[] = [];
  let matched = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const beganMs = performance.now();
    const { allocations } = await matchLines(db, { sandbox: true, feeToleranceYen: 0, lines });
    const seconds = since(beganMs);
    matched = allocations.length;
    const joined = await bare.join();
    note(`ours ${rounded(seconds)} s (${matched}), bare ${rounded(joined.seconds)} s (${joined.pairs})`);
    // The first one warms both.
    if (round > 0) {
      ours.push(seconds);
      theirs.push(joined.seconds);
    }
  }
  await bare.end();
  const beganMs = performance.now();
  const file = { fileName: 'bench.txt', storageKey: 'bench', sha256: randomUUID(), bytes: 1 };
  const taken = { format: 'transfers' as const, lines, file, importedBy: 'cli', sandbox: true };
  await db.transaction((tx) =>
    importPayments(tx, { ...taken, now: new Date(), today: ON, feeToleranceYen: 0 }),
  );
  const importSeconds = since(beganMs);
  const [mine, other] = [median(ours), median(theirs)];
  return {
    ...{ name: 'payments', ratio: rounded(other / mine), ours: rounded(mine), bare: rounded(other) },
    ...{ unit: 's', runs: ROUNDS, invoices: INVOICES, lines: LINES, matched },
    linesPerSecond: Math.round(LINES / mine),
    importSeconds: rounded(importSeconds),
  };
}

await runBench('payments', [], measure);
