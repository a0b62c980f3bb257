import { and, asc, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { bankAccounts, contracts, customers, discontinuationContracts } from '../../schema/index.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import type { DiscontinuationRow } from './find.ts';

export type FrozenRow = typeof discontinuationContracts.$inferSelect & {
  contractNumber: string;
  customerName: string;
};

/** The live contracts that the discontinuation has to reach, a page in the order of their ids. */
export async function contractsToTell(
  db: Executor,
  discontinuation: Pick<DiscontinuationRow, 'id' | 'sandbox' | 'planCode'>,
  page: { after: string | null; limit: number; told: boolean },
): Promise<string[]> {
  const { id, sandbox, planCode } = discontinuation;
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(
      and(
        LIVE,
        eq(contracts.sandbox, sandbox),
        page.told
          ? eq(contracts.discontinuationId, id)
          : planCode === null
            ? undefined
            : eq(contracts.planCode, planCode),
        page.after === null ? undefined : gt(contracts.id, page.after),
      ),
    )
    .orderBy(asc(contracts.id))
    .limit(page.limit);
  return rows.map((row) => row.id);
}

const of = (discontinuationId: string, version: number) =>
  and(
    eq(discontinuationContracts.discontinuationId, discontinuationId),
    eq(discontinuationContracts.version, version),
  );

/** One page of a version's contracts, by contract id. */
export async function frozenRows(
  db: Executor,
  version: { discontinuationId: string; version: number },
  page: { limit: number; offset: number; refundsOnly?: boolean },
): Promise<FrozenRow[]> {
  const rows = await db
    .select({
      row: discontinuationContracts,
      contractNumber: contracts.contractNumber,
      customerName: customers.name,
    })
    .from(discontinuationContracts)
    .innerJoin(contracts, eq(contracts.id, discontinuationContracts.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(
      and(
        of(version.discontinuationId, version.version),
        page.refundsOnly ? gt(discontinuationContracts.totalYen, 0) : undefined,
      ),
    )
    .orderBy(asc(discontinuationContracts.contractId))
    .limit(page.limit)
    .offset(page.offset);
  return rows.map(({ row, ...names }) => ({ ...row, ...names }));
}

/** The contracts of a version that end with the service and are to be told, by id. */
export async function contractsEnding(
  db: Executor,
  version: { discontinuationId: string; version: number },
): Promise<string[]> {
  const rows = await db
    .select({ contractId: discontinuationContracts.contractId })
    .from(discontinuationContracts)
    .where(and(of(version.discontinuationId, version.version), eq(discontinuationContracts.fate, 'ends')))
    .orderBy(asc(discontinuationContracts.contractId));
  return rows.map(({ contractId }) => contractId);
}

/** Sums over a version, yen. */
export async function frozenTotals(db: Executor, version: { discontinuationId: string; version: number }) {
  const { feeYen, taxYen, balanceYen, totalYen, fate, unusableDays } = discontinuationContracts;
  const [sums] = await db
    .select({
      feeYen: sql<number>`coalesce(sum(${feeYen}), 0)::float8`,
      taxYen: sql<number>`coalesce(sum(${taxYen}), 0)::float8`,
      balanceYen: sql<number>`coalesce(sum(${balanceYen}), 0)::float8`,
      refundYen: sql<number>`coalesce(sum(${totalYen}), 0)::float8`,
      contracts: sql<number>`count(*)::int`,
      ending: sql<number>`(count(*) filter (where ${fate} = 'ends'))::int`,
      endsBefore: sql<number>`(count(*) filter (where ${fate} = 'endsBefore'))::int`,
      movesAway: sql<number>`(count(*) filter (where ${fate} = 'movesAway'))::int`,
      late: sql<number>`(count(*) filter (where ${discontinuationContracts.late}))::int`,
      cut: sql<number>`(count(*) filter (where ${unusableDays} > 0))::int`,
      refunds: sql<number>`(count(*) filter (where ${totalYen} > 0))::int`,
    })
    .from(discontinuationContracts)
    .where(of(version.discontinuationId, version.version));
  if (sums === undefined) throw new Error('no sums');
  return sums;
}

/** Refunds that no list has taken up, with the newest account of each contract; null where none was entered. */
export async function unpaidRefunds(
  db: Executor,
  version: { discontinuationId: string; version: number },
): Promise<{ contractId: string; totalYen: number; bankAccountId: string | null }[]> {
  const rows = await db
    .select({ contractId: discontinuationContracts.contractId, totalYen: discontinuationContracts.totalYen })
    .from(discontinuationContracts)
    .where(
      and(
        of(version.discontinuationId, version.version),
        gt(discontinuationContracts.totalYen, 0),
        isNull(discontinuationContracts.batch),
      ),
    )
    .orderBy(asc(discontinuationContracts.contractId));
  const accounts = await newestAccounts(
    db,
    rows.map(({ contractId }) => contractId),
  );
  return rows.map((row) => ({ ...row, bankAccountId: accounts.get(row.contractId)?.id ?? null }));
}

export type BankAccountRow = typeof bankAccounts.$inferSelect;

/** The newest account of each contract. */
export async function newestAccounts(
  db: Executor,
  contractIds: string[],
): Promise<Map<string, BankAccountRow>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(bankAccounts)
    .where(inArray(bankAccounts.contractId, contractIds))
    .orderBy(asc(bankAccounts.createdAt), asc(bankAccounts.id));
  return new Map(rows.map((row) => [row.contractId, row]));
}

/** What a list pays: each refund with the account that was frozen for it. */
export async function batchRows(
  db: Executor,
  list: { discontinuationId: string; batch: number },
): Promise<(FrozenRow & { account: BankAccountRow })[]> {
  const rows = await db
    .select({
      row: discontinuationContracts,
      contractNumber: contracts.contractNumber,
      customerName: customers.name,
      account: bankAccounts,
    })
    .from(discontinuationContracts)
    .innerJoin(contracts, eq(contracts.id, discontinuationContracts.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .innerJoin(bankAccounts, eq(bankAccounts.id, discontinuationContracts.bankAccountId))
    .where(
      and(
        eq(discontinuationContracts.discontinuationId, list.discontinuationId),
        eq(discontinuationContracts.batch, list.batch),
        isNotNull(discontinuationContracts.batch),
      ),
    )
    .orderBy(asc(contracts.contractNumber));
  return rows.map(({ row, ...more }) => ({ ...row, ...more }));
}
