import { countUpTo } from './sorted-numbers.ts';

/** What a rule counts: a call, a message, a purchase …; `shown` is the masked number of the other side, null for none. */
export interface Item {
  readonly t: number;
  readonly sid: string;
  readonly shown: string | null;
}

type Ordered = Pick<Item, 't' | 'sid'>;

/** Items in the order of (t, sid). What comes in about that order is added and found near the end. */
export class Series<T extends Ordered> {
  readonly #items: T[] = [];
  /** Their times by themselves, side by side in memory: every question is about them. */
  readonly #times: number[] = [];

  get size(): number {
    return this.#items.length;
  }

  all(): readonly T[] {
    return this.#items;
  }

  at(place: number): T | undefined {
    return this.#items[place];
  }

  /** Returns its place. */
  add(item: T): number {
    const place = this.#placeOf(item);
    if (place === this.#items.length) {
      this.#items.push(item);
      this.#times.push(item.t);
    } else {
      this.#items.splice(place, 0, item);
      this.#times.splice(place, 0, item.t);
    }
    return place;
  }

  /** Returns the place that it had, -1 when it was not there. */
  remove(item: T): number {
    const place = this.#placeOf(item);
    if (this.#items[place] !== item) return -1;
    this.#items.splice(place, 1);
    this.#times.splice(place, 1);
    return place;
  }

  has(item: T): boolean {
    return this.#items[this.#placeOf(item)] === item;
  }

  /** How many are at or before `t`: the place of the first after it. */
  countTo(t: number): number {
    return countUpTo(this.#times, t);
  }

  /** The place of the first item at the same instant as the one at `place`. */
  firstAtOnce(place: number): number {
    const t = this.#times[place];
    let first = place;
    while (first > 0 && this.#times[first - 1] === t) first -= 1;
    return first;
  }

  /** The items at the places from…to (excluded). */
  slice(from: number, to: number): T[] {
    return this.#items.slice(from, to);
  }

  /** The items with from ≤ t ≤ to. Times are whole milliseconds. */
  between(from: number, to: number): T[] {
    return this.#items.slice(this.countTo(from - 1), this.countTo(to));
  }

  /** The place of the first item that is not before this one. */
  #placeOf({ t, sid }: Ordered): number {
    let place = this.countTo(t);
    for (let before = place - 1; before >= 0 && this.#times[before] === t; before--) {
      if ((this.#items[before]?.sid ?? '') < sid) break;
      place = before;
    }
    return place;
  }
}

const NONE: Series<never> = new Series<never>();

/** Series by a key, such as the number of the recipient. */
export class Grouped<T extends Ordered> {
  readonly #groups = new Map<string, Series<T>>();

  add(key: string, item: T): void {
    const group = this.#groups.get(key) ?? new Series<T>();
    if (group.add(item) === 0 && group.size === 1) this.#groups.set(key, group);
  }

  remove(key: string, item: T): void {
    const group = this.#groups.get(key);
    group?.remove(item);
    if (group?.size === 0) this.#groups.delete(key);
  }

  of(key: string): Pick<Series<T>, 'all' | 'at' | 'countTo'> {
    return this.#groups.get(key) ?? NONE;
  }

  /** The group's items with from ≤ t ≤ to. */
  between(key: string, from: number, to: number): readonly T[] {
    return this.#groups.get(key)?.between(from, to) ?? NONE.all();
  }
}
