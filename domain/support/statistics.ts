/** Statistics that show no group smaller than k, nor let one be had by subtraction (第14条1項); docs/decisions has why. */

/**
 * A number of a table as an edge of a network: `value` runs from `from` to `to`. At every node as much comes in as goes
 * out, which is what rows, columns and totals say about each other.
 */
export interface Edge {
  key: string;
  from: string;
  to: string;
  value: number;
}

export const TOTAL = 'total';
const SOURCE = 'source';
const SINK = 'sink';

/** A table of one attribute: its categories and their total. */
export function oneWayTable(counts: ReadonlyMap<string, number>): Edge[] {
  const edges = [...counts].map(([key, value]) => ({ key, from: SOURCE, to: SINK, value }));
  return [...edges, totalOf(edges)];
}

export const cellKey = (row: string, column: string): string => `cell:${row}|${column}`;
export const rowKey = (row: string): string => `row:${row}`;
export const columnKey = (column: string): string => `column:${column}`;

/** A table of two attributes with the totals of its rows and columns. */
export function twoWayTable(
  rows: readonly string[],
  columns: readonly string[],
  count: (row: string, column: string) => number,
): Edge[] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const cells = rows.flatMap((row) =>
    columns.map((column) => ({
      key: cellKey(row, column),
      from: rowKey(row),
      to: columnKey(column),
      value: count(row, column),
    })),
  );
  const rowEdges = rows.map((row) => ({
    key: rowKey(row),
    from: SOURCE,
    to: rowKey(row),
    value: sum(columns.map((column) => count(row, column))),
  }));
  const columnEdges = columns.map((column) => ({
    key: columnKey(column),
    from: columnKey(column),
    to: SINK,
    value: sum(rows.map((row) => count(row, column))),
  }));
  return [...cells, ...rowEdges, ...columnEdges, totalOf(rowEdges)];
}

function totalOf(edges: readonly Edge[]): Edge {
  const value = edges.reduce((total, edge) => total + edge.value, 0);
  return { key: TOTAL, from: SINK, to: SOURCE, value };
}

/**
 * How far a suppressed number can move, up plus down, as somebody sees it who knows every published number: the width of
 * what it may be, counted up to `limit`. Numbers are whole and never below zero. The total is shared by all tables, so
 * only its growth counts here: another table may know its lower bound.
 */
export function freedom(
  edges: readonly Edge[],
  suppressed: ReadonlySet<string>,
  key: string,
  limit: number,
): number {
  const edge = edges.find((each) => each.key === key);
  if (edge === undefined) throw new Error(`no such cell: ${key}`);
  const others = edges.filter((each) => each.key !== key && suppressed.has(each.key));
  const up = maximumFlow(others, edge.to, edge.from, limit);
  const most = key === TOTAL ? 0 : Math.min(edge.value, limit - up);
  return up + (most <= 0 ? 0 : maximumFlow(others, edge.from, edge.to, most));
}

/** Greatest change that can run from one node to another over suppressed numbers, up to `limit`. */
function maximumFlow(edges: readonly Edge[], from: string, to: string, limit: number): number {
  const change = new Map(edges.map(({ key }) => [key, 0]));
  let flow = 0;
  while (flow < limit) {
    const path = shortestPath(edges, from, to, (edge, forward) => {
      if (forward) return 1;
      return edge.key !== TOTAL && edge.value + (change.get(edge.key) ?? 0) > 0 ? 1 : null;
    });
    if (path === null) return flow;
    const room = path.map(({ edge, forward }) =>
      forward ? limit : edge.value + (change.get(edge.key) ?? 0),
    );
    const step = Math.min(limit - flow, ...room);
    for (const { edge, forward } of path) {
      change.set(edge.key, (change.get(edge.key) ?? 0) + (forward ? step : -step));
    }
    flow += step;
  }
  return flow;
}

interface Step {
  edge: Edge;
  forward: boolean;
}

