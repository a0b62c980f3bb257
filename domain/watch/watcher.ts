import { emergencyKeys } from './call-watch.ts';
import { CALL_STATUSES, type Call, isCall, onlyEndDiffers, withCallLine } from './calls.ts';
import { ContractWatch } from './contract-watch.ts';
import type { WatchedContract } from './contracts.ts';
import { Corporation } from './corporation.ts';
import type { CallFact, Fact, MessageFact, NumberFact } from './facts.ts';
import { compareFindings, type FoundCase } from './findings.ts';
import { isMessage, MESSAGE_STATUSES, type Message, withMessageLine } from './messages.ts';
import { type NumberChange, withNumberLine } from './number-changes.ts';
import type { HashNumber } from './numbers.ts';
import { watchPoliciesWith } from './policies.ts';

/**
 * Watches usage as it arrives (第18条1項). Findings are a function of the set of facts, contracts and policies: order, repeats and
 * batches change nothing. Each fact counts again only what it can change. Built anew from stored facts in any order.
 */
export class Watcher {
  readonly #contracts = new Map<string, ContractWatch>();
  readonly #calls = new Map<string, Call>();
  readonly #messages = new Map<string, Message>();
  readonly #purchases = new Map<string, NumberChange>();
  readonly #releases = new Map<string, NumberChange>();
  readonly #otherStatuses = new Set<string>();

  /** `policy` are the values that differ from the defaults. Throws InvalidValueError for one that is not allowed. */
  constructor(
    contracts: readonly WatchedContract[],
    policy: Readonly<Record<string, unknown>>,
    hash: HashNumber,
  ) {
    const common = watchPoliciesWith(policy);
    const commonEmergency = emergencyKeys(common['watch.similarNumbers'], hash);
    const corporations = new Map<string, Corporation>();
    for (const contract of contracts) {
      const isCommon = Object.keys(contract.policy).length === 0;
      const policies = isCommon ? common : watchPoliciesWith({ ...policy, ...contract.policy });
      const emergency = isCommon ? commonEmergency : emergencyKeys(policies['watch.similarNumbers'], hash);
      const corporation = corporationOf(contract, corporations);
      this.#contracts.set(contract.id, new ContractWatch(contract, policies, emergency, corporation));
    }
    for (const contract of this.#contracts.values()) contract.begin();
  }

  has(contractId: string): boolean {
    return this.#contracts.has(contractId);
  }

  /** Takes a fact of a known contract; false for one that was there before, whose time or number may still be news. */
  take(fact: Fact): boolean {
    switch (fact.type) {
      case 'call':
        return this.#takeCall(fact);
      case 'sms':
        return this.#takeMessage(fact);
      case 'number':
        return this.#takeNumberChange(fact);
      case 'case':
        this.#contracts.get(fact.contract)?.close(fact.clause, fact.atMs);
        return true;
    }
  }

  /** All findings, or those of one contract, in their order. */
  findings(contractId?: string): FoundCase[] {
    const contracts =
      contractId === undefined ? [...this.#contracts.values()] : [this.#contracts.get(contractId)];
    return contracts.flatMap((contract) => contract?.findings() ?? []).sort(compareFindings);
  }

  #takeCall(fact: CallFact): boolean {
    const before = this.#calls.get(fact.sid) ?? null;
    const now = withCallLine(before, fact);
    const isNew = this.#isFirst(now, fact, CALL_STATUSES);
    if (now === before) return isNew;
    if (before !== null && isCall(before) && onlyEndDiffers(before, now)) {
      this.#contracts.get(before.contract)?.setEnd(before, now.end);
      before.seen = now.seen;
      return isNew;
    }
    if (before !== null && isCall(before)) this.#contracts.get(before.contract)?.removeCall(before);
    if (isCall(now)) this.#contracts.get(now.contract)?.addCall(now);
    this.#calls.set(fact.sid, now);
    return isNew;
  }

  #takeMessage(fact: MessageFact): boolean {
    const before = this.#messages.get(fact.sid) ?? null;
    const now = withMessageLine(before, fact);
    const isNew = this.#isFirst(now, fact, MESSAGE_STATUSES);
    if (now === before) return isNew;
    if (before !== null && isMessage(before)) this.#contracts.get(before.contract)?.removeMessage(before);
    if (isMessage(now)) this.#contracts.get(now.contract)?.addMessage(now);
    this.#messages.set(fact.sid, now);
    return isNew;
  }

  #takeNumberChange(fact: NumberFact): boolean {
    const known = fact.status === 'purchased' ? this.#purchases : this.#releases;
    const before = known.get(fact.sid) ?? null;
    const now = withNumberLine(before, fact);
    if (now === before) return false;
    if (before !== null) this.#contracts.get(before.contract)?.removeNumberChange(before);
    this.#contracts.get(now.contract)?.addNumberChange(now);
    known.set(fact.sid, now);
    return before === null;
  }

  /** Whether no line of this sid had the status before. A provider may invent statuses; those are remembered by name. */
  #isFirst(told: { seen: number }, { type, sid, status }: CallFact | MessageFact, known: readonly string[]) {
    const place = known.indexOf(status);
    if (place < 0) {
      const before = this.#otherStatuses.size;
      return this.#otherStatuses.add(`${type} ${sid} ${status}`).size > before;
    }
    const isFirst = (told.seen & (1 << place)) === 0;
    told.seen |= 1 << place;
    return isFirst;
  }
}

function corporationOf(
  { corporation }: WatchedContract,
  known: Map<string, Corporation>,
): Corporation | null {
  if (corporation === null) return null;
  const found = known.get(corporation) ?? new Corporation();
  known.set(corporation, found);
  return found;
}
