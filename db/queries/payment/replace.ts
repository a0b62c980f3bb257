import { and, eq, isNull, notExists, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { movePayments } from '../../../domain/billing/corrections.ts';
import { type CivilDate, laterOf } from '../../../domain/calendar/civil-date.ts';
import { postingDay } from '../../../domain/payments/settlement.ts';
import type { Executor, Transaction } from '../../client.ts';
import { allocations, contracts, credits, papers } from '../../schema/index.ts';
import { tellDunnings } from '../dunning/tell.ts';
import { standingCloses } from './closes.ts';
import { lockPayments } from './lock.ts';
import { type NewAllocation, postAllocations } from './post.ts';
import { payerOfPaper } from './receivable.ts';

type Correction = Pick<
  typeof papers.$inferSelect,
  'id' | 'correctsId' | 'contractId' | 'issuedOn' | 'totalYen'
>;

/**
 * What was paid of papers goes to those that replace them (修正インボイス, 第6条2項); what is too much becomes the payer's credit
 * (前受金), about which staff decide (第10条3項, 第16条). In the transaction that issues the new ones; nothing where none corrects.
 */
export async function movePaymentsToCorrections(
  tx: Transaction,
  issued: readonly Correction[],
  today: CivilDate,
): Promise<void> {
  const corrections = issued.filter(({ correctsId }) => correctsId !== null);
  if (corrections.length === 0) return;
  await lockPayments(tx, 'posts');
  for (const correction of corrections) await moveOf(tx, correction, today);
}

async function moveOf(tx: Transaction, correction: Correction, today: CivilDate): Promise<void> {
  const { id, correctsId, issuedOn, totalYen } = correction;
  if (correctsId === null) return;
  const [old] = await tx
    .select({ payer: payerOfPaper, sandbox: papers.sandbox })
    .from(papers)
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .where(eq(papers.id, correctsId));
  if (old === undefined) throw new Error(`paper ${id} corrects one that is missing`);
  const closes = await standingCloses(tx, old.sandbox);
  const paid = await tx.select().from(allocations).where(standsOn(tx, correctsId));
  const paidYen = paid.reduce((sum, { amountYen, discountYen }) => sum + amountYen + discountYen, 0);
  let leftYen = movePayments(paidYen, totalYen).allocatedYen;
  const rows: NewAllocation[] = [];
  const credited: (typeof credits.$inferInsert)[] = [];
  for (const { id: reverses, lineId, on: paidOn, amountYen, discountYen } of paid) {
    const on = postingDay(closes, laterOf(issuedOn, paidOn), today);
    const made = { lineId, on, madeBy: 'system' };
    rows.push({ ...made, paperId: correctsId, reverses, amountYen: -amountYen, discountYen: -discountYen });
    const moved = Math.min(leftYen, amountYen);
    const discount = Math.min(leftYen - moved, discountYen);
    leftYen -= moved + discount;
    if (moved + discount > 0) rows.push({ ...made, paperId: id, amountYen: moved, discountYen: discount });
    if (moved < amountYen) {
      credited.push({ ...made, ...old, kind: 'over', amountYen: amountYen - moved });
    }
  }
  await postAllocations(tx, rows, `corrected/${id}`);
  if (credited.length > 0) await tx.insert(credits).values(credited);
  if (rows.length === 0) await tellDunnings(tx, [correctsId], `corrected/${id}`);
}

/** Of allocations on a paper that were not taken back. */
function standsOn(db: Executor, paperId: string): SQL | undefined {
  const reversal = alias(allocations, 'reversal');
  return and(
    eq(allocations.paperId, paperId),
    isNull(allocations.reverses),
    notExists(db.select({ one: sql`1` }).from(reversal).where(eq(reversal.reverses, allocations.id))),
  );
}