/** Cheapest way from one node to another; `cost` is null where there is no way. Bellman's rounds: tables are small. */
function shortestPath(
  edges: readonly Edge[],
  from: string,
  to: string,
  cost: (edge: Edge, forward: boolean) => number | null,
): Step[] | null {
  const arcs = edges.flatMap((edge) =>
    [true, false].flatMap((forward) => {
      const price = cost(edge, forward);
      const [tail, head] = forward ? [edge.from, edge.to] : [edge.to, edge.from];
      return price === null ? [] : [{ edge, forward, tail, head, price }];
    }),
  );
  const best = new Map<string, { price: number; by: (typeof arcs)[number] | null }>([
    [from, { price: 0, by: null }],
  ]);
  for (let improved = true; improved; ) {
    improved = false;
    for (const arc of arcs) {
      const reached = best.get(arc.tail);
      if (reached === undefined) continue;
      const price = reached.price + arc.price;
      if (price >= (best.get(arc.head)?.price ?? Number.POSITIVE_INFINITY)) continue;
      best.set(arc.head, { price, by: arc });
      improved = true;
    }
  }
  if (!best.has(to)) return null;
  const path: Step[] = [];
  for (let node = to; node !== from; ) {
    const by = best.get(node)?.by;
    if (by === null || by === undefined) return null;
    path.unshift({ edge: by.edge, forward: by.forward });
    node = by.tail;
  }
  return path;
}

/**
 * The numbers of a table that must not be shown: those below k (zero too), and as many others as it takes until each
 * hidden number could lie anywhere in a range of at least k. `before` are those that were hidden last time: they are
 * hidden again first, so that the pattern does not wander from month to month.
 */
export function suppressedCells(
  edges: readonly Edge[],
  k: number,
  before: ReadonlySet<string> = new Set(),
  forced: readonly string[] = [],
): Set<string> {
  const suppressed = new Set([...forced, ...edges.filter(({ value }) => value < k).map(({ key }) => key)]);
  const total = edges.find(({ key }) => key === TOTAL)?.value ?? 0;
  const price = (edge: Edge) => {
    if (suppressed.has(edge.key)) return 0.001;
    if (before.has(edge.key)) return 1;
    // Inner numbers before totals, small ones before large ones.
    const level = edge.key === TOTAL ? 3 : isMargin(edge.key) ? 2 : 1;
    return level * (total + 1) + edge.value;
  };
  for (;;) {
    const narrow = edges.find(({ key }) => suppressed.has(key) && freedom(edges, suppressed, key, k) < k);
    if (narrow === undefined || suppressed.size === edges.length) return suppressed;
    // A way back to the cell along which k can move at once: hiding all of it frees the cell.
    const others = edges.filter(({ key }) => key !== narrow.key);
    const way = shortestPath(others, narrow.to, narrow.from, (edge, forward) =>
      forward || (edge.value >= k && edge.key !== TOTAL) ? price(edge) : null,
    );
    const more = way?.map(({ edge }) => edge.key).filter((key) => !suppressed.has(key)) ?? [];
    for (const key of more.length > 0 ? more : edges.map((edge) => edge.key)) suppressed.add(key);
  }
}

const isMargin = (key: string): boolean => key.startsWith('row:') || key.startsWith('column:');

/** What is shown of each number of each table; null where it is hidden. */
export type Shown = Record<string, Record<string, number | null>>;

/**
 * The numbers of a closed month. All tables count the same contracts, so their total is hidden in all or in none. A number
 * that moved by less than k since any earlier month keeps the nearest value that was shown: the difference of two shown
 * numbers is never a group smaller than k either. Earlier months: oldest first.
 */
export function publishTables(
  tables: Readonly<Record<string, readonly Edge[]>>,
  k: number,
  earlier: readonly Shown[],
): Shown {
  const last = earlier.at(-1) ?? {};
  const hiddenBefore = (id: string) =>
    new Set(Object.entries(last[id] ?? {}).flatMap(([key, value]) => (value === null ? [key] : [])));
  const patterns = (forced: readonly string[]) =>
    Object.entries(tables).map(
      ([id, edges]) => [id, suppressedCells(edges, k, hiddenBefore(id), forced)] as const,
    );
  const first = patterns([]);
  const found = first.some(([, hidden]) => hidden.has(TOTAL)) ? patterns([TOTAL]) : first;
  return Object.fromEntries(
    found.map(([id, hidden]) => [
      id,
      Object.fromEntries(
        (tables[id] ?? []).map(({ key, value }) => {
          const shownBefore = earlier.map((shown) => shown[id]?.[key] ?? null);
          return [key, hidden.has(key) ? null : settledValue(value, shownBefore, k)];
        }),
      ),
    ]),
  );
}

/** The value itself when it is far enough from all that were shown, else the nearest of those; null below k. */
function settledValue(value: number, shownBefore: readonly (number | null)[], k: number): number | null {
  const near = shownBefore
    .filter((shown) => shown !== null)
    .filter((shown) => Math.abs(shown - value) < k)
    .toSorted((a, b) => Math.abs(a - value) - Math.abs(b - value));
  const settled = near[0] ?? value;
  return settled < k ? null : settled;
}
