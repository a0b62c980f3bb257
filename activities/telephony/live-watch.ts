import type { Database } from '../../db/client.ts';
import {
  contractsToWatch,
  type WatchGroup,
  watchGroup,
  watchPolicies,
} from '../../db/queries/watch/group.ts';
import { closingsOf, holdGroup, linesSince, markTaken } from '../../db/queries/watch/lines.ts';
import { syncFindings } from '../../db/queries/watch/sync.ts';
import { countedFact } from '../../domain/watch/intake.ts';
import type { HashNumber } from '../../domain/watch/numbers.ts';
import type { WatchPolicies } from '../../domain/watch/policies.ts';
import { Watcher } from '../../domain/watch/watcher.ts';

/** Groups that a process keeps counted; one that it forgot is counted anew from what is stored. */
const REMEMBERED_GROUPS = 2_000;
const CONTRACTS_AT_ONCE = 200;

/** What was counted of a group, through which sequence, from which contracts and policies. */
interface Counted {
  watcher: Watcher;
  through: number;
  basis: string;
}

/**
 * Watches stored usage (第18条1項): takes what came since the last look, contract by contract, and makes the stored findings those
 * of the whole set. What was counted stays in memory, so that a line costs what it can change; several processes may
 * watch, for each hears from the database what the others took.
 */
export class LiveWatch {
  readonly #db: Database;
  readonly #hash: HashNumber;
  readonly #counted = new Map<string, Counted>();

  constructor(db: Database, hash: HashNumber) {
    this.#db = db;
    this.#hash = hash;
  }

  /** Takes what came of a page of contracts; how many contracts had something. One that fails holds up no other. */
  async watchNext(now: Date): Promise<number> {
    const contractIds = await contractsToWatch(this.#db, CONTRACTS_AT_ONCE);
    const policies = contractIds.length === 0 ? null : await watchPolicies(this.#db);
    const done = new Set<string>();
    const failures: unknown[] = [];
    for (const contractId of contractIds) {
      if (policies === null || done.has(contractId)) continue;
      const group = await watchGroup(this.#db, contractId);
      if (group === null) continue;
      for (const { id } of group.contracts) done.add(id);
      try {
        await this.watch(group, policies, now);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return contractIds.length;
  }

  /** Takes what came of the contracts of a group, in one transaction. */
  async watch(group: WatchGroup, policies: WatchPolicies, now: Date): Promise<void> {
    const { key, contracts, sandbox, erased } = group;
    const contractIds = contracts.map(({ id }) => id);
    // What was erased is counted no longer, in memory neither.
    const basis = JSON.stringify([contracts, policies, erased]);
    const known = this.#counted.get(key);
    // Counted further only when the transaction stands: one that fails is counted anew.
    this.#counted.delete(key);
    const { watcher, through: after } =
      known?.basis === basis ? known : { watcher: new Watcher(contracts, policies, this.#hash), through: 0 };
    const through = await this.#db.transaction(async (tx) => {
      await holdGroup(tx, key);
      const lines = await linesSince(tx, { contractIds, after });
      for (const { fact, receivedMs } of lines) {
        const counted = countedFact(fact, receivedMs, policies);
        if (counted !== null) watcher.take(counted);
      }
      for (const closing of await closingsOf(tx, contractIds)) watcher.take(closing);
      const last = Math.max(after, ...lines.map(({ sequence }) => sequence ?? 0)) + 1;
      const taken = lines.filter(({ sequence }) => sequence === null).map(({ id }) => id);
      await markTaken(tx, taken, last);
      for (const contractId of contractIds) {
        if (erased.includes(contractId)) continue;
        await syncFindings(tx, { contractId, sandbox, found: watcher.findings(contractId), now });
      }
      return last;
    });
    if (this.#counted.size >= REMEMBERED_GROUPS) this.#counted.clear();
    this.#counted.set(key, { watcher, through, basis });
  }
}
