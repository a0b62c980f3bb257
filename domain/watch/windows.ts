import { DAY_MS, startOfDayJst } from '../calendar/civil-date.ts';
import type { Item, Series } from './series.ts';

/** Which items count together with one at `t`: those after `before(t)`, up to and including `t`. */
export interface Window {
  before(t: number): number;
  /** The last instant at which an item at `t` still counts. */
  through(t: number): number;
}

/** The items of the same day in Japan. */
export const DAY: Window = {
  before: (t) => startOfDayJst(t) - 1,
  through: (t) => startOfDayJst(t) + DAY_MS - 1,
};

/** The items in (t − length, t]. */
export function lastMs(length: number): Window {
  return { before: (t) => t - length, through: (t) => t + length - 1 };
}

/** Counts for a rule. */
export interface Counter<T> {
  /** It counts some of the rule's items and nothing else, so that fewer items than the threshold need no counting. */
  readonly ofItems: boolean;
  /** c(e) of an item at `t`, in a case that began after the instant `after`. */
  count(t: number, after: number): number;
  /** The last instant whose count an item at `t` is part of, or a case's beginning at `t` can change. */
  through(t: number): number;
  added?(item: T, place: number): void;
  removed?(item: T, place: number): void;
}

/** How many items are in the window. */
export function countItems<T extends Item>(window: Window): (items: Series<T>) => Counter<T> {
  return (items) => ({
    ofItems: true,
    count: (t, after) => items.countTo(t) - items.countTo(Math.max(window.before(t), after)),
    through: window.through,
  });
}

/**
 * How many different keys the items in the window have. It keeps the window it was last asked about and moves from there, so
 * that what comes in about the right order costs a step or two and not a window.
 */
export class DifferentKeys<T extends Item> implements Counter<T> {
  readonly ofItems = true;
  readonly #items: Series<T>;
  readonly #window: Window;
  readonly #keyOf: (item: T) => string;
  readonly #uses = new Map<string, number>();
  /** The places [low, high) of the items in the window. */
  #low = 0;
  #high = 0;

  constructor(items: Series<T>, window: Window, keyOf: (item: T) => string) {
    this.#items = items;
    this.#window = window;
    this.#keyOf = keyOf;
  }

  count(t: number, after: number): number {
    this.#moveTo(this.#items.countTo(Math.max(this.#window.before(t), after)), this.#items.countTo(t));
    return this.#uses.size;
  }

  through(t: number): number {
    return this.#window.through(t);
  }

  added(item: T, place: number): void {
    if (place >= this.#high) return;
    this.#high += 1;
    if (place < this.#low) this.#low += 1;
    else this.#enter(item);
  }

  removed(item: T, place: number): void {
    if (place >= this.#high) return;
    this.#high -= 1;
    if (place < this.#low) this.#low -= 1;
    else this.#leave(item);
  }

  #moveTo(low: number, high: number): void {
    if (Math.abs(low - this.#low) + Math.abs(high - this.#high) > high - low) {
      this.#uses.clear();
      this.#low = low;
      this.#high = low;
    }
    while (this.#high < high) this.#enter(this.#items.at(this.#high++));
    while (this.#low > low) this.#enter(this.#items.at(--this.#low));
    while (this.#high > high) this.#leave(this.#items.at(--this.#high));
    while (this.#low < low) this.#leave(this.#items.at(this.#low++));
  }

  #enter(item: T | undefined): void {
    if (item === undefined) return;
    const key = this.#keyOf(item);
    this.#uses.set(key, (this.#uses.get(key) ?? 0) + 1);
  }

  #leave(item: T | undefined): void {
    if (item === undefined) return;
    const key = this.#keyOf(item);
    const left = (this.#uses.get(key) ?? 0) - 1;
    if (left > 0) this.#uses.set(key, left);
    else this.#uses.delete(key);
  }
}
