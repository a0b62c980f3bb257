import { asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Comparison } from '../../../domain/desk/reconcile.ts';
import type { Reconciled } from '../../../domain/desk/reconciled.ts';
import type { Executor, Transaction } from '../../client.ts';
import { differences, reconciliations } from '../../schema/index.ts';

export type RoundRow = typeof reconciliations.$inferSelect;
export type DifferenceRow = typeof differences.$inferSelect;

/** The lock that keeps two processes from comparing the same page: held to the end of the transaction. False: another has it. */
export async function lockReconciliation(tx: Transaction): Promise<boolean> {
  const [row] = await tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('reconciliation')) as held`,
  );
  return row?.held === true;
}

/** The last rounds, newest first: the first may still be going on. */
export async function lastRounds(db: Executor, limit: number): Promise<RoundRow[]> {
  return db.select().from(reconciliations).orderBy(desc(reconciliations.createdAt)).limit(limit);
}

/** The round that is going on, or a new one that begins with a kind. */
export async function currentRound(tx: Executor, firstKind: Reconciled, now: Date): Promise<RoundRow> {
  const [last] = await lastRounds(tx, 1);
  if (last !== undefined && last.finishedAt === null) return last;
  const [begun] = await tx
    .insert(reconciliations)
    .values({ kind: firstKind, comparedAt: now, createdAt: now })
    .returning();
  if (begun === undefined) throw new Error('a round could not be begun');
  return begun;
}

/** Notes where a round stands and what its last page found. */
export async function noteProgress(
  tx: Executor,
  round: RoundRow,
  progress: {
    kind: Reconciled;
    after: string | null;
    finished: boolean;
    verdicts: readonly Comparison['verdict'][];
    now: Date;
  },
): Promise<void> {
  const { kind, after, finished, verdicts, now } = progress;
  const count = (verdict: Comparison['verdict']) => verdicts.filter((each) => each === verdict).length;
  await tx
    .update(reconciliations)
    .set({
      ...{ kind, after, comparedAt: now, finishedAt: finished ? now : null },
      checked: round.checked + verdicts.length,
      differing: round.differing + count('differs'),
      healing: round.healing + count('heals'),
      silent: round.silent + count('silent'),
    })
    .where(eq(reconciliations.id, round.id));
}

/** Differences that are known, those first that were not looked at for longest. */
export async function knownDifferences(db: Executor, limit: number): Promise<DifferenceRow[]> {
  return db.select().from(differences).orderBy(asc(differences.comparedAt)).limit(limit);
}

export async function differencesOf(db: Executor, workflowIds: readonly string[]): Promise<DifferenceRow[]> {
  if (workflowIds.length === 0) return [];
  return db
    .select()
    .from(differences)
    .where(inArray(differences.workflowId, [...workflowIds]));
}

export async function rememberDifference(tx: Executor, row: DifferenceRow): Promise<void> {
  const { workflowId, ...values } = row;
  await tx
    .insert(differences)
    .values(row)
    .onConflictDoUpdate({ target: differences.workflowId, set: values })
    .execute();
}

export async function touchDifference(tx: Executor, workflowId: string, now: Date): Promise<void> {
  await tx.update(differences).set({ comparedAt: now }).where(eq(differences.workflowId, workflowId));
}

export async function forgetDifference(tx: Executor, workflowId: string): Promise<void> {
  await tx.delete(differences).where(eq(differences.workflowId, workflowId));
}

/** Differences that staff are told of, oldest first. */
export async function toldDifferences(db: Executor, limit: number): Promise<DifferenceRow[]> {
  return db
    .select()
    .from(differences)
    .where(eq(differences.told, true))
    .orderBy(asc(differences.seenAt))
    .limit(limit);
}

export async function countTold(db: Executor): Promise<number> {
  return db.$count(differences, eq(differences.told, true));
}
