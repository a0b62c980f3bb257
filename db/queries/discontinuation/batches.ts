import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { discontinuationContracts, refundBatches } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { NEWEST_ACCOUNT, unpaid, unpaidRefunds } from './contracts.ts';

export type RefundBatch = typeof refundBatches.$inferSelect;

export interface BatchInput {
  discontinuationId: string;
  version: number;
  batch: number;
  staffId: string;
  businessAt: Date;
}

/** The lists of a discontinuation, the first one first. */
export async function refundBatchesOf(db: Executor, discontinuationId: string): Promise<RefundBatch[]> {
  return db
    .select()
    .from(refundBatches)
    .where(eq(refundBatches.discontinuationId, discontinuationId))
    .orderBy(asc(refundBatches.batch));
}

/**
 * Billing submits a list: every refund that has an account and is on no list yet, with that account as it is now. Gives how
 * many; 0 where nothing can be paid, and no list then. A repeat gives the list that is there.
 */
export async function submitBatch(db: Database, input: BatchInput): Promise<{ refunds: number }> {
  const { discontinuationId, version, batch, staffId } = input;
  return db.transaction(async (tx) => {
    const there = (await refundBatchesOf(tx, discontinuationId)).find((list) => list.batch === batch);
    if (there !== undefined) return { refunds: there.refunds };
    const taken = await tx
      .update(discontinuationContracts)
      .set({ batch, bankAccountId: NEWEST_ACCOUNT })
      .where(and(unpaid({ discontinuationId, version }), sql`${NEWEST_ACCOUNT} is not null`))
      .returning({ yen: discontinuationContracts.totalYen });
    if (taken.length === 0) return { refunds: 0 };
    const list = { refunds: taken.length, totalYen: taken.reduce((sum, { yen }) => sum + yen, 0) };
    await tx.insert(refundBatches).values({ discontinuationId, batch, ...list, submittedBy: staffId });
    await audit(tx, input, 'refunds.submitted', list);
    return { refunds: list.refunds };
  });
}

/** The second person gives a list free; gives how many refunds are on no list still. */
export async function approveBatch(db: Database, input: BatchInput): Promise<{ left: number }> {
  const { discontinuationId, version, staffId, businessAt } = input;
  return db.transaction(async (tx) => {
    const approved = await tx
      .update(refundBatches)
      .set({ approvedBy: staffId, approvedAt: businessAt })
      .where(and(listOf(input), isNull(refundBatches.approvedBy)))
      .returning({ refunds: refundBatches.refunds, totalYen: refundBatches.totalYen });
    const [list] = approved;
    if (list !== undefined) await audit(tx, input, 'refunds.approved', list);
    const { payable, missing } = await unpaidRefunds(tx, { discontinuationId, version });
    return { left: payable + missing };
  });
}

/** The second person sends a list back: its refunds are free for another one. */
export async function withdrawBatch(db: Database, input: BatchInput): Promise<void> {
  const { discontinuationId, version, batch } = input;
  await db.transaction(async (tx) => {
    const removed = await tx
      .delete(refundBatches)
      .where(and(listOf(input), isNull(refundBatches.approvedBy)))
      .returning({ refunds: refundBatches.refunds, totalYen: refundBatches.totalYen });
    const [list] = removed;
    if (list === undefined) return;
    await tx
      .update(discontinuationContracts)
      .set({ batch: null, bankAccountId: null })
      .where(
        and(
          eq(discontinuationContracts.discontinuationId, discontinuationId),
          eq(discontinuationContracts.version, version),
          eq(discontinuationContracts.batch, batch),
        ),
      );
    await audit(tx, input, 'refunds.sentBack', list);
  });
}

const listOf = ({ discontinuationId, batch }: BatchInput) =>
  and(eq(refundBatches.discontinuationId, discontinuationId), eq(refundBatches.batch, batch));

async function audit(
  tx: Executor,
  input: BatchInput,
  action: 'refunds.submitted' | 'refunds.approved' | 'refunds.sentBack',
  figures: { refunds: number; totalYen: number },
): Promise<void> {
  await recordAudit(tx, {
    actor: input.staffId,
    action,
    subjectType: 'discontinuation',
    subjectId: input.discontinuationId,
    after: { batch: input.batch, ...figures },
    businessAt: input.businessAt,
  });
}
