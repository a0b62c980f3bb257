import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Item, Series } from '../../../domain/watch/series.ts';
import { DifferentKeys, lastMs } from '../../../domain/watch/windows.ts';

interface Keyed extends Item {
  key: string;
}

const LENGTH = 40;
const item = fc
  .record({
    t: fc.nat(100),
    sid: fc.integer({ min: 1, max: 30 }).map(String),
    key: fc.constantFrom('a', 'b', 'c', 'd'),
  })
  .map((each): Keyed => ({ ...each, shown: null }));
const order = (a: Keyed, b: Keyed) => a.t - b.t || (a.sid < b.sid ? -1 : a.sid > b.sid ? 1 : 0);

describe('a series', () => {
  it('stays in the order of time and sid, tells places, and counts up to an instant', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(item, { selector: ({ t, sid }) => `${t} ${sid}` }),
        fc.nat(110),
        (items, t) => {
          const series = new Series<Keyed>();
          for (const each of items) expect(series.at(series.add(each))).toBe(each);
          const sorted = items.toSorted(order);
          expect(series.all()).toEqual(sorted);
          expect(series.countTo(t)).toBe(items.filter((each) => each.t <= t).length);
          expect(series.between(20, t)).toEqual(sorted.filter((each) => each.t >= 20 && each.t <= t));
          for (const [place, each] of sorted.entries()) {
            expect(series.firstAtOnce(place)).toBe(sorted.findIndex((first) => first.t === each.t));
          }
          for (const each of items) {
            expect(series.has(each)).toBe(true);
            expect(series.remove(each)).toBeGreaterThanOrEqual(0);
            expect(series.has(each)).toBe(false);
            expect(series.remove(each)).toBe(-1);
          }
        },
      ),
    );
  });
});

describe('different keys in a window', () => {
  it('are those of the items that are there, whatever came, went and was asked before', () => {
    const step = fc.record({
      what: fc.constantFrom('add', 'add', 'remove', 'count', 'count'),
      item,
      at: fc.nat(110),
      after: fc.constantFrom(Number.NEGATIVE_INFINITY, 20, 50),
      nth: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const series = new Series<Keyed>();
        const counter = new DifferentKeys(series, lastMs(LENGTH), ({ key }) => key);
        for (const { what, item, at, after, nth } of steps) {
          const there = series.all()[nth % series.size];
          if (what === 'add' && !series.all().some((each) => order(each, item) === 0)) {
            counter.added(item, series.add(item));
          } else if (what === 'remove' && there !== undefined) {
            counter.removed(there, series.remove(there));
          } else if (what === 'count') {
            const inside = series.all().filter(({ t }) => t > after && t > at - LENGTH && t <= at);
            expect(counter.count(at, after)).toBe(new Set(inside.map(({ key }) => key)).size);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
