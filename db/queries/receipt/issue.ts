import { asc, eq, inArray } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { grouped } from '../../../domain/base/grouped.ts';
import { documentNumber, numberRange, rangeKey } from '../../../domain/billing/document-numbers.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { type ReceiptPosting, receiptFor } from '../../../domain/payments/receipt.ts';
import { CHARGED_TYPES } from '../../../domain/payments/receivable.ts';
import type { Executor, Transaction } from '../../client.ts';
import { allocations, papers, receipts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { nextNumber } from '../counter/next.ts';
import { lockPayments } from '../payment/lock.ts';

export type ReceiptRow = typeof receipts.$inferSelect;

export interface NewReceipt {
  /** Of the form: sent twice, it is one. */
  receiptId: string;
  paperId: string;
  issuedBy: string;
  today: CivilDate;
  at: Date;
}

/** Issues the receipt for a paid invoice with the next number of its range (領収書, 第6条2項); one that is there already is given again. */
export async function issueReceipt(
  tx: Transaction,
  input: NewReceipt,
): Promise<Answer<{ receipt: ReceiptRow; isNew: boolean }>> {
  const { receiptId: id, paperId, issuedBy, today, at } = input;
  // No payment comes or goes meanwhile.
  await lockPayments(tx, 'posts');
  const [before] = await tx.select().from(receipts).where(eq(receipts.id, id));
  if (before !== undefined) return { ok: true, receipt: before, isNew: false };
  const [paper] = await tx.select().from(papers).where(eq(papers.id, paperId));
  if (paper === undefined || paper.status !== 'issued' || !CHARGED_TYPES.some((type) => type === paper.type))
    return refuse('invalid', '領収書は、発行した請求書についてだけ発行できます。', '第6条2項');
  const last = (await lastReceipts(tx, [paperId])).get(paperId) ?? null;
  const postings = (await postingsOf(tx, [paperId])).get(paperId) ?? [];
  const judged = receiptFor({ totalYen: paper.totalYen, last }, postings);
  if (!judged.ok) return judged;
  const { facts, edition } = judged;
  const { contractId, sandbox } = paper;
  const range = numberRange('receipt', today, sandbox);
  const number = documentNumber(range, await nextNumber(tx, rangeKey(range)));
  const made = { id, paperId, contractId, edition, number, ...facts, sandbox };
  const [receipt] = await tx
    .insert(receipts)
    .values({ ...made, issuedOn: today, issuedAt: at, issuedBy })
    .returning();
  if (receipt === undefined) throw new Error('the receipt was not stored');
  await recordAudit(tx, {
    ...{ actor: issuedBy, action: 'receipt.issued', subjectType: 'contract', subjectId: contractId },
    after: { number, invoice: paper.number, amountYen: facts.amountYen, edition },
    businessAt: at,
  });
  return { ok: true, receipt, isNew: true };
}

/** The last receipt of each paper that has one. */
export async function lastReceipts(
  db: Executor,
  paperIds: readonly string[],
): Promise<Map<string, ReceiptRow>> {
  const rows = await db
    .select()
    .from(receipts)
    .where(inArray(receipts.paperId, [...paperIds]))
    .orderBy(asc(receipts.edition));
  return new Map(rows.map((row) => [row.paperId, row]));
}

/** What was posted on papers, as receipts look at it. */
export async function postingsOf(
  db: Executor,
  paperIds: readonly string[],
): Promise<Map<string, ReceiptPosting[]>> {
  const rows = await db
    .select()
    .from(allocations)
    .where(inArray(allocations.paperId, [...paperIds]))
    .orderBy(asc(allocations.createdAt), asc(allocations.id));
  const byPaper = grouped(rows, ({ paperId }) => paperId);
  return new Map(
    [...byPaper].map(([paperId, some]) => [
      paperId,
      some.map(({ id, reverses, on, amountYen, discountYen, lineId }) => ({
        ...{ id, reverses, on, amountYen, discountYen, fromCredit: lineId === null },
      })),
    ]),
  );
}
