import { and, eq, inArray } from 'drizzle-orm';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import type { DeletionStatus } from '../../../domain/data/deletion.ts';
import { deletionDue, secrecyThrough } from '../../../domain/data/retention.ts';
import type { Database, Executor } from '../../client.ts';
import { contracts, deletions, legalHolds, retentionDues, telephonyAccounts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { loadPolicies } from '../policy/load.ts';

export type DeletionRow = typeof deletions.$inferSelect;

/** The deletion of a contract, or null before it was opened. */
export async function findDeletion(db: Executor, contractId: string): Promise<DeletionRow | null> {
  const [row] = await db.select().from(deletions).where(eq(deletions.contractId, contractId));
  return row ?? null;
}

/**
 * Notes that an ended contract's data is to be deleted, with the day by policy `deletion.graceDays` as it is now, and the end of
 * secrecy as a due of its own (第19条7項, 第22条6項). A repeat gives what is there; null for a contract that has not ended.
 */
export async function openDeletion(
  db: Database,
  input: { contractId: string; businessAt: Date },
): Promise<DeletionRow | null> {
  const { contractId, businessAt } = input;
  return db.transaction(async (tx) => {
    const [contract] = await tx.select().from(contracts).where(eq(contracts.id, contractId)).for('update');
    const existing = await findDeletion(tx, contractId);
    if (existing !== null) return existing;
    const over = contract?.status === 'ended' || contract?.status === 'terminated';
    if (contract === undefined || !over || contract.endsOn === null) return null;
    const endedOn = contract.endsOn;
    const { sandbox } = contract;
    const policies = await loadPolicies(tx);
    const dueOn = deletionDue(endedOn, policies['deletion.graceDays']).value;
    const [row] = await tx.insert(deletions).values({ contractId, endedOn, dueOn, sandbox }).returning();
    await tx
      .insert(retentionDues)
      .values({
        contractId,
        kind: 'secrecy',
        subjectId: contractId,
        dueOn: addDays(secrecyThrough(endedOn).value, 1),
        sandbox,
      })
      .onConflictDoNothing();
    await recordAudit(tx, {
      actor: 'system',
      action: 'deletion.opened',
      subjectType: 'contract',
      subjectId: contractId,
      after: { endedOn, dueOn },
      businessAt,
    });
    return row ?? null;
  });
}

/** Holds that stop the deletion of a contract now. */
export async function stoppingHolds(db: Executor, contractId: string): Promise<{ id: string }[]> {
  return db
    .select({ id: legalHolds.id })
    .from(legalHolds)
    .where(
      and(
        eq(legalHolds.contractId, contractId),
        inArray(legalHolds.status, ['proposed', 'active', 'liftProposed']),
      ),
    );
}

/** Whether the telephony account is still open: the off-boarding has not finished (第11条2項). */
async function hasOpenTelephony(tx: Executor, contractId: string): Promise<boolean> {
  const [account] = await tx
    .select({ state: telephonyAccounts.state })
    .from(telephonyAccounts)
    .where(eq(telephonyAccounts.contractId, contractId));
  return account !== undefined && account.state !== 'closed';
}

/**
 * Begins the deletion unless a hold stops it, or the numbers are not released yet (their account would be lost). Holds are set under a lock of the same row, so that one either comes before and
 * stops it, or after and is refused; there is nothing in between.
 */
export async function beginDeletion(
  db: Database,
  input: { contractId: string; businessAt: Date },
): Promise<{ status: DeletionStatus; offBoardingOpen: boolean }> {
  const { contractId, businessAt } = input;
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(deletions).where(eq(deletions.contractId, contractId)).for('update');
    if (row === undefined) throw new Error(`deletion of ${contractId} was not opened`);
    const { status } = row;
    if (status !== 'waiting' && status !== 'held') return { status, offBoardingOpen: false };
    const held = (await stoppingHolds(tx, contractId)).length > 0;
    const offBoardingOpen = await hasOpenTelephony(tx, contractId);
    const to = held ? 'held' : offBoardingOpen ? status : 'deleting';
    if (to === status) return { status, offBoardingOpen };
    await tx
      .update(deletions)
      .set({ status: to, begunAt: held ? null : businessAt })
      .where(eq(deletions.contractId, contractId));
    await recordAudit(tx, {
      actor: 'system',
      action: held ? 'deletion.held' : 'deletion.begun',
      subjectType: 'contract',
      subjectId: contractId,
      before: { status },
      after: { status: to },
      businessAt,
    });
    return { status: to, offBoardingOpen };
  });
}
