import type { Cases, Span } from './cases.ts';
import { type Exception, excuses } from './contracts.ts';
import type { WatchRule } from './rules.ts';
import { type Item, Series } from './series.ts';
import type { Counter } from './windows.ts';

/** How many matches a finding shows. */
const EVIDENCE = 3;

/** Matches of one rule within one case: the first three, first and last time, number, and the largest count. */
export interface CaseMatches {
  span: Span;
  first: readonly Item[];
  from: number;
  to: number;
  matches: number;
  count: number;
}

/**
 * One rule for one contract: its items, and which of them match. A match is an item whose count reaches the threshold and that
 * no exception excuses. After each change only the items are counted again whose count it can alter.
 */
export class Rule<T extends Item> {
  readonly items = new Series<T>();
  readonly #threshold: number;
  /** With fewer items nothing can match, so nothing is counted; 0 where the count is not of the items. */
  readonly #fewest: number;
  readonly #exceptions: readonly Exception[];
  readonly #counter: Counter<T>;
  readonly #cases: Cases;
  readonly #matches = new Series<T>();
  readonly #counts = new Map<T, number>();
  /** The largest count of a case by its start, as far as it is known. */
  readonly #largest = new Map<number, number>();

  /** `exceptions` are those of the contract for this rule. */
  constructor(
    threshold: number,
    counter: (items: Series<T>) => Counter<T>,
    { exceptions, cases }: { exceptions: readonly Exception[]; cases: Cases },
  ) {
    this.#threshold = threshold;
    this.#counter = counter(this.items);
    this.#fewest = this.#counter.ofItems ? threshold : 0;
    this.#exceptions = exceptions;
    this.#cases = cases;
    cases.watch(this);
  }

  /** Adds an item that is part of the counts up to the instant `through`. */
  add(item: T, through: number = this.#counter.through(item.t)): void {
    const place = this.items.add(item);
    this.#counter.added?.(item, place);
    if (this.#cannotMatch()) return;
    this.#recount(this.items.firstAtOnce(place), through);
    this.#cases.settle(item.t);
  }

  /** Removes an item that was part of the counts up to the instant `through`. */
  remove(item: T, through: number = this.#counter.through(item.t)): void {
    const place = this.items.remove(item);
    if (place < 0) return;
    this.#counter.removed?.(item, place);
    this.#judge(item, 0);
    this.#recount(this.items.countTo(item.t - 1), through);
    this.#cases.settle(item.t);
  }

  /** Makes the item one of the rule's, or none of them. */
  include(item: T, wanted: boolean): void {
    if (wanted === this.items.has(item)) return;
    if (wanted) this.add(item);
    else this.remove(item);
  }

  /** The counts at from ≤ t ≤ to may have changed. */
  recount(from: number, to: number): void {
    if (this.#cannotMatch()) return;
    this.#recount(this.items.countTo(from - 1), to);
    this.#cases.settle(from);
  }

  /** The case that ends, or no longer ends, with `closing` changed what counts after it. */
  restart(closing: number): void {
    this.#largest.clear();
    this.#recount(this.items.countTo(closing), this.#counter.through(closing));
  }

  hasMatch({ after, until }: Span): boolean {
    return this.#matches.countTo(until) > this.#matches.countTo(after);
  }

  /** What matches within each case, where anything does. */
  found(): CaseMatches[] {
    return this.#cases.spans().flatMap((span) => {
      const begin = this.#matches.countTo(span.after);
      const end = this.#matches.countTo(span.until);
      const first = this.#matches.slice(begin, Math.min(begin + EVIDENCE, end));
      const last = this.#matches.at(end - 1);
      if (first[0] === undefined || last === undefined) return [];
      const count = this.#largestIn(span.after, begin, end);
      return [{ span, first, from: first[0].t, to: last.t, matches: end - begin, count }];
    });
  }

  #cannotMatch(): boolean {
    return this.items.size < this.#fewest && this.#matches.size === 0;
  }

  /** Counts the items again from a place on, up to the instant `to`. */
  #recount(place: number, to: number): void {
    for (let next = place; ; next++) {
      const item = this.items.at(next);
      if (item === undefined || item.t > to) return;
      this.#judge(item, this.#counter.count(item.t, this.#cases.startOf(item.t)));
    }
  }

  #judge(item: T, count: number): void {
    if (count < this.#threshold && this.#matches.size === 0) return;
    const before = this.#counts.get(item);
    const matches =
      count >= this.#threshold && !this.#exceptions.some((each) => excuses(each, item.t, count));
    if (!matches && before === undefined) return;
    const start = this.#cases.startOf(item.t);
    if (matches) {
      if (before === undefined) this.#matches.add(item);
      this.#counts.set(item, count);
    } else {
      this.#matches.remove(item);
      this.#counts.delete(item);
    }
    const largest = this.#largest.get(start);
    if (largest === undefined) return;
    if (matches && count >= largest) this.#largest.set(start, count);
    else if (before === largest) this.#largest.delete(start);
  }

  #largestIn(start: number, begin: number, end: number): number {
    const known = this.#largest.get(start);
    if (known !== undefined) return known;
    let largest = 0;
    for (const item of this.#matches.slice(begin, end)) {
      largest = Math.max(largest, this.#counts.get(item) ?? 0);
    }
    this.#largest.set(start, largest);
    return largest;
  }
}

/** Makes a rule for one contract. */
export type MakeRule = <T extends Item>(
  name: WatchRule,
  threshold: number,
  counter: (items: Series<T>) => Counter<T>,
) => Rule<T>;
