import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measurePairs } from '../../../cli/screen.ts';
import {
  buildIndex,
  comparePair,
  type ListEntry,
  type Outcome,
  type ScreeningQuery,
  screen,
} from '../../../domain/screening/index.ts';

interface Pair {
  id: string;
  category?: string;
  list: Omit<ListEntry, 'id'>;
  query: ScreeningQuery;
  expected: Outcome;
  reason?: string;
}

const pairsOf = (file: string): Pair[] =>
  readFileSync(new URL(`../../data/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Pair);

const FIELD = readdirSync(new URL('../../data/field/screening/', import.meta.url)).map(
  (file) => `field/screening/${file}`,
);

describe.each(['screening-dev.jsonl', 'screening-pairs.jsonl', 'screening-adversarial.jsonl', ...FIELD])(
  '%s',
  (file) => {
    const pairs = pairsOf(file);

    it.each(pairs)('$id $category: $reason → $expected', ({ id, list, query, expected }) => {
      const match = comparePair({ id, ...list }, query);
      expect(`${match.outcome} (${match.rule})`).toBe(`${expected} (${match.rule})`);
      expect(match.sentence).toMatch(/。$/);
    });

    it('misses no hit and alerts on nothing that is clear', () => {
      const report = measurePairs(
        pairs.map(({ id, list, query, expected }) => ({
          expected,
          outcome: comparePair({ id, ...list }, query).outcome,
        })),
      );
      expect(report).toMatchObject({ missedHits: 0, balancedAccuracy: 1, clearKeptClear: 1 });
    });

    // Hundreds of entries of one name: each query is compared with all of them.
    const timeout = 60_000;
    it('finds through the index of all entries what the comparison of each pair says', { timeout }, () => {
      const index = buildIndex(pairs.map(({ id, list }) => ({ id, ...list })));
      for (const { id, list, query } of pairs) {
        const found = screen(index, query).find(({ entryId }) => entryId === id)?.outcome ?? 'clear';
        expect(`${id} ${found}`).toBe(`${id} ${comparePair({ id, ...list }, query).outcome}`);
      }
    });
  },
);
