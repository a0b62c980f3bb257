import { InvalidValueError } from '../base/invalid-value.ts';
import { CaseReader, eachOf } from '../cases/case-reader.ts';
import { readContract } from './contracts.ts';
import { readEvent } from './events.ts';
import type { Fact } from './facts.ts';
import type { Finding } from './findings.ts';
import { factOf, isLate, isSkewed } from './intake.ts';
import { type HashNumber, Parties } from './numbers.ts';
import { type WatchPolicies, watchPoliciesWith } from './policies.ts';
import { Watcher } from './watcher.ts';

/** What became of the lines: used (facts, closings) + duplicates + late + unknown are all of them. */
export interface IntakeFigures {
  used: number;
  duplicates: number;
  late: number;
  /** Whose arrival is their time; among the other figures too. */
  skewed: number;
  unknown: number;
}

/** So many facts wait until they are counted, contract by contract: what lies together in memory is read together. */
const TOGETHER = 10_000;

/** Watches the contracts of a case or a stream, both in their JSON form. */
export class WatchRun {
  readonly contracts: number;
  readonly #watcher: Watcher;
  readonly #policies: WatchPolicies;
  readonly #parties: Parties;
  readonly #figures: IntakeFigures = { used: 0, duplicates: 0, late: 0, skewed: 0, unknown: 0 };
  readonly #waiting = new Map<string, Fact[]>();
  #waitingFacts = 0;

  /** `head` has `contracts` and `policy`. Throws InvalidValueError naming the field. */
  constructor(head: CaseReader, hash: HashNumber) {
    const contracts = head.list('contracts', readContract);
    if (new Set(contracts.map(({ id }) => id)).size < contracts.length) {
      throw new InvalidValueError('「contracts」：同じ「id」の契約があります。');
    }
    const policy = head.object('policy');
    this.contracts = contracts.length;
    this.#policies = watchPoliciesWith(policy);
    this.#parties = new Parties(hash);
    this.#watcher = new Watcher(contracts, policy, hash);
  }

  /** Takes one event in its JSON form. Throws InvalidValueError naming the field; nothing is counted then. */
  take(value: unknown): void {
    const event = readEvent(new CaseReader(value));
    if (!this.#watcher.has(event.contract)) this.#figures.unknown += 1;
    else if (isLate(event, this.#policies)) this.#figures.late += 1;
    else {
      if (isSkewed(event, this.#policies)) this.#figures.skewed += 1;
      this.#wait(factOf(event, this.#policies, this.#parties));
    }
  }

  figures(): IntakeFigures {
    this.#takeWaiting();
    return { ...this.#figures };
  }

  findings(): Finding[] {
    this.#takeWaiting();
    return this.#watcher.findings().map(({ finding }) => finding);
  }

  #wait(fact: Fact): void {
    const facts = this.#waiting.get(fact.contract);
    if (facts === undefined) this.#waiting.set(fact.contract, [fact]);
    else facts.push(fact);
    this.#waitingFacts += 1;
    if (this.#waitingFacts >= TOGETHER) this.#takeWaiting();
  }

  /** In another order than they came in, which changes nothing. */
  #takeWaiting(): void {
    for (const facts of this.#waiting.values()) {
      for (const fact of facts) {
        if (this.#watcher.take(fact)) this.#figures.used += 1;
        else this.#figures.duplicates += 1;
      }
    }
    this.#waiting.clear();
    this.#waitingFacts = 0;
  }
}

/**
 * The findings of one case (`kind: "watch"`): `contracts`, `policy`, and `events` or `batches` of them. Numbers are compared as
 * they are, for nothing is kept. Throws InvalidValueError with a Japanese sentence.
 */
export function watchCase(input: unknown): Finding[] {
  const reader = new CaseReader(input);
  const kind = reader.text('kind');
  if (kind !== 'watch') throw new InvalidValueError(`「${kind}」という種類の検知はありません。`);
  const run = new WatchRun(reader, (number) => number);
  const take = (event: unknown) => run.take(event);
  if (reader.has('batches')) reader.each('batches', (batch) => eachOf(batch, take));
  else reader.each('events', take);
  return run.findings();
}
