import { type Call, endOf } from './calls.ts';
import { type HashNumber, normaliseNumber } from './numbers.ts';
import type { WatchPolicies } from './policies.ts';
import type { MakeRule, Rule } from './rule.ts';
import { Grouped } from './series.ts';
import { countUpTo, insert, remove } from './sorted-numbers.ts';
import { countItems, DAY, DifferentKeys, lastMs } from './windows.ts';

const EMERGENCY = ['110', '118', '119'];

/** The keys of emergency numbers and of those that are treated alike (第18条1項⑩). */
export function emergencyKeys(similar: readonly string[], hash: HashNumber): ReadonlySet<string> {
  return new Set([...EMERGENCY, ...similar].map((number) => hash(normaliseNumber(number).text)));
}

/** The rules about calls of one contract: ⑩ emergency numbers, ⑪ withheld numbers, ㉕ short calls, ㉗ calls at once. */
export class CallWatch {
  readonly #policies: WatchPolicies;
  readonly #emergencyKeys: ReadonlySet<string>;
  readonly #emergencyCalls: Rule<Call>;
  readonly #withheldCallerId: Rule<Call>;
  readonly #shortCalls: Rule<Call>;
  readonly #simultaneousCalls: Rule<Call>;
  /** When calls that are counted at once stop to run, ascending. */
  readonly #ends: number[] = [];
  /** Inbound calls whose caller is withheld, and the legs that may pass that on, by parent. */
  readonly #hiddenInbound = new Set<string>();
  readonly #hiddenLegs = new Grouped<Call>();

  constructor(make: MakeRule, policies: WatchPolicies, emergency: ReadonlySet<string>) {
    this.#policies = policies;
    this.#emergencyKeys = emergency;
    this.#emergencyCalls = make('emergencyCalls', policies['watch.emergencyCalls'], countItems(DAY));
    this.#withheldCallerId = make('withheldCallerId', policies['watch.withheldCalls'], countItems(DAY));
    const shortWindow = lastMs(policies['watch.shortCallMinutes'] * 60_000);
    this.#shortCalls = make(
      'shortCalls',
      policies['watch.shortCallRecipients'],
      (items) => new DifferentKeys(items, shortWindow, ({ other }) => other?.key ?? ''),
    );
    this.#simultaneousCalls = make('simultaneousCalls', policies['watch.simultaneousCalls'], (items) => ({
      ofItems: true,
      count: (t) => items.countTo(t) - countUpTo(this.#ends, t),
      through: (t) => t,
    }));
  }

  add(call: Call): void {
    if (call.inbound) this.#passOn(call, true);
    else {
      if (call.other !== null && this.#emergencyKeys.has(call.other.key)) this.#emergencyCalls.add(call);
      if (call.parent !== null && call.withheld) this.#hiddenLegs.add(call.parent, call);
      this.#withheldCallerId.include(call, this.#hidesCaller(call));
      this.#shortCalls.include(call, this.#isShort(call));
    }
    this.#runs(call, call.t, this.#runsUntil(call));
  }

  remove(call: Call): void {
    if (call.inbound) this.#passOn(call, false);
    else {
      this.#emergencyCalls.remove(call);
      if (call.parent !== null) this.#hiddenLegs.remove(call.parent, call);
      this.#withheldCallerId.remove(call);
      this.#shortCalls.remove(call);
    }
    this.#runs(call, this.#runsUntil(call), call.t);
  }

  /** Only the end of a call became known, or became earlier. */
  setEnd(call: Call, end: number | null): void {
    const before = this.#runsUntil(call);
    call.end = end;
    this.#runs(call, before, this.#runsUntil(call));
    this.#shortCalls.include(call, this.#isShort(call));
  }

  /** ⑪ A call that does not show the customer's number, unless it only passes on what the caller withheld. */
  #hidesCaller({ other, withheld, parent }: Call): boolean {
    if (other === null || !other.isNumber) return false;
    if (other.prefix184) return true;
    return withheld && !(parent !== null && this.#hiddenInbound.has(parent));
  }

  /** An inbound call came or went that its legs may pass on. */
  #passOn({ sid, withheld }: Call, isThere: boolean): void {
    if (!withheld) return;
    if (isThere) this.#hiddenInbound.add(sid);
    else this.#hiddenInbound.delete(sid);
    for (const leg of this.#hiddenLegs.of(sid).all()) {
      this.#withheldCallerId.include(leg, this.#hidesCaller(leg));
    }
  }

  /** ㉕ */
  #isShort(call: Call): boolean {
    const { inbound, other, t } = call;
    const end = endOf(call);
    if (inbound || other === null || !other.isNumber || end === null) return false;
    return end - t <= this.#policies['watch.shortCallSeconds'] * 1000;
  }

  /** ㉗ Until when a call counts; its begin for one that never does. */
  #runsUntil(call: Call): number {
    const { t, parent } = call;
    if (parent !== null && this.#policies['watch.legs'] === 'parent') return t;
    return endOf(call) ?? t + this.#policies['watch.openCallHours'] * 3_600_000;
  }

  #runs(call: Call, before: number, until: number): void {
    if (before === until) return;
    if (before > call.t) remove(this.#ends, before);
    if (until > call.t) insert(this.#ends, until);
    if (before === call.t) this.#simultaneousCalls.add(call, until - 1);
    else if (until === call.t) this.#simultaneousCalls.remove(call, before - 1);
    else this.#simultaneousCalls.recount(Math.min(before, until), Math.max(before, until) - 1);
  }
}
