import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { disagreements, inWords } from './compare.ts';
import { readFolder } from './folder.ts';
import type { OutcomeLine } from './outcome-lines.ts';

/** What the real engine made of some lives once: `npm run simulate` wrote it. */
const recorded = readFolder(fileURLToPath(new URL('../data/simulation', import.meta.url)));

/** The paths of all that an outcome says. */
function leavesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([name, each]) => leavesOf(each, [...path, name]));
}

/** A copy in which one leaf says something else. */
function altered(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return 'something else';
  if (Array.isArray(value))
    return value.map((each, at) => (String(at) === name ? altered(each, rest) : each));
  if (typeof value !== 'object' || value === null) throw new Error(`there is no ${name}`);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === name ? altered(each, rest) : each]),
  );
}

const outcome = fc.constantFrom(...recorded.outcomes);
const outcomeAndPath = outcome.chain((line) => {
  const { life: _, ...says } = line;
  return fc.constantFrom(...leavesOf(says)).map((path) => ({ line, path }));
});

describe('the oracle and the recorded outcome of real lives', () => {
  test('agree to the last field', () => {
    expect(recorded.outcomes.length).toBeGreaterThan(5);
    expect(disagreements(recorded).map(inWords)).toEqual([]);
  });

  test('whatever is altered in an outcome is found, in words that name life, place and both values', () => {
    fc.assert(
      fc.property(outcomeAndPath, ({ line, path }) => {
        const outcomes = [altered(line, path) as OutcomeLine];
        const [found, ...others] = disagreements({ ...recorded, outcomes });
        expect(others).toEqual([]);
        expect(found === undefined ? '' : inWords(found)).toContain('"something else"');
        expect(found?.life).toBe(line.life);
      }),
      { numRuns: 200 },
    );
  });

  test('an entry that is missing is found', () => {
    const whole = recorded.outcomes.filter(({ certificates }) => certificates.length > 1);
    for (const line of whole) {
      const outcomes = [{ ...line, certificates: line.certificates.slice(0, -1) }];
      expect(disagreements({ ...recorded, outcomes }).map(inWords)[0]).toContain('on record nothing');
    }
    expect(whole.length).toBeGreaterThan(0);
  });
});
