import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type BillingContract, endKnown } from '../../../domain/billing/billing-contract.ts';
import { billedBy, type IssuedDocument } from '../../../domain/billing/documents.ts';
import { feeItems, feeYenOf, priceListOf } from '../../../domain/billing/price-list.ts';
import { planRun } from '../../../domain/billing/run.ts';
import {
  addDays,
  type CivilDate,
  compareDates,
  daysInclusive,
  firstOfMonth,
} from '../../../domain/calendar/civil-date.ts';
import { lineOf, periodsBeginning } from '../../../domain/future/period-line.ts';
import { anyContract, anyPolicy, contents, missedRuns, THROUGH } from './arbitraries.ts';
import { content, contract, LISTS, sortedContent, span, standing } from './support.ts';

const everything = fc.tuple(anyContract, anyPolicy, missedRuns);
const RUNS = { numRuns: 100 };

const all = (facts: BillingContract, policy: Parameters<typeof span>[3] = {}): IssuedDocument[] =>
  span('2026-01-01', THROUGH, facts, policy);
const isUsage = (item: string) => item.startsWith('usage:');
const byRun = ({ type }: IssuedDocument) => type === 'invoice' || type === 'statement';

vi.setConfig({ testTimeout: 60_000 });

describe('over any contract, policy and missed runs', () => {
  it('no fee and no difference is billed twice', () => {
    fc.assert(
      fc.property(everything, ([facts, policy, missed]) => {
        const lines = standing(all(facts, { policy, missedRuns: missed })).flatMap(
          (document) => document.lines,
        );
        const fees = lines.filter(({ item }) => !isUsage(item)).map(({ key, item }) => `${key} ${item}`);
        expect(fees).toEqual([...new Set(fees)]);
      }),
      RUNS,
    );
  });

  it('all usage until the end is billed, and none of it twice', () => {
    fc.assert(
      fc.property(everything, ([facts, policy, missed]) => {
        const { end } = endKnown(facts, THROUGH);
        const billed = new Map<string, number>();
        const lines = standing(all(facts, { policy, missedRuns: missed })).flatMap(
          (document) => document.lines,
        );
        for (const { item, from, quantity } of lines.filter((line) => isUsage(line.item))) {
          const key = `${item} ${from}`;
          billed.set(key, (billed.get(key) ?? 0) + Number(quantity));
        }
        const used = new Map<string, number>();
        for (const { on, category, quantity } of facts.usage) {
          if (end !== null && on > end) continue;
          const key = `usage:${category} ${firstOfMonth(on)}`;
          used.set(key, (used.get(key) ?? 0) + Number(quantity));
        }
        expect([...billed].sort()).toEqual([...used].sort());
      }),
      RUNS,
    );
  });

  it('nothing that begins after the end stands, and no run bills it', () => {
    fc.assert(
      fc.property(everything, ([facts, policy, missed]) => {
        const { end } = endKnown(facts, THROUGH);
        const documents = all(facts, { policy, missedRuns: missed });
        for (const { lines } of standing(documents).filter(byRun)) {
          for (const line of lines) if (end !== null) expect(line.from <= end).toBe(true);
        }
        for (const { issuedOn, lines, corrects } of documents.filter(byRun)) {
          const known = endKnown(facts, issuedOn).end;
          for (const line of lines) {
            if (corrects === null && known !== null) expect(line.from <= known).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  it('no fee that is first billed on or after an announcement reaches past the last day', () => {
    fc.assert(
      fc.property(everything, ([facts, policy, missed]) => {
        for (const { lines } of all(facts, { policy, missedRuns: missed }).filter(byRun)) {
          for (const { item, billedOn, to } of lines) {
            const { discontinuation } = endKnown(facts, billedOn);
            if (discontinuation !== null && !isUsage(item)) expect(to <= discontinuation.lastDay).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  it('any order of the facts gives the same documents', () => {
    fc.assert(
      fc.property(everything, fc.infiniteStream(fc.nat(1000)), ([facts, policy, missed], random) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((value) => ({ value, at: random.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ value }) => value);
        const days = facts.payers.map(({ from }) => from);
        fc.pre(new Set(days).size === days.length);
        const other: BillingContract = {
          ...facts,
          changes: shuffled(facts.changes),
          usage: shuffled(facts.usage),
          ends: shuffled(facts.ends),
          payers: shuffled(facts.payers),
          contents: { ...facts.contents, options: shuffled(facts.contents.options) },
        };
        const more = { policy, missedRuns: missed };
        expect(sortedContent(all(other, more))).toEqual(sortedContent(all(facts, more)));
      }),
      RUNS,
    );
  });

  it('two half spans make the span', () => {
    fc.assert(
      fc.property(everything, fc.nat(900), ([facts, policy, missed], offset) => {
        const middle = addDays('2026-01-01' as CivilDate, offset);
        const more = { policy, missedRuns: missed };
        const halves = [
          ...span('2026-01-01', middle, facts, more),
          ...span(addDays(middle, 1), THROUGH, facts, more),
        ];
        expect(halves.map(content)).toEqual(all(facts, more).map(content));
      }),
      RUNS,
    );
  });

  it('a run that is repeated makes nothing more', () => {
    fc.assert(
      fc.property(everything, fc.nat(28), ([facts, policy, missed], months) => {
        const runOn = addDays('2026-02-01' as CivilDate, months * 30);
        const documents = span('2026-01-01', runOn, facts, { policy, missedRuns: missed });
        const before = billedBy(standing(documents), []);
        const input = { contract: facts, lists: LISTS, runOn, policy };
        const first = planRun({ ...input, billed: before }).value;
        const billed = billedBy([...standing(documents), ...first.documents], first.withoutDocument);
        expect(planRun({ ...input, billed }).value).toEqual({ documents: [], withoutDocument: [] });
      }),
      RUNS,
    );
  });

  it('each document adds up: one rounding of the net amount, one of the tax', () => {
    fc.assert(
      fc.property(everything, ([facts, policy, missed]) => {
        for (const document of all(facts, { policy, missedRuns: missed })) {
          // Prices have one decimal at most.
          const tenths = document.lines.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 10), 0);
          expect(document.netYen).toBe(Math.floor(tenths / 10));
          const tax = document.netYen / 10;
          const round = {
            floor: Math.floor,
            round: (value: number) => Math.floor(value + 0.5),
            ceil: Math.ceil,
          };
          expect(document.taxYen).toBe(round[policy.taxRounding](tax));
          expect(document.totalYen).toBe(document.netYen + document.taxYen);
          expect(document.totalYen === 0).toBe(document.corrects !== null && document.dueOn === null);
        }
      }),
      RUNS,
    );
  });

  it('every invoice is replaced at most once, by one of the same recipient, and money goes back at most once', () => {
    fc.assert(
      fc.property(everything, ([facts, policy, missed]) => {
        const documents = all(facts, { policy, missedRuns: missed });
        const replaced = documents.flatMap(({ corrects }) => (corrects === null ? [] : [corrects.number]));
        expect(replaced).toEqual([...new Set(replaced)]);
        for (const { corrects, recipient, totalYen, issuedOn } of documents) {
          if (corrects === null) continue;
          const old = documents.find(({ number }) => number === corrects.number);
          expect(old).toMatchObject({ recipient, issuedOn: corrects.issuedOn });
          expect(totalYen).toBeLessThan(old?.totalYen ?? 0);
          expect(compareDates(corrects.issuedOn, issuedOn)).toBeLessThanOrEqual(0);
        }
        expect(documents.filter(({ of }) => of !== null).length).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });
});

describe('fees', () => {
  it('of a contract that nothing happens to are its fee times its periods, whichever runs were missed', () => {
    fc.assert(
      fc.property(contents, anyPolicy, missedRuns, fc.nat(200), (held, policy, missed, offset) => {
        const concludedOn = addDays('2026-01-01' as CivilDate, offset);
        const facts = contract({ concludedOn, contents: held });
        const documents = all(facts, { policy, missedRuns: missed });
        const total = documents.reduce((sum, { netYen }) => sum + netYen, 0);
        const terms = { kind: held.kind, firstDay: facts.firstDay };
        const through = held.kind === 'annual' && policy.annualLeadMonths === 1 ? '2028-08-31' : '2028-07-31';
        const began = periodsBeginning(lineOf(terms), concludedOn, through as CivilDate);
        const unbilled = held.kind === 'monthly' && policy.monthlyFee === 'arrears' ? 1 : 0;
        const fee = feeYenOf(feeItems(priceListOf(LISTS, 1), held, held.kind, null));
        expect(total).toBe(fee * (began.length - unbilled));
      }),
      RUNS,
    );
  });

  it('of an annual period and its differences never exceed the highest fee that was held in it', () => {
    const changing = fc.tuple(anyContract, anyPolicy).map(([facts, policy]) => ({
      facts: {
        ...facts,
        campaign: null,
        payers: [],
        feeChanges: [],
        ends: [],
        discontinuations: [],
        usage: [],
        contents: { ...facts.contents, kind: 'annual' as const },
        changes: facts.changes.map(({ alters: { kind: _, ...alters }, ...change }) => ({
          ...change,
          alters,
        })),
      },
      policy,
    }));
    fc.assert(
      fc.property(changing, ({ facts, policy }) => {
        const lines = all(facts, { policy }).flatMap((document) => document.lines);
        const periods = new Set(lines.filter(({ item }) => item.startsWith('plan:')).map(({ from }) => from));
        const list = priceListOf(LISTS, 1);
        for (const from of periods) {
          const to = lines.find((line) => line.from === from && line.item.startsWith('plan:'))?.to ?? from;
          const own = lines.filter((line) => line.from >= from && line.to <= to);
          const billed = own.reduce((sum, { amount }) => sum + Number(amount), 0);
          const days = facts.changes.map(({ effectiveOn }) => effectiveOn).filter((day) => day <= to);
          const fees = [from, ...days].map((day) => {
            const held = facts.changes
              .filter(({ effectiveOn }) => effectiveOn <= (day > from ? day : from))
              .toSorted((a, b) => a.arrivedAtMs - b.arrivedAtMs);
            const winners = new Map(held.map((each) => [each.effectiveOn, each]));
            const inOrder = [...winners.values()].toSorted((a, b) =>
              compareDates(a.effectiveOn, b.effectiveOn),
            );
            let contentsThen = facts.contents;
            for (const { alters } of inOrder) contentsThen = { ...contentsThen, ...alters };
            return feeYenOf(feeItems(list, contentsThen, 'annual', null));
          });
          expect(billed).toBeLessThanOrEqual(Math.max(...fees));
        }
      }),
      RUNS,
    );
  });

  it('at 100 % of the list price a reseller pays what the customer would', () => {
    fc.assert(
      fc.property(everything, ([facts, policy, missed]) => {
        const direct = all({ ...facts, payers: [] }, { policy, missedRuns: missed });
        const partner = { mode: 'resale' as const, id: 'P1', ratePercent: 100 };
        const resold = all({ ...facts, payers: [{ from: null, partner }] }, { policy, missedRuns: missed });
        const asDirect = resold.map((document) => ({
          ...document,
          recipient: 'customer',
          payer: 'customer',
        }));
        expect(asDirect.map(content)).toEqual(direct.map(content));
      }),
      RUNS,
    );
  });

  it('go back for the days after the last one only, and never more than was invoiced for the period', () => {
    fc.assert(
      fc.property(everything, ([facts, policy, missed]) => {
        const documents = all({ ...facts, payers: [] }, { policy, missedRuns: missed });
        for (const { of, lines, netYen, period } of documents) {
          if (of === null) continue;
          const fee = standing(documents)
            .filter(byRun)
            .flatMap((document) => document.lines)
            .filter((line) => !isUsage(line.item) && line.to >= period.from);
          const invoiced = fee.reduce((sum, { amount }) => sum + Number(amount), 0);
          expect(netYen).toBeLessThanOrEqual(invoiced);
          expect(lines).toHaveLength(1);
          expect(daysInclusive(period.from, period.to)).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });
});
