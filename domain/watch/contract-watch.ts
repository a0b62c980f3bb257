import { CallWatch } from './call-watch.ts';
import type { Call } from './calls.ts';
import { Cases } from './cases.ts';
import type { WatchedContract } from './contracts.ts';
import { type Corporation, CorporationWatch } from './corporation.ts';
import { type FoundCase, foundCase } from './findings.ts';
import { MessageWatch } from './message-watch.ts';
import type { Message } from './messages.ts';
import type { NumberChange } from './number-changes.ts';
import { NumberWatch } from './number-watch.ts';
import type { WatchPolicies } from './policies.ts';
import { type MakeRule, Rule } from './rule.ts';
import { WATCH_RULES } from './rules.ts';
import type { Item } from './series.ts';
import { countItems, lastMs } from './windows.ts';

/** Everything that is counted for one contract. */
export class ContractWatch {
  readonly #cases = new Map<string, Cases>();
  readonly #found: (() => FoundCase[])[] = [];
  readonly #load: Rule<Item>;
  readonly #calls: CallWatch;
  readonly #messages: MessageWatch;
  readonly #numbers: NumberWatch;
  readonly #corporation: CorporationWatch | null;

  constructor(
    contract: WatchedContract,
    policies: WatchPolicies,
    emergency: ReadonlySet<string>,
    corporation: Corporation | null,
  ) {
    const make: MakeRule = (name, threshold, counter) => {
      const exceptions = contract.exceptions.filter(({ rule }) => rule === name);
      const cases = this.#casesOf(WATCH_RULES[name].clause);
      const rule = new Rule(threshold, counter, { exceptions, cases });
      this.#found.push(() => rule.found().map((found) => foundCase(contract.id, name, found)));
      return rule;
    };
    this.#load = make('load', policies['watch.loadPerMinute'], countItems(lastMs(60_000)));
    this.#calls = new CallWatch(make, policies, emergency);
    this.#messages = new MessageWatch(make, policies);
    this.#numbers = new NumberWatch(make, policies);
    this.#corporation =
      corporation === null ? null : new CorporationWatch(make, policies, contract, corporation);
  }

  /** All contracts are known. */
  begin(): void {
    this.#corporation?.begin();
  }

  addCall(call: Call): void {
    this.#load.add(call);
    this.#calls.add(call);
    if (call.inbound && call.other !== null) this.#messages.addContact(call.other.key, call.t);
  }

  removeCall(call: Call): void {
    this.#load.remove(call);
    this.#calls.remove(call);
    if (call.inbound && call.other !== null) this.#messages.removeContact(call.other.key, call.t);
  }

  setEnd(call: Call, end: number | null): void {
    this.#calls.setEnd(call, end);
  }

  addMessage(message: Message): void {
    if (!message.inbound) this.#load.add(message);
    this.#messages.add(message);
  }

  removeMessage(message: Message): void {
    this.#load.remove(message);
    this.#messages.remove(message);
  }

  addNumberChange(change: NumberChange): void {
    this.#numbers.add(change);
    this.#corporation?.add(change);
  }

  removeNumberChange(change: NumberChange): void {
    this.#numbers.remove(change);
    this.#corporation?.remove(change);
  }

  close(clause: string, atMs: number): void {
    this.#casesOf(clause).close(atMs);
  }

  findings(): FoundCase[] {
    return this.#found.flatMap((found) => found());
  }

  #casesOf(clause: string): Cases {
    const known = this.#cases.get(clause);
    if (known !== undefined) return known;
    const cases = new Cases();
    this.#cases.set(clause, cases);
    return cases;
  }
}
