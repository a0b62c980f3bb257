import { countUpTo, insert } from './sorted-numbers.ts';

/** A case: everything after one effective closing, up to and including the next; both infinite where there is none. */
export interface Span {
  after: number;
  until: number;
}

/** What the cases of a clause ask of its rules. */
interface JudgedRule {
  hasMatch(span: Span): boolean;
  /** Counts again what a case that begins after `closing`, or no longer does, changes. */
  restart(closing: number): void;
}

/**
 * The cases of one clause of one contract, one after the other. A closing is effective when the case has a match; after an
 * effective one counting starts again. A change at `t` cannot alter what closings before `t` did.
 */
export class Cases {
  readonly #rules: JudgedRule[] = [];
  readonly #closings: number[] = [];
  readonly #effective: number[] = [];

  watch(rule: JudgedRule): void {
    this.#rules.push(rule);
  }

  /** Staff closed the case. */
  close(atMs: number): void {
    if (this.#closings.includes(atMs)) return;
    insert(this.#closings, atMs);
    this.settle(atMs);
  }

  /** Where the case began to which an item at `t` belongs. */
  startOf(t: number): number {
    if (this.#effective.length === 0) return Number.NEGATIVE_INFINITY;
    return this.#effective[countUpTo(this.#effective, t - 1) - 1] ?? Number.NEGATIVE_INFINITY;
  }

  /** The matches from `t` on may have changed: decides again which closings are effective. */
  settle(t: number): void {
    const closings = this.#closings;
    if (closings.length === 0) return;
    const effective = this.#effective;
    let place = countUpTo(effective, t - 1);
    for (let index = countUpTo(closings, t - 1); index < closings.length; index++) {
      const until = closings[index] ?? 0;
      const after = effective[place - 1] ?? Number.NEGATIVE_INFINITY;
      const isEffective = this.#rules.some((rule) => rule.hasMatch({ after, until }));
      const wasEffective = effective[place] === until;
      if (isEffective !== wasEffective) {
        effective.splice(place, wasEffective ? 1 : 0, ...(isEffective ? [until] : []));
        for (const rule of this.#rules) rule.restart(until);
      }
      if (isEffective) place += 1;
    }
  }

  /** All cases, in order; the last one is open. */
  spans(): Span[] {
    const bounds = [Number.NEGATIVE_INFINITY, ...this.#effective, Number.POSITIVE_INFINITY];
    return bounds
      .slice(1)
      .map((until, index) => ({ after: bounds[index] ?? Number.NEGATIVE_INFINITY, until }));
  }
}
