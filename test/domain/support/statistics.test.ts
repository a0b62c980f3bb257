import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Edge,
  freedom,
  oneWayTable,
  publishTables,
  type Shown,
  suppressedCells,
  TOTAL,
  twoWayTable,
} from '../../../domain/support/statistics.ts';

const k = fc.integer({ min: 2, max: 8 });
const counts = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 200 }));

const oneWay = fc
  .array(counts, { minLength: 1, maxLength: 12 })
  .map((values) => oneWayTable(new Map(values.map((value, index) => [`c${index}`, value]))));
const twoWay = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(counts, { minLength: rows * columns, maxLength: rows * columns }).map((values) => {
      const names = (letter: string, size: number) => Array.from({ length: size }, (_, n) => `${letter}${n}`);
      return twoWayTable(
        names('r', rows),
        names('s', columns),
        (row, column) => values[Number(row.slice(1)) * columns + Number(column.slice(1))] ?? 0,
      );
    }),
  );
const table = fc.oneof(oneWay, twoWay);

/** Rows of the linear system that somebody can write down: for each node, what comes in is what goes out. */
function equations(edges: readonly Edge[], prefix = ''): Map<string, number>[] {
  const nodes = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
  return nodes.map(
    (node) =>
      new Map(
        edges
          .map(({ key, from, to }): [string, number] => [
            key === TOTAL ? TOTAL : `${prefix}${key}`,
            (to === node ? 1 : 0) - (from === node ? 1 : 0),
          ])
          .filter(([, factor]) => factor !== 0),
      ),
  );
}

/** The unknowns that the equations determine exactly: Gauss–Jordan, rows that are left with one unknown. */
function determined(system: readonly Map<string, number>[], unknowns: readonly string[]): string[] {
  const rows = system.map((row) => unknowns.map((name) => row.get(name) ?? 0));
  let rank = 0;
  for (let column = 0; column < unknowns.length; column++) {
    const pivot = rows.findIndex((row, index) => index >= rank && Math.abs(row[column] ?? 0) > 1e-9);
    if (pivot < 0) continue;
    const [chosen = []] = rows.splice(pivot, 1);
    const scale = chosen[column] ?? 1;
    const unit = chosen.map((value) => value / scale);
    for (const [index, row] of rows.entries()) {
      const factor = row[column] ?? 0;
      rows[index] = row.map((value, at) => value - factor * (unit[at] ?? 0));
    }
    rows.splice(rank, 0, unit);
    rank += 1;
  }
  return rows.flatMap((row) => {
    const left = row.flatMap((value, index) => (Math.abs(value) > 1e-9 ? [index] : []));
    return left.length === 1 ? [unknowns[left[0] ?? 0] ?? ''] : [];
  });
}

