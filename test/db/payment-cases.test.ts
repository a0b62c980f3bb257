import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Transaction } from '../../db/client.ts';
import { seal } from '../../db/personal/tags.ts';
import { readDunning } from '../../db/queries/dunning/facts.ts';
import { ageingFacts } from '../../db/queries/payment/ageing.ts';
import { importPayments } from '../../db/queries/payment/import.ts';
import { learnPayerName, refreshPayerNames } from '../../db/queries/payment/payer-names.ts';
import { proposalFor } from '../../db/queries/payment/read.ts';
import { openPapers } from '../../db/queries/payment/receivable.ts';
import {
  allocations,
  bankLines,
  contracts,
  credits,
  customers,
  dunningHolds,
  dunnings,
  papers,
  writeOffs,
} from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { ageing } from '../../domain/billing/ageing.ts';
import { DEFAULT_DUNNING_DAYS } from '../../domain/billing/billing-policy.ts';
import { dunningOn } from '../../domain/billing/dunning.ts';
import { payerCore } from '../../domain/billing/payer-kana.ts';
import { civilDate, jstInstant } from '../../domain/calendar/civil-date.ts';
import { plantedRun, rowOfPaper } from '../support/issued-papers.ts';
import { openTestDatabase } from '../support/workers.ts';

/** The worked cases, held through the real tables; each in a transaction that is taken back. Live, so that no other test's rows are met. */
const day = z.string().transform(civilDate);
const cases = readFileSync('test/data/billing.jsonl', 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): unknown => JSON.parse(line));
const casesOf = <T extends z.ZodType>(schema: T): z.output<T>[] =>
  cases.flatMap((each) => {
    const parsed = schema.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });

const { db, close } = openTestDatabase();
let pool: { contractId: string; customerId: string }[] = [];
let runId = '';
beforeAll(async () => {
  const ids = await insertContractRows(db, 6, { prefix: `CASES-${randomUUID()}` });
  pool = await db
    .select({ contractId: contracts.id, customerId: contracts.customerId })
    .from(contracts)
    .where(inArray(contracts.id, ids));
  runId = await plantedRun(db);
});
afterAll(close);

class Undone extends Error {}

/** Runs in a transaction of which nothing stays. */
async function undone(work: (tx: Transaction) => Promise<void>): Promise<void> {
  const done = db.transaction(async (tx) => {
    await tx
      .update(contracts)
      .set({ sandbox: false })
      .where(
        inArray(
          contracts.id,
          pool.map(({ contractId }) => contractId),
        ),
      );
    await work(tx);
    throw new Undone();
  });
  await expect(done).rejects.toThrow(Undone);
}

const slot = (index: number) => {
  const found = pool[index];
  if (found === undefined) throw new Error('the pool is too small for this case');
  return found;
};

interface Planted {
  number: string;
  totalYen: number;
  issuedOn: ReturnType<typeof civilDate>;
  dueOn: ReturnType<typeof civilDate>;
}

async function plant(tx: Transaction, contractId: string, paper: Planted): Promise<string> {
  const paperId = randomUUID();
  await tx.insert(papers).values({ ...rowOfPaper(runId, { ...paper, paperId, contractId }), sandbox: false });
  return paperId;
}

const matchCase = z.object({
  id: z.number(),
  why: z.string(),
  kind: z.literal('payment-match'),
  policies: z
    .object({ 'payment.feeToleranceYen': z.number().default(0) })
    .default({ 'payment.feeToleranceYen': 0 }),
  payers: z.array(z.object({ id: z.string(), names: z.array(z.string()) })),
  invoices: z.array(
    z.object({ number: z.string(), payer: z.string(), issuedOn: day, dueOn: day, open: z.number() }),
  ),
  lines: z.array(
    z.object({
      id: z.string(),
      on: day,
      amount: z.number(),
      name: z.string(),
      reference: z.string().nullish(),
      cancelled: z.boolean().default(false),
    }),
  ),
  expected: z.object({
    allocations: z.array(
      z.object({ line: z.string(), invoice: z.string(), amount: z.number(), discount: z.number() }),
    ),
    tasks: z.array(
      z.object({
        line: z.string(),
        kind: z.string(),
        proposal: z.array(z.object({ invoice: z.string(), amount: z.number() })).default([]),
        rest: z.number().default(0),
      }),
    ),
    open: z.record(z.string(), z.number()),
  }),
});

