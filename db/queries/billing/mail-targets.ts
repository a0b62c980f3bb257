import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import { sentTo } from '../../../domain/billing/handover.ts';
import type { Executor } from '../../client.ts';
import { billingContacts, contacts, contracts, papers } from '../../schema/index.ts';

/** One mail of a paper; without a contact for invoices it goes to the registered contact of the contract. */
export interface PaperMail {
  paperId: string;
  contractId: string;
  position: number;
  billingContactId?: string;
}

/**
 * The mails of the next drawn papers of a run after a number's place (第6条2項): to the contacts for invoices of whoever the paper is
 * sent to; for a customer without any to the registered contact. Papers of other series with the same place come with them.
 */
export async function papersToMail(
  db: Executor,
  query: { runId: string; after: number; limit: number },
): Promise<PaperMail[]> {
  const { runId, after, limit } = query;
  const drawn = [eq(papers.runId, runId), isNotNull(papers.drawnAt), gt(papers.position, after)];
  const page = await db
    .select({ position: papers.position })
    .from(papers)
    .where(and(...drawn))
    .orderBy(asc(papers.position))
    .limit(limit);
  const last = page.at(-1)?.position;
  if (last == null) return [];
  const rows = await db
    .select({ paper: papers, customerId: contracts.customerId, contactId: contacts.id })
    .from(papers)
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .leftJoin(contacts, eq(contacts.contractId, papers.contractId))
    .where(and(...drawn, lte(papers.position, last)))
    .orderBy(asc(papers.position), asc(papers.series));
  const own = await activeContacts(
    db,
    rows.map(({ customerId }) => customerId),
    rows.map(({ paper }) => sentTo(paper)).filter((to) => to !== 'customer'),
  );
  const mails = rows.flatMap(({ paper, customerId, contactId }): PaperMail[] => {
    const mail = { paperId: paper.id, contractId: paper.contractId, position: paper.position ?? after };
    const to = sentTo(paper);
    const named = own.filter((each) =>
      to === 'customer' ? each.customerId === customerId : each.partnerId === to,
    );
    if (named.length > 0) return named.map(({ id }) => ({ ...mail, billingContactId: id }));
    // A partner that nobody can write to: its task says so.
    return to === 'customer' && contactId !== null ? [mail] : [];
  });
  // A page without anybody to write to must not look like the last one.
  return mails.length > 0 ? mails : papersToMail(db, { ...query, after: last });
}

function activeContacts(db: Executor, customerIds: readonly string[], partnerIds: readonly string[]) {
  const of = [
    inArray(billingContacts.customerId, [...new Set(customerIds)]),
    ...(partnerIds.length === 0 ? [] : [inArray(billingContacts.partnerId, [...new Set(partnerIds)])]),
  ];
  return db
    .select()
    .from(billingContacts)
    .where(and(isNull(billingContacts.removedAt), or(...of)))
    .orderBy(asc(billingContacts.createdAt), asc(billingContacts.id));
}
