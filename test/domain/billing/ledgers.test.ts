import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { ageing } from '../../../domain/billing/ageing.ts';
import { baseDateBalance } from '../../../domain/billing/base-date.ts';
import { DEFAULT_DUNNING_DAYS } from '../../../domain/billing/billing-policy.ts';
import { type DunnedInvoice, dunningOn } from '../../../domain/billing/dunning.ts';
import {
  balanceOf,
  book,
  bookAll,
  EMPTY_LEDGER,
  type PrepaidEvent,
} from '../../../domain/billing/prepaid.ts';
import { mayPost, monthFigures, type RevenueLine } from '../../../domain/billing/revenue.ts';
import { addDays, addMonths, monthKey, monthOf } from '../../../domain/calendar/civil-date.ts';
import { countsForLiability } from '../../../domain/liability/liability.ts';
import { date } from './support.ts';

const on = date('2026-11-02');
const topUp = (key: string, amountYen: number): PrepaidEvent => ({ key, on, kind: 'topUp', amountYen });
const used = (key: string, netYen: string): PrepaidEvent => ({ key, on, kind: 'usage', netYen });
const ended = (key: string, kind: 'forfeiture' | 'refund'): PrepaidEvent => ({ key, on, kind });
const reversal = (key: string, of: string): PrepaidEvent => ({ key, on, kind: 'reversal', of });
const outcomes = (...events: PrepaidEvent[]) =>
  bookAll(events, 'use', 'floor').value.refused.map(({ key, reason }) => `${key} ${reason}`);

describe('the prepaid ledger (第6条5項)', () => {
  it.each<[string, PrepaidEvent[], string[]]>([
    ['a top-up of less than 1 yen', [topUp('a', 0), topUp('b', -5)], ['a notPositive', 'b notPositive']],
    [
      'a top-up after the end, of 0 yen still for being none',
      [ended('f', 'forfeiture'), topUp('a', 5), topUp('b', 0)],
      ['a ended', 'b notPositive'],
    ],
    [
      'a second end, after either',
      [ended('r', 'refund'), ended('f', 'forfeiture'), ended('r2', 'refund')],
      ['f ended', 'r2 ended'],
    ],
    [
      'a reversal of what was refused, of usage, or of a reversal',
      [
        topUp('a', 0),
        topUp('b', 9),
        used('u', '1'),
        reversal('x', 'a'),
        reversal('y', 'u'),
        reversal('z', 'x'),
      ],
      ['a notPositive', 'x unknown', 'y unknown', 'z unknown'],
    ],
    [
      'a reversal that the balance does not hold, also after the end',
      [topUp('a', 100), used('u', '1'), reversal('x', 'a'), ended('f', 'forfeiture'), reversal('y', 'a')],
      ['x insufficient', 'y insufficient'],
    ],
    [
      'another content under a key that was taken or refused',
      [
        topUp('a', 0),
        topUp('a', 5),
        topUp('b', 5),
        used('b', '5'),
        { ...topUp('b', 5), on: date('2026-11-03') },
      ],
      ['a notPositive', 'a conflict', 'b conflict', 'b conflict'],
    ],
  ])('refuses %s', (_, events, refused) => {
    expect(outcomes(...events)).toEqual(refused);
  });

  it('ignores a repeat of everything, refused or not covered', () => {
    const events = [
      topUp('a', 100),
      used('u', '1000'),
      topUp('z', 0),
      reversal('x', 'q'),
      ended('f', 'refund'),
    ];
    const once = bookAll(events, 'use', 'floor').value;
    const twice = bookAll([...events, ...events], 'use', 'floor').value;
    expect(twice).toEqual(once);
    expect(once.ledger.uncoveredYen).toBe(1_000);
  });

  it('reverses a top-up that is the whole balance', () => {
    const { ledger } = bookAll([topUp('a', 100), reversal('x', 'a')], 'use', 'floor').value;
    expect(ledger.entries.map(({ amountYen }) => amountYen)).toEqual([100, -100]);
  });

  it('takes any key, of an object’s own names too', () => {
    expect(outcomes(topUp('constructor', 5), topUp('__proto__', 5))).toEqual([]);
  });

  it('refuses usage below 0', () => {
    expect(() => book(EMPTY_LEDGER, used('u', '-1'), 'use')).toThrow(InvalidValueError);
  });

  it('rounds the tax of a month’s statement by the policy, and leaves out what was not covered', () => {
    const events = [topUp('a', 1_447), used('u', '10000')];
    expect(bookAll(events, 'use', 'ceil').value.statements).toEqual([
      { month: '2026-11', netYen: 1_315, taxYen: 132, totalYen: 1_447 },
    ]);
  });

  it('is append-only, never below 0, whole yen, never of 0, and its balance is the sum', () => {
    const key = fc.constantFrom(...'abcdefgh');
    const event: fc.Arbitrary<PrepaidEvent> = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.tuple(key, fc.integer({ min: -5, max: 500 })).map(([k, yen]) => topUp(k, yen)),
      },
      {
        weight: 4,
        arbitrary: fc
          .tuple(key, fc.nat(4_000))
          .map(([k, tenths]) => used(k, `${Math.floor(tenths / 10)}.${tenths % 10}`)),
      },
      { weight: 2, arbitrary: fc.tuple(key, key).map(([k, of]) => reversal(k, of)) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(key, fc.constantFrom('forfeiture' as const, 'refund' as const))
          .map(([k, kind]) => ended(k, kind)),
      },
    );
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 20 }),
        fc.constantFrom('use' as const, 'topUp' as const),
        (events, taxPoint) => {
          let ledger = EMPTY_LEDGER;
          for (const each of events) {
            const next = book(ledger, each, taxPoint).ledger;
            expect(next.entries.slice(0, ledger.entries.length)).toEqual(ledger.entries);
            expect(next.entries.length - ledger.entries.length).toBeLessThanOrEqual(1);
            ledger = next;
            expect(balanceOf(ledger)).toBeGreaterThanOrEqual(0);
          }
          let sum = 0;
          for (const { amountYen, balanceYen } of ledger.entries) {
            expect(Number.isSafeInteger(amountYen) && amountYen !== 0).toBe(true);
            sum += amountYen;
            expect(balanceYen).toBe(sum);
          }
          if (ledger.ended) expect(balanceOf(ledger)).toBe(0);
        },
      ),
    );
  });
});

