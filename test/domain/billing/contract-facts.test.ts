import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_BILLING_POLICY } from '../../../domain/billing/billing-policy.ts';
import { billingContractOf } from '../../../domain/billing/contract-facts.ts';
import { billedBy, type PlannedDocument } from '../../../domain/billing/documents.ts';
import type { BillingLine } from '../../../domain/billing/lines.ts';
import { comingDocuments, nextRunOn } from '../../../domain/billing/outlook.ts';
import { planRun } from '../../../domain/billing/run.ts';
import { addMonths, type CivilDate, civilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { Alteration, Contents } from '../../../domain/future/contents.ts';
import { type ContractFacts, type OpenChange, versionsUntilNow } from '../../../domain/future/facts.ts';
import { contents, contractFacts, doneChange, openChange, priceList } from '../../support/contract-facts.ts';

const LISTS = [{ ...priceList, usage: [{ category: 'sms', unitPrice: '3.3' }] }];
const NONE = { recorded: [], discontinuation: null, payers: [], usage: [] };
const CONCLUDED = civilDate('2026-11-05');
const FIRST = civilDate('2026-12-01');

const months = (from: CivilDate, count: number) =>
  Array.from({ length: count }, (_, index) => addMonths(from, index));

/** A change of a generated life: in which month it arrived (before the 6th), and what it alters. */
interface Asked {
  month: number;
  alters: Alteration;
}

interface Life {
  contents: Contents;
  asked: Asked[];
  /** Months from the first day to the end; null: it goes on. */
  endsAfter: number | null;
}

const kind = fc.constantFrom('annual' as const, 'monthly' as const);
const life: fc.Arbitrary<Life> = fc
  .record({
    kind,
    licences: fc.integer({ min: 3, max: 40 }),
    asked: fc.uniqueArray(
      fc.record({
        month: fc.integer({ min: 0, max: 26 }),
        alters: fc.oneof(
          fc.record({ licences: fc.integer({ min: 3, max: 40 }) }),
          fc.record({ options: fc.tuple(fc.record({ code: fc.constant('sms'), quantity: fc.nat(3) })) }),
          fc.record({ options: fc.tuple(fc.record({ code: fc.constant('record'), quantity: fc.nat(2) })) }),
        ),
      }),
      { selector: ({ month }) => month, maxLength: 6 },
    ),
    endsAfter: fc.option(fc.integer({ min: 3, max: 26 })),
  })
  .map(({ kind: of, licences, asked, endsAfter }) => ({
    contents: contents({ kind: of, licences }),
    asked: asked.toSorted((a, b) => a.month - b.month),
    endsAfter,
  }));

const endOf = ({ endsAfter }: Life): CivilDate | null =>
  endsAfter === null ? null : lastDayBefore(addMonths(FIRST, endsAfter));

function lastDayBefore(first: CivilDate): CivilDate {
  const time = new Date(`${first}T00:00:00Z`).getTime() - 86_400_000;
  return civilDate(new Date(time).toISOString().slice(0, 10));
}

/** The facts as the rows would give them on a day: what has begun is done, what is accepted is open, the rest is not known yet. */
function factsOn(of: Life, day: CivilDate): ContractFacts {
  const changes: OpenChange[] = of.asked.map(({ month, alters }, index) =>
    openChange(`r${index}`, `${addMonths(FIRST, month).slice(0, 7)}-03`, alters),
  );
  const known = changes.filter(({ arrivedAtMs }) => jstDate(arrivedAtMs) <= day);
  const end = endOf(of);
  const standing = known.filter(({ firstOn }) => end === null || firstOn <= end);
  const done = standing
    .filter(({ firstOn }) => firstOn <= day)
    .map(({ requestId, arrivedAtMs, firstOn, alters }) => ({
      ...doneChange(requestId, '2026-01-01', firstOn, alters),
      ...{ arrivedAtMs, enteredAtMs: arrivedAtMs },
    }));
  const present = done.reduce<Contents>((all, { alters }) => altered(all, alters), of.contents);
  return contractFacts({
    basis: { kind: of.contents.kind, firstDay: FIRST, indexBase: 0 },
    versions: versionsUntilNow(of.contents, done, present),
    done,
    open: standing.filter(({ firstOn }) => firstOn > day),
    ownEndsOn: end,
  });
}

function altered(before: Contents, { options, ...rest }: Alteration): Contents {
  const others = before.options.filter(
    ({ code }) => options?.every((option) => option.code !== code) ?? true,
  );
  const all = [...others, ...(options ?? [])].filter(({ quantity }) => quantity > 0);
  return { ...before, ...rest, options: all };
}

/** BILLING.md §3 read once more, with nothing of the house: fees of whole periods, differences, by the month of their run. */
function oracle(of: Life, runs: readonly CivilDate[]): Map<string, number> {
  const end = endOf(of);
  const annual = of.contents.kind === 'annual';
  const at = (day: CivilDate): Contents =>
    of.asked
      .filter(({ month }) => addMonths(FIRST, month + 1) <= day)
      .reduce<Contents>((all, { alters }) => altered(all, alters), of.contents);
  const fee = ({ licences, options }: Contents): number => {
    const yearly =
      360_000 +
      Math.max(0, licences - 10) * 12_000 +
      options.reduce((sum, each) => sum + each.quantity * (each.code === 'sms' ? 60_000 : 24_000), 0);
    return annual ? yearly : yearly / 10;
  };
  const net = new Map<string, number>();
  const bill = (month: CivilDate, yen: number) => {
    const run = runs.find((day) => day.slice(0, 7) >= month.slice(0, 7));
    if (run !== undefined) net.set(run, (net.get(run) ?? 0) + yen);
  };
  const length = annual ? 12 : 1;
  for (let from = FIRST; from < '2029-06-01'; from = addMonths(from, length)) {
    if (end !== null && from > end) break;
    bill(annual ? addMonths(from, -1) : from, fee(at(from)));
    if (!annual) continue;
    let highest = fee(at(from));
    for (let left = 11; left > 0; left -= 1) {
      const on = addMonths(from, 12 - left);
      const now = fee(at(on));
      if (now <= highest || (end !== null && on > end)) continue;
      bill(addMonths(on, -1), Math.floor(((now - highest) * left) / 12));
      highest = now;
    }
  }
  return net;
}

describe('papers of a contract from the facts that every reader of its future has', () => {
  test('run after run they bill what §3 says, to the yen, and nothing twice', () => {
    const runs = months(civilDate('2026-11-10'), 30);
    fc.assert(
      fc.property(life, (of) => {
        const lines: BillingLine[] = [];
        const made = new Map<string, number>();
        for (const runOn of runs) {
          const beside = { concludedOn: CONCLUDED, firstDay: FIRST, ...NONE };
          const contract = billingContractOf(factsOn(of, runOn), beside);
          const asked = { contract, lists: LISTS, billed: billedBy([], lines), runOn };
          const { documents, withoutDocument } = planRun({ ...asked, policy: DEFAULT_BILLING_POLICY }).value;
          lines.push(...documents.flatMap((each) => each.lines), ...withoutDocument);
          for (const { netYen } of documents) made.set(runOn, (made.get(runOn) ?? 0) + netYen);
        }
        expect(made).toEqual(new Map([...oracle(of, runs)].filter(([, yen]) => yen > 0)));
        const fees = lines.map(({ key, item }) => `${key} ${item}`);
        expect(new Set(fees).size).toBe(fees.length);
      }),
      { numRuns: 300 },
    );
  });

  test('a change that became known after the invoice of its period is a difference of twelve months', () => {
    const late = {
      ...openChange('late', '2026-11-03', { licences: 20 }),
      enteredAtMs: Date.parse('2026-11-20'),
    };
    const facts = contractFacts({ open: [{ ...late, firstOn: FIRST }] });
    const contract = billingContractOf(facts, { concludedOn: CONCLUDED, firstDay: FIRST, ...NONE });
    const asked = { contract, lists: LISTS, billedLines: [], today: civilDate('2026-11-05'), months: 2 };
    const coming = comingDocuments({ ...asked, policy: DEFAULT_BILLING_POLICY });
    expect(coming.map(documentText)).toEqual([
      '2026-11-10 plan:standard 360000',
      '2026-12-10 difference 120000',
    ]);
  });

  test('the price of a campaign holds for periods of its kind alone', () => {
    const price = { planCode: 'standard', kind: 'monthly' as const, feeYen: 1 };
    const campaign = { until: civilDate('2030-01-01'), firstDay: null, price, earliestEndsOn: null };
    const contract = billingContractOf(contractFacts({ campaign }), {
      ...{ concludedOn: CONCLUDED, firstDay: FIRST },
      ...NONE,
    });
    const asked = { contract, lists: LISTS, billedLines: [], today: civilDate('2026-11-05'), months: 1 };
    const coming = comingDocuments({ ...asked, policy: DEFAULT_BILLING_POLICY });
    expect(coming.map(documentText)).toEqual(['2026-11-10 plan:standard 360000']);
  });

  test('a fee change on record keeps its day; one that is only known may still come', () => {
    const lists = [...LISTS, { ...priceList, version: 2, plans: priceList.plans.map(twice), usage: [] }];
    const recorded = [
      { version: 2, effectiveOn: civilDate('2027-12-01'), noticedOn: civilDate('2027-06-01') },
    ];
    const facts = contractFacts({
      prices: {
        lists,
        sold: { version: 1, recorded: [{ version: 2, from: civilDate('2027-12-01') }] },
        feeChanges: [],
      },
    });
    const contract = billingContractOf(facts, { concludedOn: CONCLUDED, firstDay: FIRST, ...NONE, recorded });
    const asked = { contract, lists, billedLines: [], today: civilDate('2026-11-05'), months: 13 };
    const coming = comingDocuments({ ...asked, policy: DEFAULT_BILLING_POLICY });
    expect(coming.map(documentText)).toEqual([
      '2026-11-10 plan:standard 360000',
      '2027-11-10 plan:standard 720000',
    ]);
  });
});

describe('the next run', () => {
  test('is on the day of the policy, today included, else next month', () => {
    const on = (today: string, day: number) =>
      nextRunOn(civilDate(today), { ...DEFAULT_BILLING_POLICY, day });
    expect(on('2026-12-10', 10)).toBe('2026-12-10');
    expect(on('2026-12-11', 10)).toBe('2027-01-10');
    expect(on('2026-12-11', 20)).toBe('2026-12-20');
  });
});

const twice = <P extends { annualFeeYen: number }>(plan: P): P => ({
  ...plan,
  annualFeeYen: plan.annualFeeYen * 2,
});

function documentText({ issuedOn, lines }: PlannedDocument): string {
  return `${issuedOn} ${lines.map(({ item, amount }) => `${item} ${amount}`).join(' ')}`;
}