describe('payments are matched in the real tables as the worked cases say (第6条2項)', () => {
  const all = casesOf(matchCase);
  test('all of them are read', () => expect(all.length).toBeGreaterThanOrEqual(15));

  test.each(all)('$id $why', (one) =>
    undone(async (tx) => {
      const payerIds = new Map<string, string>();
      for (const [index, { id, names }] of one.payers.entries()) {
        const { customerId } = slot(index);
        payerIds.set(id, customerId);
        const [registered = '', ...learned] = names;
        await tx
          .update(customers)
          .set({ kana: seal(customerId, registered), sandbox: false })
          .where(eq(customers.id, customerId));
        for (const name of learned) {
          const core = payerCore(name);
          await learnPayerName(tx, {
            ...{ payer: customerId, core, lineId: randomUUID(), learnedBy: 'test', sandbox: false },
          });
        }
      }
      await refreshPayerNames(tx);
      for (const { number, payer, issuedOn, dueOn, open } of one.invoices) {
        const index = one.payers.findIndex(({ id }) => id === payer);
        await plant(tx, slot(index).contractId, { number, issuedOn, dueOn, totalYen: open });
      }
      const taken = await importPayments(tx, {
        format: 'transfers',
        lines: one.lines.map(({ amount, reference, ...line }) => ({
          ...{ ...line, account: 'case', amountYen: amount, reference: reference ?? null },
        })),
        file: { fileName: 'case.txt', storageKey: 'case', sha256: randomUUID(), bytes: 1 },
        ...{ importedBy: 'cli', sandbox: false, now: new Date(), today: civilDate('2027-06-01') },
        feeToleranceYen: one.policies['payment.feeToleranceYen'],
      });
      if (!taken.ok) throw new Error(taken.message);
      const lines = await tx
        .select()
        .from(bankLines)
        .where(eq(bankLines.importId, taken.result.importId))
        .orderBy(asc(bankLines.position));
      // Lines stand in the file's order; the same one twice is one row.
      const told = one.lines.filter(
        ({ id }, index) => one.lines.findIndex((line) => line.id === id) === index,
      );
      const nameOf = new Map(lines.map((line, index) => [line.id, told[index]?.id]));
      const paid = await tx
        .select({ allocation: allocations, number: papers.number })
        .from(allocations)
        .innerJoin(papers, eq(papers.id, allocations.paperId))
        .where(
          inArray(
            allocations.lineId,
            lines.map(({ id }) => id),
          ),
        );
      const byKey = (a: { line: string; invoice?: string }, b: { line: string; invoice?: string }) =>
        `${a.line}/${a.invoice}` < `${b.line}/${b.invoice}` ? -1 : 1;
      expect(
        paid
          .map(({ allocation, number }) => ({
            ...{ line: nameOf.get(allocation.lineId ?? '') ?? '', invoice: number ?? '' },
            ...{ amount: allocation.amountYen, discount: allocation.discountYen },
          }))
          .sort(byKey),
      ).toEqual(one.expected.allocations.toSorted(byKey));
      const open = await openPapers(tx, { sandbox: false, payers: [...payerIds.values()] });
      const asked = lines.filter(({ status }) => status === 'waiting');
      expect(
        asked.map(({ id, problem }) => ({ line: nameOf.get(id) ?? '', kind: problem ?? '' })).sort(byKey),
      ).toEqual(one.expected.tasks.map(({ line, kind }) => ({ line, kind })).sort(byKey));
      for (const task of one.expected.tasks.filter(({ kind }) => kind === 'part' || kind === 'over')) {
        const line = asked.find(({ id }) => nameOf.get(id) === task.line);
        const payer = open.find(({ number }) => number === task.proposal[0]?.invoice)?.payer;
        if (line === undefined || payer === undefined) throw new Error('no such line');
        const own = open.filter((invoice) => invoice.payer === payer);
        expect(proposalFor(line, payer, own, one.policies['payment.feeToleranceYen'])).toEqual({
          parts: task.proposal.map(({ invoice, amount }) => ({ invoice, amountYen: amount })),
          creditYen: task.rest,
        });
      }
      const left = new Map(open.map(({ number, openYen }) => [number, openYen]));
      for (const [number, yen] of Object.entries(one.expected.open)) {
        expect(left.get(number) ?? 0, number).toBe(yen);
      }
    }),
  );
});

