import { and, asc, count, desc, eq, gt, inArray, ne, notExists, notInArray, or, sql, sum } from 'drizzle-orm';
import { z } from 'zod';
import { matchPayments } from '../../../domain/billing/payment-match.ts';
import type { Executor } from '../../client.ts';
import {
  allocations,
  bankImports,
  bankLines,
  contracts,
  customers,
  papers,
  proposals,
} from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { findPartners } from '../partner/read.ts';
import { type OpenPaper, openPapers } from './receivable.ts';
import { type LineRow, namedPayersOf } from './settle.ts';

export type BankImportRow = typeof bankImports.$inferSelect;

/** The newest files. */
export function listBankImports(db: Executor, limit: number): Promise<BankImportRow[]> {
  return db.select().from(bankImports).orderBy(desc(bankImports.importedAt)).limit(limit);
}

export async function findBankImport(db: Executor, id: string): Promise<BankImportRow | null> {
  const [row] = await db.select().from(bankImports).where(eq(bankImports.id, id));
  return row ?? null;
}

export async function findBankLine(db: Executor, id: string): Promise<LineRow | null> {
  const [row] = await db.select().from(bankLines).where(eq(bankLines.id, id));
  return row ?? null;
}

/** Payments of a file in its order. */
export async function linesOfImport(
  db: Executor,
  query: { importId: string; limit: number; offset: number },
) {
  const where = eq(bankLines.importId, query.importId);
  const rows = await db
    .select()
    .from(bankLines)
    .where(where)
    // What asks for a person first.
    .orderBy(sql`${bankLines.status} = 'waiting' desc`, asc(bankLines.position))
    .limit(query.limit)
    .offset(query.offset);
  return { rows, count: await db.$count(bankLines, where) };
}

/** Payments that wait for a first person, the oldest first; those after one of them where one is given. */
export async function waitingLines(
  db: Executor,
  query: { after: Pick<LineRow, 'on' | 'id'> | null; limit: number },
): Promise<{ rows: LineRow[]; count: number }> {
  const { after, limit } = query;
  // What was proposed to a second person waits for that one.
  const proposed = db
    .select({ id: proposals.id })
    .from(proposals)
    .where(and(eq(proposals.about, sql`'bankLine/' || ${bankLines.id}`), eq(proposals.status, 'waiting')));
  const waits = and(eq(bankLines.status, 'waiting'), notExists(proposed));
  const rows = await db
    .select()
    .from(bankLines)
    .where(
      and(
        waits,
        after === null
          ? undefined
          : or(gt(bankLines.on, after.on), and(eq(bankLines.on, after.on), gt(bankLines.id, after.id))),
      ),
    )
    .orderBy(asc(bankLines.on), asc(bankLines.id))
    .limit(limit);
  return { rows, count: await db.$count(bankLines, waits) };
}

/** Sums by status, for the home page: of the test environment and of live payments. */
export function paymentCounts(db: Executor) {
  return db
    .select({
      sandbox: bankLines.sandbox,
      status: bankLines.status,
      lines: count(),
      yen: sum(bankLines.amountYen).mapWith(Number),
    })
    .from(bankLines)
    .groupBy(bankLines.sandbox, bankLines.status);
}

/** What was posted of a payment, taken back or not, the oldest first. */
export function postingsOf(db: Executor, lineId: string) {
  return db
    .select({ allocation: allocations, number: papers.number, contractId: papers.contractId })
    .from(allocations)
    .innerJoin(papers, eq(papers.id, allocations.paperId))
    .where(eq(allocations.lineId, lineId))
    .orderBy(asc(allocations.createdAt), asc(papers.number));
}

/** Payments that an entry of the bank may take back: of the same account and amount. */
export function takenBackBy(db: Executor, line: LineRow): Promise<LineRow[]> {
  return db
    .select()
    .from(bankLines)
    .where(
      and(
        ...[eq(bankLines.account, line.account), eq(bankLines.amountYen, line.amountYen)],
        ...[eq(bankLines.sandbox, line.sandbox), eq(bankLines.cancelled, false), ne(bankLines.id, line.id)],
        notInArray(bankLines.status, ['cancelled', 'returned']),
      ),
    )
    .orderBy(desc(bankLines.on))
    .limit(10);
}

/** What payers are called: customers, and partners by the register. */
export async function payerNamesOf(db: Executor, payers: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(payers)].filter((payer) => z.uuid().safeParse(payer).success);
  if (ids.length === 0) return new Map();
  const [rows, partners] = await Promise.all([
    db.select({ id: customers.id, name: customerName }).from(customers).where(inArray(customers.id, ids)),
    findPartners(db, ids),
  ]);
  return new Map([
    ...rows.map(({ id, name }) => [id, name] as const),
    ...partners.map(({ id, details }) => [id, details.name] as const),
  ]);
}

/** A payer's contract, for records about it: a customer's first, or the first that a partner pays a paper of. */
export async function contractOfPayer(db: Executor, payer: string): Promise<string | null> {
  if (!z.uuid().safeParse(payer).success) return null;
  const paid = db.select({ id: papers.contractId }).from(papers).where(eq(papers.payer, payer));
  const [row] = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(or(eq(contracts.customerId, payer), inArray(contracts.id, paid)))
    .orderBy(asc(contracts.createdAt))
    .limit(1);
  return row?.id ?? null;
}

export interface Proposal {
  parts: { invoice: string; amountYen: number }[];
  creditYen: number;
}

/** What a payment would pay if it were a payer's, by the rule that matches (第6条2項, Civil Code 489). */
export function proposalFor(
  line: Pick<LineRow, 'id' | 'on' | 'amountYen' | 'name' | 'reference'>,
  payer: string,
  open: readonly OpenPaper[],
  feeToleranceYen: number,
): Proposal {
  const { id, on, amountYen, name, reference } = line;
  const { allocations: paid, tasks } = matchPayments({
    payers: [{ id: payer, names: [name] }],
    invoices: open.filter((invoice) => invoice.payer === payer),
    lines: [{ id, on, amountYen, name, reference, cancelled: false }],
    feeToleranceYen,
  }).value;
  const [task] = tasks;
  if (task === undefined) {
    return { parts: paid.map(({ invoice, amountYen: yen }) => ({ invoice, amountYen: yen })), creditYen: 0 };
  }
  // Without anything open all of it is a credit.
  return { parts: task.proposal, creditYen: open.length === 0 ? amountYen : task.restYen };
}

/** Whose a payment may be: those whose name it bears, then those with exactly its amount open. */
export async function candidatesFor(db: Executor, line: LineRow, limit: number): Promise<string[]> {
  const { sandbox, amountYen } = line;
  const [named, exact] = await Promise.all([
    namedPayersOf(db, line),
    openPapers(db, { sandbox, amountYen, limit }),
  ]);
  return [...new Set([...named, ...exact.map(({ payer }) => payer)])].slice(0, limit);
}
