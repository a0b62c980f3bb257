import { and, count, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import { endOfDayJst, jstInstant } from '../../../domain/calendar/civil-date.ts';
import type { WatchedContract } from '../../../domain/watch/contracts.ts';
import { WATCH_POLICIES, type WatchPolicies, watchPoliciesWith } from '../../../domain/watch/policies.ts';
import type { Executor } from '../../client.ts';
import {
  applications,
  contracts,
  customers,
  deletions,
  telephonyEvents,
  telephonyNumbers,
} from '../../schema/index.ts';
import { loadPolicies } from '../policy/load.ts';
import { watchTerms } from './terms.ts';

/** Contracts of which the watchers have not taken everything yet. */
export async function contractsToWatch(db: Executor, limit: number): Promise<string[]> {
  const { contractId, watchedSequence, type } = telephonyEvents;
  const rows = await db
    .selectDistinct({ contractId })
    .from(telephonyEvents)
    .where(and(isNull(watchedSequence), ne(type, 'unreadable')))
    .limit(limit);
  return rows.map((row) => row.contractId);
}

/** Contracts that are counted together: those of one corporation, or one alone (第18条1項㉘). */
export interface WatchGroup {
  /** Names the group: its corporation, or its only contract. */
  key: string;
  contracts: WatchedContract[];
  /** Whether they are sandbox contracts; a group never mixes. */
  sandbox: boolean;
  /** Those whose customer's data was deleted: their lines are gone, what was found stays as it was. */
  erased: readonly string[];
}

/** The group of a contract, in an order of its own; null for a contract that is not there. */
export async function watchGroup(db: Executor, contractId: string): Promise<WatchGroup | null> {
  const [own] = await db
    .select({ corporation: customers.corporateNumber, sandbox: contracts.sandbox })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(eq(contracts.id, contractId));
  if (own === undefined) return null;
  const { corporation, sandbox } = own;
  const held = db
    .select({ contractId: telephonyNumbers.contractId, numbers: count().as('numbers') })
    .from(telephonyNumbers)
    .where(eq(telephonyNumbers.heldBefore, true))
    .groupBy(telephonyNumbers.contractId)
    .as('held');
  const rows = await db
    .select({
      id: contracts.id,
      firstDay: contracts.firstDay,
      endsOn: contracts.endsOn,
      reason: applications.secondContractReason,
      numbers: sql<number>`coalesce(${held.numbers}, 0)::int`,
      erased: sql<boolean>`${deletions.deletedOn} is not null`,
    })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .innerJoin(applications, eq(applications.id, contracts.applicationId))
    .leftJoin(held, eq(held.contractId, contracts.id))
    .leftJoin(deletions, eq(deletions.contractId, contracts.id))
    .where(
      and(
        eq(contracts.sandbox, sandbox),
        corporation === ''
          ? eq(contracts.id, contractId)
          : or(eq(contracts.id, contractId), eq(customers.corporateNumber, corporation)),
      ),
    )
    .orderBy(contracts.id);
  const terms = await watchTerms(
    db,
    rows.map(({ id }) => id),
  );
  const watched = rows.map(
    ({ id, firstDay, endsOn, reason, numbers }): WatchedContract => ({
      id,
      corporation: corporation === '' ? null : corporation,
      fromMs: jstInstant(firstDay),
      toMs: endsOn === null ? null : endOfDayJst(endsOn),
      hasReason: reason.trim() !== '',
      numbers,
      policy: terms.get(id)?.policy ?? {},
      exceptions: terms.get(id)?.exceptions ?? [],
    }),
  );
  const key = corporation === '' ? contractId : `${corporation}/${sandbox}`;
  const erased = rows.filter((row) => row.erased).map(({ id }) => id);
  return { key, contracts: watched, sandbox, erased };
}

/** The other contracts of the corporation of a case's contract. */
export async function relatedContracts(db: Executor, contractId: string) {
  const group = await watchGroup(db, contractId);
  const ids = (group?.contracts ?? []).map(({ id }) => id).filter((id) => id !== contractId);
  if (ids.length === 0) return [];
  const { id, contractNumber, status, firstDay } = contracts;
  return db
    .select({ id, contractNumber, status, firstDay })
    .from(contracts)
    .where(inArray(contracts.id, ids))
    .orderBy(contracts.firstDay);
}

/** The policies of the watchers in force. */
export async function watchPolicies(db: Executor): Promise<WatchPolicies> {
  const policies = await loadPolicies(db);
  const own = Object.entries(policies).filter(([key]) => Object.hasOwn(WATCH_POLICIES, key));
  return watchPoliciesWith(Object.fromEntries(own));
}