describe('dunning (第10条2項④)', () => {
  const invoice: DunnedInvoice = {
    dueOn: date('2026-11-30'),
    totalYen: 1_000,
    payments: [],
    disputes: [],
    writtenOffOn: null,
  };
  const state = (facts: Partial<DunnedInvoice>, day: string, days = DEFAULT_DUNNING_DAYS) =>
    dunningOn({ ...invoice, ...facts }, date(day), days).value;

  it('says paid before anything else, and open 0 for what was paid twice', () => {
    const paid = {
      payments: [{ on: date('2026-12-01'), amountYen: 2_000 }],
      writtenOffOn: date('2026-12-01'),
    };
    expect(state(paid, '2026-12-05')).toEqual({ state: 'paid', openYen: 0, overdueDays: 0 });
    expect(state(paid, '2026-11-30')).toMatchObject({ state: 'open', openYen: 1_000 });
  });

  it('says written off before disputed', () => {
    const dispute = [{ from: date('2026-12-01'), to: null }];
    expect(state({ disputes: dispute, writtenOffOn: date('2026-12-02') }, '2026-12-02').state).toBe(
      'writtenOff',
    );
    expect(state({ disputes: dispute, writtenOffOn: date('2026-12-03') }, '2026-12-02').state).toBe(
      'disputed',
    );
  });

  it('leaves out the days of every dispute, and of one that lasts', () => {
    const disputes = [
      { from: date('2026-12-01'), to: date('2026-12-01') },
      { from: date('2026-12-01'), to: date('2026-12-02') },
      { from: date('2026-12-04'), to: null },
    ];
    expect(state({ disputes }, '2026-12-03')).toMatchObject({ state: 'overdue', overdueDays: 1 });
    expect(state({ disputes }, '2027-12-03')).toMatchObject({ state: 'disputed', overdueDays: 1 });
  });

  it('before the due date is open; a dispute shows there too', () => {
    expect(state({}, '2026-11-01')).toMatchObject({ state: 'open', overdueDays: 0 });
    expect(state({ disputes: [{ from: date('2026-11-01'), to: null }] }, '2026-11-01').state).toBe(
      'disputed',
    );
  });

  it('never goes back while nothing is paid', () => {
    const order = ['open', 'overdue', 'reminder1', 'reminder2', 'finalNotice', 'proposal'];
    const days = Array.from({ length: 90 }, (_, index) => String(addDays(date('2026-11-25'), index)));
    const seen = days.map((day) => order.indexOf(state({}, day).state));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(new Set(seen)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });
});

describe('the ageing list', () => {
  const invoice = (number: string, dueOn: string | null, totalYen = 100) => ({
    number,
    payer: 'A',
    issuedOn: date('2026-01-01'),
    dueOn: dueOn === null ? null : date(dueOn),
    totalYen,
    replacedOn: null,
    writtenOffOn: null,
  });
  const asOf = date('2027-03-31');

  it.each([
    ['2027-04-30', 'notDue'],
    ['2027-03-31', 'notDue'],
    ['2027-03-30', 'days1to30'],
    ['2027-03-01', 'days1to30'],
    ['2027-02-28', 'days31to60'],
    ['2027-01-30', 'days31to60'],
    ['2027-01-29', 'days61to90'],
    ['2026-12-31', 'days61to90'],
    ['2026-12-30', 'days91plus'],
    [null, 'notDue'],
  ] as const)('counts what was due on %s as %s', (dueOn, bucket) => {
    const { payers } = ageing({ asOf, invoices: [invoice('1', dueOn)], payments: [], credits: [] }).value;
    expect(payers[0]?.[bucket]).toBe(100);
    expect(payers[0]?.totalYen).toBe(100);
  });

  it('is of that day: what was replaced or written off later still counts, what was paid too much is no debt', () => {
    const later = { replacedOn: date('2027-04-01'), writtenOffOn: date('2027-04-01') };
    const invoices = [{ ...invoice('1', '2027-03-01'), ...later }, invoice('2', '2027-03-01')];
    const payments = [{ invoice: '2', on: asOf, amountYen: 150 }];
    const credits = [
      { payer: 'B', on: asOf, amountYen: 50 },
      { payer: 'B', on: asOf, amountYen: -50 },
      { payer: 'C', on: date('2027-04-01'), amountYen: 50 },
    ];
    const list = ageing({ asOf, invoices, payments, credits }).value;
    expect(list).toMatchObject({ totalYen: 100, payers: [{ payer: 'A', days1to30: 100, creditYen: 0 }] });
    expect(list.payers).toHaveLength(1);
  });
});

describe('the base date (資金決済法)', () => {
  it('is 31 March or 30 September, and a kind that is not known does not exempt', () => {
    const facts = [{ legalKind: null, entries: [{ on: date('2026-09-30'), amountYen: 10_000_001 }] }];
    expect(baseDateBalance(date('2026-09-30'), facts, ['301']).value).toEqual({
      exemptYen: 0,
      countedYen: 10_000_001,
      over: true,
      depositYen: 5_000_001,
      reportBy: '2026-11-30',
    });
    expect(() => baseDateBalance(date('2026-09-29'), facts, [])).toThrow(InvalidValueError);
  });
});

describe('revenue by service day', () => {
  const line = (
    item: string,
    amountYen: number,
    issuedOn: string,
    from: string,
    to: string,
  ): RevenueLine => ({
    item,
    amountYen,
    issuedOn: date(issuedOn),
    from: date(from),
    to: date(to),
  });
  const months = (...names: string[]) => names.map(monthKey);

  it('of a line that is issued after its months were closed falls into the first open month, the rest where it belongs', () => {
    const late = line('difference', 90_000, '2027-03-20', '2027-01-01', '2027-03-31');
    const closes = [{ month: monthKey('2027-02'), on: date('2027-03-19') }];
    const all = months('2027-01', '2027-02', '2027-03', '2027-04');
    expect(monthFigures([late], closes, all).value.map(({ revenueYen }) => revenueYen)).toEqual([
      0, 0, 90_000, 0,
    ]);
    const open = [{ month: monthKey('2027-02'), on: date('2027-03-20') }];
    expect(monthFigures([late], open, all).value.map(({ revenueYen }) => revenueYen)).toEqual([
      31_000, 28_000, 31_000, 0,
    ]);
    const first = [{ month: monthKey('2027-01'), on: date('2027-02-10') }];
    expect(monthFigures([late], first, all).value.map(({ revenueYen }) => revenueYen)).toEqual([
      0, 59_000, 31_000, 0,
    ]);
  });

  it('adds up to what was billed, whatever the days and the closes, and what is not earned is deferred', () => {
    const lines = fc.array(
      fc.tuple(fc.integer({ min: -500_000, max: 500_000 }), fc.nat(300), fc.nat(400), fc.nat(500)),
      { minLength: 1, maxLength: 5 },
    );
    const closes = fc.array(fc.tuple(fc.nat(20), fc.nat(60)), { maxLength: 4 });
    fc.assert(
      fc.property(lines, closes, (facts, locks) => {
        const start = date('2027-01-01');
        const billed = facts.map(([yen, offset, length, issued]) => ({
          item: 'plan:x',
          amountYen: yen,
          from: addDays(start, offset),
          to: addDays(start, offset + length),
          issuedOn: addDays(start, issued),
        }));
        const closed = locks.map(([month, later]) => {
          const first = addMonths(start, month);
          return { month: monthOf(first), on: addDays(addMonths(first, 1), later) };
        });
        const all = Array.from({ length: 60 }, (_, index) => monthOf(addMonths(start, index)));
        const figures = monthFigures(billed, closed, all).value;
        const total = billed.reduce((sum, { amountYen }) => sum + amountYen, 0);
        expect(figures.reduce((sum, { revenueYen }) => sum + revenueYen, 0)).toBe(total);
        let deferred = 0;
        for (const { revenueYen, billedYen, deferredYen } of figures) {
          deferred += billedYen - revenueYen;
          expect(deferredYen).toBe(deferred);
        }
        expect(figures.at(-1)?.deferredYen).toBe(0);
      }),
    );
  });

  it('of a closed month never changes afterwards', () => {
    const amount = fc.tuple(fc.integer({ min: 1, max: 500_000 }), fc.nat(300), fc.nat(400), fc.nat(200));
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 5 }), fc.nat(10), (facts, month) => {
        const start = date('2027-01-01');
        const close = {
          month: monthOf(addMonths(start, month)),
          on: addDays(addMonths(start, month + 1), 9),
        };
        const before = line('plan:x', 365_000, '2027-01-10', '2027-01-01', '2027-12-31');
        const later = facts.map(([yen, offset, length, delay]) => ({
          item: 'usage:call',
          amountYen: yen,
          from: addDays(start, offset),
          to: addDays(start, offset + length),
          issuedOn: addDays(close.on, 1 + delay),
        }));
        const until = Array.from({ length: month + 1 }, (_, index) => monthOf(addMonths(start, index)));
        const revenue = (lines: RevenueLine[]) =>
          monthFigures(lines, [close], until).value.map(({ revenueYen }) => revenueYen);
        expect(revenue([before, ...later])).toEqual(revenue([before]));
      }),
    );
  });

  it('may be posted into a month until the day of its close, and into all months while none is closed', () => {
    const closes = [{ month: monthKey('2027-02'), on: date('2027-03-12') }];
    const posting = (posted: string, entered: string) =>
      mayPost(closes, { on: date(posted), enteredOn: date(entered) });
    expect([posting('2027-01-05', '2027-03-12'), posting('2027-01-05', '2027-03-13')]).toEqual([true, false]);
    expect(mayPost([], { on: date('2020-01-01'), enteredOn: date('2027-03-13') })).toBe(true);
  });
});

describe('the liability cap (第23条3項)', () => {
  it.each([
    ['plan:standard', true],
    ['option:sms', true],
    ['licence', true],
    ['difference', true],
    ['shortened', true],
    ['usage:call', false],
    ['topUp', false],
    ['refund', false],
    ['planning', false],
  ])('counts %s: %s', (item, counts) => {
    expect(countsForLiability(item)).toBe(counts);
  });
});
