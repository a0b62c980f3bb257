import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { evaluateCase } from '../../../domain/cases/what-if-cases.ts';

type Case = { id: number; kind: string; why: string; expected: Record<string, unknown> };

const cases = readFileSync(new URL('../../data/billing.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Case => JSON.parse(line));

/** The order of lists is part of the answer in these only. */
const ORDERED = ['states', 'months', 'entries'];

/** The same value whatever the order of list members, but in lists where the order counts. */
function unordered(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) {
    const members = value.map((member) => unordered(member));
    return ORDERED.includes(field)
      ? members
      : members
          .map((member) => ({ text: canonical(member), member }))
          .sort((a, b) => (a.text < b.text ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unordered(inner, key)]));
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, inner]) => `${key}:${canonical(inner)}`).join()}}`;
}

describe('worked cases of billing', () => {
  it('are all there', () => {
    expect(cases).toHaveLength(139);
  });

  it.each(cases)('$id $kind: $why', (example) => {
    const { reasons, ...fields } = evaluateCase(example);
    expect(unordered(fields)).toEqual(unordered(example.expected));
    expect(reasons.length).toBeGreaterThan(0);
  });
});

describe('cases of billing', () => {
  it('whatever stands in the fields, the answer is a result or a sentence, never a crash', () => {
    const odd = fc.constantFrom<unknown>(
      -1,
      0,
      1.5,
      2 ** 53,
      1e300,
      '',
      'x',
      '9999-12-31',
      '1000-01-01',
      '2049-12-31',
      '9999-12-31T23:59:59Z',
      [],
      [null],
      [{}],
      {},
      true,
      null,
      '9'.repeat(30),
      '0.000000000000001',
      '__proto__',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(fc.tuple(fc.infiniteStream(fc.nat(99)), odd), { minLength: 1, maxLength: 2 }),
        (example, changes) => {
          const changed = changes.reduce<unknown>(
            (value, [stream, other]) => replacedSomewhere(value, stream, other),
            example,
          );
          try {
            expect(evaluateCase(changed).reasons).toBeInstanceOf(Array);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidValueError);
          }
        },
      ),
      { numRuns: 800 },
    );
  }, 60_000);

  const event = { kind: 'bill-span', from: '2026-11-01', to: '2026-12-31' };
  it.each([
    [{ ...event, from: '2027-01-01' }, '「from」は「to」以前'],
    [
      { ...(cases[0] ?? {}), events: [{ kind: 'party' }] },
      '「events」：1番目：「party」という種類の出来事はありません。',
    ],
    [{ ...(cases[0] ?? {}), policies: { 'billing.day': 5 } }, 'billing.day'],
    [{ ...(cases[0] ?? {}), catalogue: [] }, '第1版の料金表がありません。'],
    [{ kind: 'close', lines: [], months: ['2027-13'] }, '2027-13'],
    [{ kind: 'close', lines: [], months: [202701] }, '文字列の配列'],
    [
      {
        kind: 'liability-cap',
        incident: '2026-06-15',
        lines: [{ item: 'licence', amount: '1.5', from: '2026-04-01', to: '2027-03-31' }],
      },
      '1円未満のない金額',
    ],
    [{ kind: 'prepaid', events: [{ kind: 'topUp', key: 'a', on: '2026-01-01', amount: 1.5 }] }, '整数'],
  ])('%j is refused: %s', (input, sentence) => {
    expect(() => evaluateCase(input)).toThrow(InvalidValueError);
    expect(() => evaluateCase(input)).toThrow(sentence);
  });
});

/** A copy with another value in a place that the numbers lead to. */
function replacedSomewhere(value: unknown, numbers: Iterator<number>, other: unknown): unknown {
  const next = (): number => numbers.next().value ?? 0;
  if (typeof value !== 'object' || value === null || next() < 8) return other;
  const keys = Object.keys(value);
  const key = keys[next() % Math.max(1, keys.length)];
  if (key === undefined) return other;
  const inner = replacedSomewhere(Reflect.get(value, key), numbers, other);
  if (Array.isArray(value)) return value.map((member, index) => (String(index) === key ? inner : member));
  return { ...value, [key]: inner };
}