const dunningCase = z.object({
  id: z.number(),
  why: z.string(),
  kind: z.literal('dunning'),
  policies: z
    .object({ 'dunning.days': z.array(z.number()).default([...DEFAULT_DUNNING_DAYS]) })
    .default({ 'dunning.days': [...DEFAULT_DUNNING_DAYS] }),
  invoice: z.object({ issuedOn: day, dueOn: day, total: z.number() }),
  payments: z.array(z.object({ on: day, amount: z.number() })).default([]),
  disputes: z.array(z.object({ from: day, to: day.nullish() })).default([]),
  writtenOffOn: day.nullish(),
  expected: z.object({
    states: z.array(z.object({ on: day, state: z.string(), open: z.number(), overdueDays: z.number() })),
  }),
});

describe('overdue papers stand in the real tables as the worked cases say (第10条2項④)', () => {
  const all = casesOf(dunningCase);
  test('all of them are read', () => expect(all.length).toBeGreaterThanOrEqual(8));

  test.each(all)('$id $why', (one) =>
    undone(async (tx) => {
      const { contractId } = slot(0);
      const { total: totalYen, ...dates } = one.invoice;
      const paperId = await plant(tx, contractId, { ...dates, totalYen, number: `DUN-${one.id}` });
      await tx.insert(dunnings).values({ id: paperId, contractId, sandbox: false });
      for (const { from, to } of one.disputes) {
        const row = {
          paperId,
          kind: 'dispute' as const,
          from,
          to: to ?? null,
          reason: seal(contractId, '協議中'),
          enteredBy: 'test',
        };
        await tx.insert(dunningHolds).values(row);
      }
      const { writtenOffOn } = one;
      const entered = new Set<string>();
      for (const { on, ...expected } of one.expected.states) {
        // As they come in: what the bank dates later is not there yet.
        for (const payment of one.payments.filter((each) => each.on <= on)) {
          const key = JSON.stringify(payment);
          if (entered.has(key)) continue;
          entered.add(key);
          const made = { paperId, on: payment.on, madeBy: 'test' };
          await tx.insert(allocations).values({ ...made, amountYen: payment.amount });
        }
        if (writtenOffOn != null && writtenOffOn <= on && !entered.has('written off')) {
          entered.add('written off');
          await tx
            .insert(writeOffs)
            .values({ paperId, on: writtenOffOn, proposedBy: 'one', confirmedBy: 'other' });
        }
        const facts = await readDunning(tx, { paperId, nowMs: jstInstant(on) });
        if (facts === null) throw new Error('no such dunning');
        const { state, openYen, overdueDays } = dunningOn(
          facts.invoice,
          on,
          one.policies['dunning.days'],
        ).value;
        expect({ state, open: openYen, overdueDays }, on).toEqual(expected);
      }
    }),
  );
});

