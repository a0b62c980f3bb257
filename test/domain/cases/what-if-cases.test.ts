import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { evaluateCase } from '../../../domain/cases/what-if-cases.ts';

type Example = { id: number; kind: string; expected: Record<string, unknown> };

const examples = readFileSync(new URL('../../data/examples.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Example => JSON.parse(line));

/** Totals by tax rate, which the worked examples of the terms do not spell out; those of billing do. */
const RATES = { rates: [expect.objectContaining({ taxPercent: 10 })] };

describe('worked examples', () => {
  it('are all there', () => {
    expect(examples).toHaveLength(68);
  });

  it.each(examples)('$id: $kind', (example) => {
    const { reasons, ...fields } = evaluateCase(example);
    expect(fields).toEqual({ ...example.expected, ...(example.kind === 'invoice' ? RATES : {}) });
    expect(reasons.length).toBeGreaterThan(0);
  });

  it.each(examples)(
    '$id: $kind is refused with a sentence for each field that is missing or broken',
    (example) => {
      const optional = new Set(['id', 'expected', 'wish', 'forceMajeure']);
      for (const field of Object.keys(example)) {
        if (optional.has(field)) continue;
        const { [field as keyof Example]: _, ...missing } = example;
        expect(() => evaluateCase(missing)).toThrow(InvalidValueError);
        expect(() => evaluateCase({ ...example, [field]: { broken: true } })).toThrow(InvalidValueError);
      }
    },
  );
});

describe('cases', () => {
  it('whatever stands in the fields, the answer is a result or a sentence, never a crash', () => {
    const odd = fc.constantFrom<unknown>(
      -1,
      0,
      1.5,
      2 ** 53,
      1e300,
      '',
      '9999-12-31',
      '1000-01-01',
      '9999-12-31T23:59:59Z',
      [],
      [null],
      {},
      true,
      '9'.repeat(30),
      '0.000000000000001',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...examples),
        fc.array(fc.tuple(fc.nat(9), fc.oneof(odd, fc.jsonValue())), { maxLength: 3 }),
        (example, changes) => {
          const fields: Record<string, unknown> = { ...example };
          const names = Object.keys(fields);
          for (const [position, value] of changes) fields[names[position % names.length] ?? 'kind'] = value;
          try {
            expect(evaluateCase(fields).reasons).toBeInstanceOf(Array);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidValueError);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    [
      { kind: 'monthly-period', concluded: '2026-11-22', index: 2 },
      { from: '2027-01-01', to: '2027-01-31' },
    ],
    [
      { kind: 'annual-period', firstDay: '2026-04-01', index: 1 },
      { from: '2026-04-01', to: '2027-03-31', days: 365 },
    ],
    [{ kind: 'cancellation', arrived: '2026-03-10T10:00:00+09:00', wish: null }, { endsOn: '2026-04-30' }],
    [
      {
        kind: 'change',
        arrived: '2026-05-07T10:00:00+09:00',
        policies: { 'cutoff.holiday': 'nextBusinessDay' },
      },
      { effectiveOn: '2026-06-01' },
    ],
    [
      { kind: 'retention', issuedOn: '2026-04-10', policies: { 'retention.fiscalYearEndMonth': 12 } },
      { fiscalYearEnd: '2026-12-31', keepThrough: '2037-03-01' },
    ],
    [
      { kind: 'retention', issuedOn: '2026-04-10', fiscalYearEndMonth: 4 },
      { fiscalYearEnd: '2026-04-30', keepThrough: '2036-06-30' },
    ],
    [
      { kind: 'invoice', lines: [] },
      { net: 0, tax: 0, total: 0 },
    ],
  ])('%j', (input, expected) => {
    expect(evaluateCase(input)).toMatchObject(expected);
  });

  it.each([
    [{ kind: 'constructor' }, '「constructor」という種類の計算はありません。'],
    [{}, '「kind」がありません。'],
    [[], 'JSONのオブジェクト'],
    [{ kind: 'cancellation', arrived: '2026-03-10T10:00:00' }, '「arrived」'],
    [
      { kind: 'invoice', lines: [{ unitPrice: '1', quantity: 1 }, { unitPrice: '1' }] },
      '「lines」：2番目：「quantity」がありません。',
    ],
    [
      {
        kind: 'upgrade',
        oldFee: 1,
        newFee: 2,
        from: '2026-02-01',
        to: '2026-01-31',
        effectiveOn: '2026-02-01',
      },
      '以前の日付',
    ],
    [
      { kind: 'renewal', periodTo: '2027-01-31', policies: { 'cutoff.holiday': 'sometimes' } },
      'cutoff.holiday',
    ],
  ])('%j is refused: %s', (input, sentence) => {
    expect(() => evaluateCase(input)).toThrow(sentence);
  });
});
