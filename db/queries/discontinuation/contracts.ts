import { and, asc, eq, gt, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { ToldStep } from '../../../domain/discontinuation/discontinuation-status.ts';
import type { Executor } from '../../client.ts';
import { bankAccounts, contracts, customers, discontinuationContracts } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import type { DiscontinuationRow } from './find.ts';

export type FrozenRow = typeof discontinuationContracts.$inferSelect & {
  contractNumber: string;
  customerName: string;
};

type Reach = Pick<DiscontinuationRow, 'id' | 'sandbox' | 'planCode'>;

/** The live contracts of the plan, or all where the service ends. */
const onPlan = ({ sandbox, planCode }: Pick<Reach, 'sandbox' | 'planCode'>): SQL | undefined =>
  and(LIVE, eq(contracts.sandbox, sandbox), planCode === null ? undefined : eq(contracts.planCode, planCode));

/** The live contracts that wrote down that the discontinuation reaches them. */
const wroteItDown = ({ id, sandbox }: Reach): SQL | undefined =>
  and(LIVE, eq(contracts.sandbox, sandbox), eq(contracts.discontinuationId, id));

/** Whom each step concerns: the end also those that have not written down the announcement yet, for nobody tells them again. */
const CONCERNS = {
  announce: onPlan,
  withdraw: wroteItDown,
  end: (reach) => or(onPlan(reach), wroteItDown(reach)),
} as const satisfies Record<ToldStep, (reach: Reach) => SQL | undefined>;

/** The live contracts that are to be told a step, a page in the order of their ids. */
export async function contractsToTell(
  db: Executor,
  discontinuation: Reach,
  page: { step: ToldStep; after: string | null; limit: number },
): Promise<string[]> {
  const rows = await db
    .select({ id: contracts.id })
    .from(contracts)
    .where(
      and(
        CONCERNS[page.step](discontinuation),
        page.after === null ? undefined : gt(contracts.id, page.after),
      ),
    )
    .orderBy(asc(contracts.id))
    .limit(page.limit);
  return rows.map((row) => row.id);
}

/** How many live contracts have yet to write down that a discontinuation reaches them. */
export async function countUntold(db: Executor, reach: Pick<Reach, 'sandbox' | 'planCode'>): Promise<number> {
  const [row] = await db
    .select({ untold: sql<number>`count(*)::int` })
    .from(contracts)
    .where(and(onPlan(reach), isNull(contracts.discontinuationId)));
  return row?.untold ?? 0;
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
  page: { limit: number; offset: number },
): Promise<FrozenRow[]> {
  const { contractId } = discontinuationContracts;
  const inVersion = of(version.discontinuationId, version.version);
  // The page is cut out before the names are looked up.
  const shown = db
    .select({ contractId })
    .from(discontinuationContracts)
    .where(inVersion)
    .orderBy(asc(contractId))
    .limit(page.limit)
    .offset(page.offset);
  const rows = await db
    .select({
      row: discontinuationContracts,
      contractNumber: contracts.contractNumber,
      customerName,
    })
    .from(discontinuationContracts)
    .innerJoin(contracts, eq(contracts.id, contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(and(inVersion, inArray(contractId, shown)))
    .orderBy(asc(contractId));
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
  const { feeYen, taxYen, balanceYen, totalYen, fate, basis, unusableDays } = discontinuationContracts;
  const [sums] = await db
    .select({
      feeYen: sql<number>`coalesce(sum(${feeYen}), 0)::float8`,
      taxYen: sql<number>`coalesce(sum(${taxYen}), 0)::float8`,
      balanceYen: sql<number>`coalesce(sum(${balanceYen}), 0)::float8`,
      refundYen: sql<number>`coalesce(sum(${totalYen}), 0)::float8`,
      contracts: sql<number>`count(*)::int`,
      ending: sql<number>`(count(*) filter (where ${fate} = 'ends'))::int`,
      fromPrices: sql<number>`(count(*) filter (where ${fate} = 'ends' and ${basis} = 'prices'))::int`,
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

/** What no list has taken up: the refunds with an account, and those that lack one. */
export interface UnpaidRefunds {
  payable: number;
  payableYen: number;
  missing: number;
  /** The first of the contracts without an account, by id. */
  firstMissing: string[];
}

/** Contracts without an account that a page names; the rest is a number. */
const NAMED = 100;

/** The refunds of a version that are on no list yet. */
export const unpaid = (version: { discontinuationId: string; version: number }): SQL | undefined =>
  and(
    of(version.discontinuationId, version.version),
    gt(discontinuationContracts.totalYen, 0),
    isNull(discontinuationContracts.batch),
  );

/** The newest account of a contract; null where none was entered. */
export const NEWEST_ACCOUNT = sql<string | null>`(select b.id from ${bankAccounts} b
  where b.contract_id = ${discontinuationContracts}.contract_id order by b.created_at desc, b.id desc limit 1)`;

/** How many refunds of a version are on no list, and how many of them cannot be for want of an account. */
export async function unpaidRefunds(
  db: Executor,
  version: { discontinuationId: string; version: number },
): Promise<UnpaidRefunds> {
  const { contractId, totalYen } = discontinuationContracts;
  const lacking = and(unpaid(version), sql`${NEWEST_ACCOUNT} is null`);
  const [[sums], first] = await Promise.all([
    db
      .select({
        payable: sql<number>`(count(*) filter (where ${NEWEST_ACCOUNT} is not null))::int`,
        payableYen: sql<number>`coalesce(sum(${totalYen}) filter (where ${NEWEST_ACCOUNT} is not null), 0)::float8`,
        missing: sql<number>`(count(*) filter (where ${NEWEST_ACCOUNT} is null))::int`,
      })
      .from(discontinuationContracts)
      .where(unpaid(version)),
    db
      .select({ contractId })
      .from(discontinuationContracts)
      .where(lacking)
      .orderBy(asc(contractId))
      .limit(NAMED),
  ]);
  if (sums === undefined) throw new Error('no sums');
  return { ...sums, firstMissing: first.map((row) => row.contractId) };
}

export type BankAccountRow = typeof bankAccounts.$inferSelect;

/** What a list pays: each refund with the account that was frozen for it. */
export async function batchRows(
  db: Executor,
  list: { discontinuationId: string; batch: number },
): Promise<(FrozenRow & { account: BankAccountRow })[]> {
  const rows = await db
    .select({
      row: discontinuationContracts,
      contractNumber: contracts.contractNumber,
      customerName,
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
