import { and, asc, eq, inArray, notExists, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { OpenInvoice } from '../../../domain/billing/payment-match.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { CHARGED_TYPES } from '../../../domain/payments/receivable.ts';
import type { Executor } from '../../client.ts';
import { allocations, contracts, customers, papers, partners, writeOffs } from '../../schema/index.ts';

/** Who pays a paper: the customer of its contract, or a partner. */
export const payerOfPaper = sql<string>`case when ${papers.payer} = 'customer' then ${contracts.customerId}::text else ${papers.payer} end`;

/** What was paid of a paper until now, transfer fees that were accepted included. */
export const paidYenOfPaper = sql<number>`(select coalesce(sum(${allocations.amountYen} + ${allocations.discountYen}), 0) from ${allocations} where ${allocations.paperId} = ${papers.id})`;

/** What is open of a paper. */
export const openYenOfPaper = sql<number>`(${papers.totalYen} - ${paidYenOfPaper})`.mapWith(Number);

/** The issued paper that replaces one (修正インボイス). */
export const correction = alias(papers, 'correction');
/** Whether `correction` replaces the paper. */
export const isReplaced = and(eq(correction.correctsId, papers.id), eq(correction.status, 'issued'));

/** Issued papers that ask for money and stand: neither given up nor replaced. */
export function charged(db: Executor): SQL | undefined {
  const writtenOff = db.select({ id: writeOffs.id }).from(writeOffs).where(eq(writeOffs.paperId, papers.id));
  const replaced = db.select({ id: correction.id }).from(correction).where(isReplaced);
  return and(
    ...[eq(papers.status, 'issued'), inArray(papers.type, [...CHARGED_TYPES])],
    ...[notExists(writtenOff), notExists(replaced)],
  );
}

export interface OpenPaper extends OpenInvoice {
  paperId: string;
  contractId: string;
  totalYen: number;
}

/** Whether somebody may owe anything: a customer of that side, a partner, or whoever pays a paper of it. */
export async function isPayer(
  db: Executor,
  { payer, sandbox }: { payer: string; sandbox: boolean },
): Promise<boolean> {
  if (isUuid(payer)) {
    const own = and(eq(customers.id, payer), eq(customers.sandbox, sandbox));
    if ((await db.$count(customers, own)) > 0) return true;
    if ((await db.$count(partners, eq(partners.id, payer))) > 0) return true;
  }
  // What its papers call the customer of their contract names nobody by itself.
  if (payer === 'customer') return false;
  return (await db.$count(papers, and(eq(papers.payer, payer), eq(papers.sandbox, sandbox)))) > 0;
}

/** Which open papers are asked for: of payers, with a number's letters and digits, of ids, or with exactly an amount open. */
export interface OpenQuery {
  sandbox: boolean;
  payers?: readonly string[];
  references?: readonly string[];
  paperIds?: readonly string[];
  amountYen?: number;
  dueBefore?: CivilDate;
  limit?: number;
}

/** Open papers, the earliest due first (Civil Code 489). */
export async function openPapers(db: Executor, query: OpenQuery): Promise<OpenPaper[]> {
  const { sandbox, amountYen, dueBefore, limit } = query;
  const found = db
    .select({
      paperId: papers.id,
      contractId: papers.contractId,
      number: sql<string>`${papers.number}`,
      payer: payerOfPaper,
      issuedOn: papers.issuedOn,
      dueOn: papers.dueOn,
      totalYen: papers.totalYen,
      openYen: openYenOfPaper,
    })
    .from(papers)
    .innerJoin(contracts, eq(contracts.id, papers.contractId))
    .where(
      and(
        eq(papers.sandbox, sandbox),
        charged(db),
        sql`${openYenOfPaper} > 0`,
        asked(query),
        amountYen === undefined ? undefined : sql`${openYenOfPaper} = ${amountYen}`,
        dueBefore === undefined ? undefined : sql`${papers.dueOn} < ${dueBefore}`,
      ),
    )
    .orderBy(asc(papers.dueOn), asc(papers.issuedOn), asc(papers.number));
  return limit === undefined ? found : found.limit(limit);
}

/** Each way by an index of its own; several together are all that any of them finds. */
function asked({ payers = [], references = [], paperIds = [] }: OpenQuery): SQL | undefined {
  const ways = [
    ...(payers.length === 0
      ? []
      : [
          sql`select p.id from papers p join contracts c on c.id = p.contract_id where c.customer_id = any(${listed(payers.filter(isUuid))}::uuid[]) and p.payer = 'customer'`,
          sql`select p.id from papers p where p.payer <> 'customer' and p.payer = any(${listed(payers)})`,
        ]),
    // As `referenceCore` (domain/billing/payer-kana.ts) gives it of a number of ours.
    ...(references.length === 0
      ? []
      : [
          sql`select p.id from papers p where regexp_replace(p.number, '[^0-9A-Z]', '', 'g') = any(${listed(references)})`,
        ]),
    ...(paperIds.length === 0 ? [] : [sql`select unnest(${listed(paperIds)}::uuid[])`]),
  ];
  return ways.length === 0 ? undefined : sql`${papers.id} in (${sql.join(ways, sql` union all `)})`;
}

const NEXT = '\n';
const listed = (texts: readonly string[]) => sql`string_to_array(${texts.join(NEXT)}, ${NEXT})`;

const isUuid = (text: string): boolean => z.uuid().safeParse(text).success;
