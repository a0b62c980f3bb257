import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { receiptFor, receiptStands } from '../../../domain/payments/receipt.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, documents, papers, receipts } from '../../schema/index.ts';
import type { BillingParty } from '../contact/billing.ts';
import { findPartner } from '../partner/read.ts';
import { charged, openYenOfPaper, payerOfPaper } from '../payment/receivable.ts';
import { lastReceipts, postingsOf, type ReceiptRow } from './issue.ts';

/** Paid papers of a payer that are shown. */
const SHOWN = 50;

/** A paid invoice, and whether there is a receipt for it. */
export interface PaidPaper {
  paperId: string;
  number: string;
  totalYen: number;
  /** Its last receipt, where that is in the archive, and whether what it is for stands. */
  receipt: { number: string; issuedOn: CivilDate; documentId: string | null; stands: boolean } | null;
  /** Whether one may be issued now. */
  mayIssue: boolean;
}

/** Paid invoices of a payer with their receipts (領収書), the newest first. */
export async function paidPapers(
  db: Executor,
  { payer, sandbox }: { payer: string; sandbox: boolean },
): Promise<PaidPaper[]> {
  const rows = await db
    .select({ paperId: papers.id, number: papers.number, totalYen: papers.totalYen })
    .from(papers)
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .where(
      and(
        ...[eq(papers.sandbox, sandbox), eq(payerOfPaper, payer), charged(db)],
        ...[sql`${papers.totalYen} > 0`, sql`${openYenOfPaper} <= 0`],
      ),
    )
    .orderBy(desc(papers.issuedOn), desc(papers.number))
    .limit(SHOWN);
  const ids = rows.map(({ paperId }) => paperId);
  const [last, postings] = await Promise.all([lastReceipts(db, ids), postingsOf(db, ids)]);
  const archived = await archivedReceipts(db, [...last.values()]);
  return rows.map(({ paperId, number, totalYen }) => {
    const row = last.get(paperId) ?? null;
    const posted = postings.get(paperId) ?? [];
    return {
      ...{ paperId, number: number ?? '', totalYen },
      receipt:
        row === null
          ? null
          : {
              ...{ number: row.number, issuedOn: row.issuedOn, stands: receiptStands(row, posted) },
              documentId: archived.get(row.number) ?? null,
            },
      mayIssue: receiptFor({ totalYen, last: row }, posted).ok,
    };
  });
}

async function archivedReceipts(db: Executor, rows: readonly ReceiptRow[]): Promise<Map<string, string>> {
  const numbers = rows.map(({ number }) => number);
  const found = await db
    .select({ number: documents.number, id: documents.id })
    .from(documents)
    .where(and(eq(documents.kind, 'receipt'), inArray(documents.number, numbers)));
  return new Map(found.map(({ number, id }) => [number, id]));
}

export type ReceiptToDraw = NonNullable<Awaited<ReturnType<typeof findReceipt>>>;

/** A receipt with its invoice, whom it is made out to, and the one that it takes the place of; null where there is none. */
export async function findReceipt(db: Executor, receiptId: string) {
  const [row] = await db
    .select({
      ...{ receipt: receipts, paper: papers, customer: customers },
      contractNumber: contracts.contractNumber,
      replaces: sql<
        string | null
      >`(select r.number from ${receipts} r where r.paper_id = ${receipts.paperId} and r.edition = ${receipts.edition} - 1)`,
    })
    .from(receipts)
    .innerJoin(papers, eq(papers.id, receipts.paperId))
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(eq(receipts.id, receiptId));
  if (row === undefined) return null;
  const { payer } = row.paper;
  const partner = payer === 'customer' ? null : await findPartner(db, payer);
  const { name, postalCode, address } = partner?.details ?? row.customer;
  const party: BillingParty = partner === null ? { customerId: row.customer.id } : { partnerId: partner.id };
  return { ...row, recipient: { name, postalCode, address }, party };
}
