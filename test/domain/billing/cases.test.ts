import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
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
