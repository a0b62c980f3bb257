import { livesAt, type WatchedContract } from './contracts.ts';
import type { NumberChange } from './number-changes.ts';
import type { WatchPolicies } from './policies.ts';
import type { MakeRule, Rule } from './rule.ts';
import type { Item } from './series.ts';
import { countUpTo, insert, remove } from './sorted-numbers.ts';

/** The contracts of one corporation (第18条1項㉘): which live on a day, and how many numbers those hold. */
export class Corporation {
  readonly #members: CorporationWatch[] = [];

  join(member: CorporationWatch): void {
    this.#members.push(member);
  }

  livingAt(t: number): CorporationWatch[] {
    return this.#members.filter(({ contract }) => livesAt(contract, t));
  }

  /** Numbers bought or given back at `t` change every later count. */
  numbersChanged(t: number): void {
    for (const member of this.#members) member.recountNumbers(t);
  }
}

/** The rules about the corporation of one contract, which see the whole state whatever case was closed. */
export class CorporationWatch {
  readonly contract: WatchedContract;
  readonly #corporation: Corporation;
  readonly #numbersOverLimit: Rule<NumberChange>;
  readonly #severalContracts: Rule<Item>;
  /** When this contract's numbers were bought and given back, by anybody, ascending. */
  readonly #bought: number[] = [];
  readonly #released: number[] = [];

  constructor(make: MakeRule, policies: WatchPolicies, contract: WatchedContract, corporation: Corporation) {
    this.contract = contract;
    this.#corporation = corporation;
    this.#severalContracts = make('severalContracts', policies['watch.contractsPerCorporation'], () => ({
      ofItems: false,
      count: (t) => corporation.livingAt(t).length,
      through: (t) => t,
    }));
    // Over, not from: one more than allowed.
    this.#numbersOverLimit = make('numbersOverLimit', policies['watch.numbersPerCorporation'] + 1, () => ({
      ofItems: false,
      count: (t) => corporation.livingAt(t).reduce((sum, member) => sum + member.numbersAt(t), 0),
      through: (t) => t,
    }));
    corporation.join(this);
  }

  /** A contract without a stated reason is looked at on its first day, when all of the corporation's are known. */
  begin(): void {
    const { id, fromMs, hasReason } = this.contract;
    if (fromMs !== null && !hasReason) this.#severalContracts.add({ t: fromMs, sid: id, shown: null });
  }

  add(change: NumberChange): void {
    insert(this.#datesOf(change), change.t);
    if (this.#isCounted(change)) this.#numbersOverLimit.add(change);
    this.#corporation.numbersChanged(change.t);
  }

  remove(change: NumberChange): void {
    remove(this.#datesOf(change), change.t);
    this.#numbersOverLimit.remove(change);
    this.#corporation.numbersChanged(change.t);
  }

  numbersAt(t: number): number {
    return this.contract.numbers + countUpTo(this.#bought, t) - countUpTo(this.#released, t);
  }

  recountNumbers(from: number): void {
    this.#numbersOverLimit.recount(from, Number.POSITIVE_INFINITY);
  }

  #datesOf({ status }: NumberChange): number[] {
    return status === 'purchased' ? this.#bought : this.#released;
  }

  #isCounted({ t, status }: NumberChange): boolean {
    return status === 'purchased' && this.#corporation.livingAt(t).length >= 2;
  }
}
