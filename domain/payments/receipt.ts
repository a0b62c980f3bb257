import { type Answer, refuse } from '../base/answers.ts';
import { type CivilDate, laterOf } from '../calendar/civil-date.ts';

const CLAUSE = '第6条2項';

/** A posting on an invoice; what takes an earlier one back names it and has the other sign. */
export interface ReceiptPosting {
  id: string;
  reverses: string | null;
  on: CivilDate;
  amountYen: number;
  discountYen: number;
  /** A credit (前受金) was applied, no transfer came. */
  fromCredit: boolean;
}

/** What a receipt says of the money, in yen. */
export interface ReceiptFacts {
  amountYen: number;
  /** The transfer fee that was accepted as paid. */
  discountYen: number;
  /** The day of the last payment. */
  receivedOn: CivilDate;
  way: 'transfer' | 'credit' | 'both';
  /** The postings that it is for. */
  allocationIds: string[];
}

/** The last receipt for an invoice, where there is one. */
export interface LastReceipt {
  edition: number;
  allocationIds: readonly string[];
}

/**
 * What the receipt for an invoice says (領収書, 第6条2項), or why there is none: the invoice is not paid to the last yen, or its receipt
 * was issued and what that is for stands. One whose payment was taken back is followed by another edition (再発行).
 */
export function receiptFor(
  invoice: { totalYen: number; last: LastReceipt | null },
  postings: readonly ReceiptPosting[],
): Answer<{ facts: ReceiptFacts; edition: number }> {
  const { totalYen, last } = invoice;
  const takenBack = new Set(postings.map(({ reverses }) => reverses));
  const standing = postings.filter(({ id, reverses }) => reverses === null && !takenBack.has(id));
  const [first] = standing;
  const amountYen = standing.reduce((sum, posting) => sum + posting.amountYen, 0);
  const discountYen = standing.reduce((sum, posting) => sum + posting.discountYen, 0);
  if (first === undefined || amountYen <= 0 || amountYen + discountYen < totalYen) {
    return refuse('ruleRefuses', '全額の入金が確認できた請求書についてだけ、領収書を発行できます。', CLAUSE);
  }
  if (last !== null && receiptStands(last, postings)) {
    return refuse('stale', 'この入金の領収書は発行済みです。同じ領収書をお渡しください。', CLAUSE);
  }
  const ways = new Set(standing.map(({ fromCredit }) => fromCredit));
  const facts: ReceiptFacts = {
    ...{ amountYen, discountYen, allocationIds: standing.map(({ id }) => id) },
    receivedOn: standing.reduce((latest, { on }) => laterOf(latest, on), first.on),
    way: ways.size > 1 ? 'both' : ways.has(true) ? 'credit' : 'transfer',
  };
  return { ok: true, facts, edition: (last?.edition ?? 0) + 1 };
}

/** Whether nothing of what a receipt is for was taken back. */
export function receiptStands(
  { allocationIds }: Pick<LastReceipt, 'allocationIds'>,
  postings: readonly Pick<ReceiptPosting, 'reverses'>[],
): boolean {
  return !postings.some(({ reverses }) => reverses !== null && allocationIds.includes(reverses));
}