const ageingCase = z.object({
  id: z.number(),
  why: z.string(),
  kind: z.literal('ageing'),
  asOf: day,
  invoices: z.array(
    z.object({
      ...{ number: z.string(), payer: z.string(), issuedOn: day, dueOn: day, total: z.number() },
      ...{ writtenOffOn: day.nullish(), replacedOn: day.nullish() },
    }),
  ),
  payments: z.array(z.object({ invoice: z.string(), on: day, amount: z.number() })).default([]),
  credits: z.array(z.object({ payer: z.string(), on: day, amount: z.number() })).default([]),
  expected: z.object({ payers: z.array(z.record(z.string(), z.unknown())), total: z.number() }),
});

describe('the ageing list of the real tables is that of the worked cases (滞留表)', () => {
  // A corrected invoice replaces papers by a row of its own, which is another process.
  const all = casesOf(ageingCase).filter(({ invoices }) =>
    invoices.every(({ replacedOn }) => replacedOn == null),
  );
  test('most of them are read', () => expect(all.length).toBeGreaterThanOrEqual(2));

  test.each(all)('$id $why', (one) =>
    undone(async (tx) => {
      const payers = [...new Set([...one.invoices, ...one.credits].map(({ payer }) => payer))];
      const customerOf = (payer: string) => slot(payers.indexOf(payer)).customerId;
      const paperIds = new Map<string, string>();
      for (const { number, payer, total, writtenOffOn, ...dates } of one.invoices) {
        const paper = {
          issuedOn: dates.issuedOn,
          dueOn: dates.dueOn,
          totalYen: total,
          number: `AGE-${number}`,
        };
        const paperId = await plant(tx, slot(payers.indexOf(payer)).contractId, paper);
        paperIds.set(number, paperId);
        if (writtenOffOn != null) {
          await tx
            .insert(writeOffs)
            .values({ paperId, on: writtenOffOn, proposedBy: 'one', confirmedBy: 'other' });
        }
      }
      for (const { invoice, on, amount } of one.payments) {
        const paperId = paperIds.get(invoice) ?? '';
        await tx.insert(allocations).values({ paperId, on, amountYen: amount, madeBy: 'test' });
      }
      for (const { payer, on, amount } of one.credits) {
        const kind = amount > 0 ? ('over' as const) : ('applied' as const);
        const row = { payer: customerOf(payer), sandbox: false, kind, amountYen: amount, on, madeBy: 'test' };
        await tx.insert(credits).values(row);
      }
      const facts = await ageingFacts(tx, { asOf: one.asOf, sandbox: false });
      const { payers: aged, totalYen } = ageing(facts).value;
      const own = aged.filter(({ payer }) => payers.some((each) => customerOf(each) === payer));
      const named = own.map(({ payer, totalYen: total, creditYen: credit, ...buckets }) => ({
        ...{ payer: payers.find((each) => customerOf(each) === payer), ...buckets, total, credit },
      }));
      expect(named).toEqual(expect.arrayContaining(one.expected.payers));
      expect(named).toHaveLength(one.expected.payers.length);
      expect(totalYen).toBe(one.expected.total);
    }),
  );
});

test('nobody changes or deletes what was posted', async () => {
  await undone(async (tx) => {
    const { contractId } = slot(0);
    const dates = { issuedOn: civilDate('2026-11-10'), dueOn: civilDate('2026-11-30') };
    const paperId = await plant(tx, contractId, { ...dates, totalYen: 100, number: 'STAYS' });
    await tx.insert(allocations).values({ paperId, on: dates.dueOn, amountYen: 100, madeBy: 'test' });
    const change = tx.transaction((inner) =>
      inner
        .update(allocations)
        .set({ amountYen: 1 })
        .where(and(eq(allocations.paperId, paperId))),
    );
    await expect(change).rejects.toThrow();
    const removal = tx.transaction((inner) =>
      inner.delete(allocations).where(eq(allocations.paperId, paperId)),
    );
    await expect(removal).rejects.toThrow();
  });
});
