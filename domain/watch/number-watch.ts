import type { NumberChange } from './number-changes.ts';
import type { WatchPolicies } from './policies.ts';
import type { MakeRule, Rule } from './rule.ts';
import { Grouped } from './series.ts';
import { countItems, DAY } from './windows.ts';

/** The rules about numbers of one contract: ㉔ many bought, or bought and given back, in a day. */
export class NumberWatch {
  readonly #numberPurchases: Rule<NumberChange>;
  readonly #numberCycles: Rule<NumberChange>;
  /** What the customer, not the operator, bought and gave back, by number. */
  readonly #bought = new Grouped<NumberChange>();
  readonly #released = new Grouped<NumberChange>();

  constructor(make: MakeRule, policies: WatchPolicies) {
    this.#numberPurchases = make('numberPurchases', policies['watch.numberPurchases'], countItems(DAY));
    this.#numberCycles = make('numberCycles', policies['watch.numberCycles'], countItems(DAY));
  }

  add(change: NumberChange): void {
    if (change.byOperator) return;
    const key = change.number?.key ?? '';
    if (change.status === 'purchased') {
      this.#bought.add(key, change);
      this.#numberPurchases.add(change);
      this.#purchaseChanged(key, change);
    } else {
      this.#released.add(key, change);
      this.#numberCycles.include(change, this.#isCycle(change));
    }
  }

  remove(change: NumberChange): void {
    const key = change.number?.key ?? '';
    if (change.byOperator) return;
    if (change.status === 'purchased') {
      this.#bought.remove(key, change);
      this.#numberPurchases.remove(change);
      this.#purchaseChanged(key, change);
    } else {
      this.#released.remove(key, change);
      this.#numberCycles.remove(change);
    }
  }

  /** The number was bought the same day, before or at once. */
  #isCycle({ t, number }: NumberChange): boolean {
    const bought = this.#bought.of(number?.key ?? '');
    const latest = bought.at(bought.countTo(t) - 1);
    return latest !== undefined && latest.t > DAY.before(t);
  }

  #purchaseChanged(key: string, { t }: NumberChange): void {
    for (const release of this.#released.between(key, t, DAY.through(t))) {
      this.#numberCycles.include(release, this.#isCycle(release));
    }
  }
}
