import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CONFIRMATION_REMINDER_MS,
  CONFIRMATION_SILENCE_MS,
  decidedByTwo,
  effectiveSuspension,
  type Interval,
  needsSecondPerson,
  reaches,
  suspendedAt,
} from '../../../domain/suspension/suspension.ts';
import { groundOf, SUSPENSION_GROUNDS } from '../../../domain/suspension/suspension-grounds.ts';

const interval = fc
  .record({ startMs: fc.integer({ min: 0, max: 60 }), length: fc.option(fc.integer({ min: 0, max: 20 })) })
  .map(({ startMs, length }): Interval => ({ startMs, endMs: length === null ? null : startMs + length }));
const suspensions = fc.array(interval, { maxLength: 8 });
const within = ({ startMs, endMs }: Interval, at: number) => startMs <= at && (endMs === null || at < endMs);

describe('suspensions nest: the service is stopped while any of them is, and runs when all are lifted (第15条)', () => {
  test('at every instant', () => {
    fc.assert(
      fc.property(suspensions, fc.integer({ min: -1, max: 100 }), (list, at) => {
        const stopped = suspendedAt(list, at) !== null;
        expect(stopped).toBe(list.some((each) => within(each, at)));
      }),
    );
  });

  test('the stretches are in order, apart from each other, and the same for any order of the suspensions', () => {
    fc.assert(
      fc.property(suspensions, (list) => {
        const merged = effectiveSuspension(list);
        for (const [index, stretch] of merged.entries()) {
          const next = merged[index + 1];
          if (next === undefined) continue;
          expect(stretch.endMs).not.toBeNull();
          expect(stretch.endMs ?? 0).toBeLessThan(next.startMs);
        }
        expect(effectiveSuspension(list.toReversed())).toEqual(merged);
        expect(effectiveSuspension(merged)).toEqual(merged);
      }),
    );
  });

  test('lifting one of two that overlap returns nothing before the other is lifted', () => {
    const both = [
      { startMs: 0, endMs: 10 },
      { startMs: 5, endMs: null },
    ];
    expect(effectiveSuspension(both)).toEqual([{ startMs: 0, endMs: null }]);
  });
});

test('a suspension that ends when it begins stops nothing', () => {
  const none = { startMs: 5, endMs: 5 };
  expect(effectiveSuspension([none])).toEqual([]);
  expect(effectiveSuspension([{ startMs: 0, endMs: 3 }, none, { startMs: 8, endMs: 6 }])).toEqual([
    { startMs: 0, endMs: 3 },
  ]);
  expect(suspendedAt([none], 5)).toBeNull();
});

test('the second person of an immediate one is reminded after 15 minutes, customers are told after 30 (第15条)', () => {
  expect([CONFIRMATION_REMINDER_MS, CONFIRMATION_SILENCE_MS]).toEqual([900_000, 1_800_000]);
});

describe('whom a suspension reaches', () => {
  const contract = { id: 'c', planCode: 'lite', sandbox: true };
  const target = { scope: 'service' as const, sandbox: true, planCode: null, contractId: null };

  test.each([
    [target, true],
    [{ ...target, sandbox: false }, false],
    [{ ...target, scope: 'plan' as const, planCode: 'lite' }, true],
    [{ ...target, scope: 'plan' as const, planCode: 'premium' }, false],
    [{ ...target, scope: 'contract' as const, contractId: 'c' }, true],
    [{ ...target, scope: 'contract' as const, contractId: 'd' }, false],
  ])('%j: %s', (each, reached) => {
    expect(reaches(each, contract)).toBe(reached);
  });
});

describe('grounds', () => {
  test('all of 15 ①–⑨ and 18-1 ①–㉛ are there, each with its clause', () => {
    const circled = [...'①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛'];
    const clauses = SUSPENSION_GROUNDS.map(({ clause }) => clause);
    expect(clauses).toEqual([
      '第15条',
      ...circled.slice(0, 9).map((mark) => `第15条${mark}`),
      ...circled.map((mark) => `第18条1項${mark}・2項`),
    ]);
    expect(new Set(SUSPENSION_GROUNDS.map(({ code }) => code)).size).toBe(clauses.length);
  });

  test('each has words of its own, and says whether it is about a customer', () => {
    for (const { code, label, customer } of SUSPENSION_GROUNDS) {
      expect(label, code).toMatch(/./);
      expect(customer, code).toBe(!['15-planned', '15-1', '15-2', '15-8'].includes(code));
    }
    expect(new Set(SUSPENSION_GROUNDS.map(({ label }) => label)).size).toBe(SUSPENSION_GROUNDS.length);
    expect(groundOf('15-10')).toBeNull();
  });

  test('what is said of a customer needs a second person, and whatever has a time; maintenance and force majeure at once do not', () => {
    const alone = SUSPENSION_GROUNDS.filter(({ code }) => !needsSecondPerson(code, false)).map(
      ({ code }) => code,
    );
    expect(alone).toEqual(['15-planned', '15-1', '15-2', '15-8']);
    expect(needsSecondPerson('unknown', false)).toBe(true);
    expect(needsSecondPerson('15-planned', true)).toBe(true);
    expect(SUSPENSION_GROUNDS.every(({ code }) => needsSecondPerson(code, true))).toBe(true);
    expect(decidedByTwo({ decidedBy: 'legal' })).toBe(true);
    expect(decidedByTwo({ decidedBy: null })).toBe(false);
    expect(groundOf('18-27')?.label).toBe('100以上の同時発着信');
  });
});
