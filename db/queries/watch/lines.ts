import { and, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { Closing, KeptFact } from '../../../domain/watch/facts.ts';
import type { Executor, Transaction } from '../../client.ts';
import { telephonyEvents, watchCases } from '../../schema/index.ts';

/** A stored line as the watchers take it. */
export interface WatchedLine {
  id: string;
  fact: KeptFact;
  receivedMs: number;
  /** Null: nobody has taken it yet. */
  sequence: number | null;
}

/** Holds a group of contracts for the transaction: one process at a time counts it. */
export async function holdGroup(tx: Transaction, key: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`usage watch ${key}`}, 0))`);
}

/** Lines of contracts that came, or were taken elsewhere, since the sequence. */
export async function linesSince(
  tx: Executor,
  { contractIds, after }: { contractIds: readonly string[]; after: number },
): Promise<WatchedLine[]> {
  const { id, contractId, fact, receivedAt, watchedSequence: sequence, type } = telephonyEvents;
  const rows = await tx
    .select({ id, fact, receivedAt, sequence })
    .from(telephonyEvents)
    .where(
      and(
        inArray(contractId, [...contractIds]),
        ne(type, 'unreadable'),
        or(isNull(sequence), gt(sequence, after)),
      ),
    );
  return rows.flatMap(({ receivedAt: at, ...row }) =>
    row.fact === null ? [] : [{ ...row, fact: row.fact, receivedMs: at.getTime() }],
  );
}

const TOGETHER = 5_000;

/** Marks lines as taken. */
export async function markTaken(tx: Executor, ids: readonly string[], sequence: number): Promise<void> {
  for (let from = 0; from < ids.length; from += TOGETHER) {
    const some = ids.slice(from, from + TOGETHER);
    await tx
      .update(telephonyEvents)
      .set({ watchedSequence: sequence })
      .where(inArray(telephonyEvents.id, some));
  }
}

/** When people closed cases of these contracts. */
export async function closingsOf(tx: Executor, contractIds: readonly string[]): Promise<Closing[]> {
  const { contractId, clause, closedAt, status } = watchCases;
  const rows = await tx
    .select({ contractId, clause, closedAt })
    .from(watchCases)
    .where(and(inArray(contractId, [...contractIds]), eq(status, 'closed')));
  return rows.flatMap(({ contractId: contract, clause: of, closedAt: at }) =>
    at === null ? [] : [{ type: 'case' as const, contract, clause: of, atMs: at.getTime() }],
  );
}