describe('one table', () => {
  test('no published number is smaller than k', () => {
    fc.assert(
      fc.property(table, k, (edges, size) => {
        const hidden = suppressedCells(edges, size);
        for (const { key, value } of edges) if (!hidden.has(key)) expect(value).toBeGreaterThanOrEqual(size);
      }),
    );
  });

  test('no hidden number is determined by the published ones and the totals', () => {
    fc.assert(
      fc.property(table, k, (edges, size) => {
        const hidden = suppressedCells(edges, size);
        expect(determined(equations(edges), [...hidden])).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('each hidden number could be k or more, and lies in a range of at least k: every completion is counted', () => {
    const small = fc.oneof(
      fc
        .array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 })
        .map((values) => oneWayTable(new Map(values.map((value, index) => [`c${index}`, value])))),
      fc
        .array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 4 })
        .map((values) =>
          twoWayTable(
            ['r0', 'r1'],
            ['s0', 's1'],
            (row, column) => values[(row === 'r1' ? 2 : 0) + (column === 's1' ? 1 : 0)] ?? 0,
          ),
        ),
    );
    fc.assert(
      fc.property(small, fc.integer({ min: 2, max: 4 }), (edges, size) => {
        const hidden = suppressedCells(edges, size);
        const ranges = possible(edges, hidden, 6 + size);
        for (const key of hidden) {
          const { low, high } = ranges.get(key) ?? { low: 0, high: 0 };
          expect(high, key).toBeGreaterThanOrEqual(size);
          expect(high - low, key).toBeGreaterThanOrEqual(size);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('a table without categories shows nothing and comes to an end', () => {
    expect(
      [
        ...suppressedCells(
          twoWayTable([], ['x'], () => 0),
          5,
        ),
      ].toSorted(),
    ).toEqual(['column:x', TOTAL]);
  });

  test('where nothing is small, everything is shown', () => {
    const edges = twoWayTable(['a', 'b'], ['x', 'y'], () => 5);
    expect(suppressedCells(edges, 5).size).toBe(0);
  });

  test('one small category takes a second one with it, the smallest that serves', () => {
    const edges = oneWayTable(
      new Map([
        ['東京都', 40],
        ['大阪府', 12],
        ['京都府', 3],
        ['奈良県', 9],
      ]),
    );
    expect([...suppressedCells(edges, 5)].toSorted()).toEqual(['京都府', '奈良県'].toSorted());
  });

  test('what was hidden last month is hidden again before anything else', () => {
    const edges = oneWayTable(
      new Map([
        ['東京都', 40],
        ['大阪府', 12],
        ['京都府', 3],
        ['奈良県', 9],
      ]),
    );
    const hidden = suppressedCells(edges, 5, new Set(['京都府', '大阪府']));
    expect([...hidden].toSorted()).toEqual(['京都府', '大阪府'].toSorted());
  });

  test('two small categories that together are a small group need a third', () => {
    const edges = oneWayTable(
      new Map([
        ['a', 2],
        ['b', 2],
        ['c', 30],
        ['d', 40],
      ]),
    );
    const hidden = suppressedCells(edges, 5);
    expect([...hidden].toSorted()).toEqual(['a', 'b', 'c']);
    expect(freedom(edges, hidden, 'a', 5)).toBe(5);
  });

  test('fewer than k contracts in all show nothing, not even how many', () => {
    const edges = oneWayTable(
      new Map([
        ['a', 4],
        ['b', 0],
      ]),
    );
    expect([...suppressedCells(edges, 5)].toSorted()).toEqual(['a', 'b', TOTAL]);
  });
});

/** Lowest and highest value of each hidden number over all tables of whole numbers that fit the published ones. */
function possible(edges: readonly Edge[], hidden: ReadonlySet<string>, max: number) {
  const inner = edges.filter(
    ({ key }) => key !== TOTAL && !key.startsWith('row:') && !key.startsWith('column:'),
  );
  const margins = edges.filter((edge) => !inner.includes(edge));
  const ranges = new Map<string, { low: number; high: number }>();
  const note = (key: string, value: number) => {
    const range = ranges.get(key) ?? { low: value, high: value };
    ranges.set(key, { low: Math.min(range.low, value), high: Math.max(range.high, value) });
  };
  const values = new Map<string, number>();
  const sumOf = (margin: Edge) => {
    const parts = inner.filter(({ from, to }) =>
      margin.key === TOTAL ? true : margin.key.startsWith('row:') ? from === margin.to : to === margin.from,
    );
    return parts.reduce((sum, { key }) => sum + (values.get(key) ?? 0), 0);
  };
  const fill = (index: number): void => {
    const edge = inner[index];
    if (edge === undefined) {
      const sums = margins.map((margin) => ({ margin, sum: sumOf(margin) }));
      if (sums.some(({ margin, sum }) => !hidden.has(margin.key) && sum !== margin.value)) return;
      for (const { margin, sum } of sums) if (hidden.has(margin.key)) note(margin.key, sum);
      for (const { key } of inner) if (hidden.has(key)) note(key, values.get(key) ?? 0);
      return;
    }
    const choices = hidden.has(edge.key) ? Array.from({ length: max + 1 }, (_, n) => n) : [edge.value];
    for (const choice of choices) {
      values.set(edge.key, choice);
      fill(index + 1);
    }
  };
  fill(0);
  return ranges;
}

/** Two tables about the same contracts, as they are after so many months. */
const months = fc.array(
  fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1 })), {
    minLength: 0,
    maxLength: 80,
  }),
  { minLength: 1, maxLength: 6 },
);

function tablesOf(contracts: readonly (readonly [number, number])[]): Record<string, Edge[]> {
  const count = (test: (contract: readonly [number, number]) => boolean) => contracts.filter(test).length;
  return {
    crossed: twoWayTable(['0', '1', '2', '3'], ['0', '1'], (row, column) =>
      count(([a, b]) => String(a) === row && String(b) === column),
    ),
    half: oneWayTable(new Map([0, 1].map((half) => [String(half), count(([a]) => a % 2 === half)]))),
  };
}

describe('tables of the same contracts, month after month', () => {
  test('the total is hidden in all tables or in none, and all equations together determine no hidden number', () => {
    fc.assert(
      fc.property(months, k, ([contracts = []], size) => {
        const tables = tablesOf(contracts);
        const shown = publishTables(tables, size, []);
        expect(new Set(Object.values(shown).map((each) => each[TOTAL])).size).toBe(1);
        const system = Object.entries(tables).flatMap(([id, edges]) => equations(edges, `${id}/`));
        const unknowns = Object.entries(shown).flatMap(([id, each]) =>
          Object.entries(each).flatMap(([key, value]) =>
            value === null ? [key === TOTAL ? TOTAL : `${id}/${key}`] : [],
          ),
        );
        expect(determined(system, [...new Set(unknowns)])).toEqual([]);
      }),
    );
  });

  test('two numbers shown of one cell, in any two months, are equal or differ by k or more', () => {
    fc.assert(
      fc.property(months, k, (life, size) => {
        const published: Shown[] = [];
        for (const contracts of life) published.push(publishTables(tablesOf(contracts), size, published));
        for (const [id, cells] of Object.entries(published[0] ?? {})) {
          for (const key of Object.keys(cells)) {
            const values = published.flatMap((shown) => shown[id]?.[key] ?? []);
            for (const a of values) {
              for (const b of values) expect(a === b || Math.abs(a - b) >= size, `${id} ${key}`).toBe(true);
            }
          }
        }
      }),
    );
  });

  test('a shown number is at least k and never further than k − 1 from the truth; a number below k is never shown', () => {
    fc.assert(
      fc.property(months, k, (life, size) => {
        const published: Shown[] = [];
        for (const contracts of life) {
          const tables = tablesOf(contracts);
          const shown = publishTables(tables, size, published);
          published.push(shown);
          for (const [id, edges] of Object.entries(tables)) {
            for (const { key, value } of edges) {
              const seen = shown[id]?.[key] ?? null;
              if (seen === null) continue;
              expect(value).toBeGreaterThanOrEqual(size);
              expect(seen).toBeGreaterThanOrEqual(size);
              expect(Math.abs(seen - value)).toBeLessThan(size);
            }
          }
        }
      }),
    );
  });
});
