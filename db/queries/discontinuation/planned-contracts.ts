import { and, asc, desc, eq, gt, inArray, ne, type SQL } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/civil-date.ts';
import type { PlannedChange, PlannedContract } from '../../../domain/discontinuation-plan.ts';
import { periodFee } from '../../../domain/fees.ts';
import type { Period } from '../../../domain/periods.ts';
import { recordedBasis } from '../../../domain/recorded-basis.ts';
import type { Executor } from '../../client.ts';
import { contractPeriods, contracts, customers, mails, requests } from '../../schema/index.ts';
import { type Contracted, itemsOf } from '../catalogue/price.ts';
import { withChange } from '../contract/apply-change.ts';
import { type Catalogue, readCatalogue } from '../read/catalogue.ts';
import { LIVE } from '../rescreening/live-contracts.ts';

/** Which contracts a discontinuation is about. */
export interface DiscontinuationScope {
  sandbox: boolean;
  /** Null: the whole service. */
  planCode: string | null;
  /** Once announced: the contracts that it has been told to are counted by that. */
  discontinuationId: string | null;
  /** After the last day: only contracts that ended with it. */
  ended: boolean;
}

export interface PlannedContractRow {
  contractId: string;
  contractNumber: string;
  customerName: string;
  contract: PlannedContract;
  /** The last mail about the contract was refused or came back. */
  unreachable: boolean;
}

/** The contracts of a scope as a condition: live ones, or those that the announced discontinuation has ended. */
export function scopeCondition(scope: DiscontinuationScope): SQL | undefined {
  const { sandbox, planCode, discontinuationId, ended } = scope;
  if (ended) {
    return and(
      eq(contracts.discontinuationId, discontinuationId ?? ''),
      eq(contracts.endsOn, contracts.discontinuedOn),
      ne(contracts.status, 'terminated'),
    );
  }
  return and(
    LIVE,
    eq(contracts.sandbox, sandbox),
    planCode === null ? undefined : eq(contracts.planCode, planCode),
  );
}

/** Reads contracts for a discontinuation, page by page in the order of their ids; prices are read once. */
export function plannedContracts(db: Executor, scope: DiscontinuationScope) {
  const catalogues = new Map<number, Promise<Catalogue>>();
  const catalogueOf = (version: number): Promise<Catalogue> => {
    const known = catalogues.get(version) ?? readCatalogue(db, version);
    catalogues.set(version, known);
    return known;
  };

  return async (after: string | null, limit: number): Promise<PlannedContractRow[]> => {
    const rows = await db
      .select({ contract: contracts, customerName: customers.name })
      .from(contracts)
      .innerJoin(customers, eq(customers.id, contracts.customerId))
      .where(and(scopeCondition(scope), after === null ? undefined : gt(contracts.id, after)))
      .orderBy(asc(contracts.id))
      .limit(limit);
    const ids = rows.map(({ contract }) => contract.id);
    if (ids.length === 0) return [];
    const [periods, changes, unreachable] = await Promise.all([
      periodsOf(db, ids),
      changesOf(db, ids),
      unreachableOf(db, ids),
    ]);
    return Promise.all(
      rows.map(async ({ contract, customerName }) => {
        const catalogue = await catalogueOf(contract.catalogueVersion);
        const basis = recordedBasis(
          { kind: contract.kind, firstDay: contract.firstDay as CivilDate },
          periods.get(contract.id) ?? [],
        );
        return {
          contractId: contract.id,
          contractNumber: contract.contractNumber,
          customerName,
          unreachable: unreachable.has(contract.id),
          contract: {
            basis,
            endsOn: ownEnd(contract, scope.discontinuationId),
            planCode: contract.planCode,
            feeYen: feeOf(catalogue, contract),
            balanceYen: contract.prepaidBalanceYen,
            changes: plannedChanges(catalogue, contract, changes.get(contract.id) ?? []),
          },
        };
      }),
    );
  };
}

type ContractRow = typeof contracts.$inferSelect;
type RequestRow = typeof requests.$inferSelect;

/** The end that the contract has of itself: not the one that this discontinuation set. */
function ownEnd(contract: ContractRow, discontinuationId: string | null): CivilDate | null {
  const { endsOn, discontinuedOn, ownEndsOn } = contract;
  if (discontinuationId === null || contract.discontinuationId !== discontinuationId) {
    return endsOn as CivilDate | null;
  }
  return (endsOn === discontinuedOn ? ownEndsOn : endsOn) as CivilDate | null;
}

function feeOf(catalogue: Catalogue, contracted: Contracted): number {
  const plan = catalogue.plans.find(({ code }) => code === contracted.planCode);
  if (plan === undefined) throw new Error(`plan ${contracted.planCode} is not in the catalogue`);
  return periodFee(itemsOf(plan, catalogue.options, contracted)).value;
}

/** Accepted changes in the order in which they take effect, each on top of those before it. */
function plannedChanges(
  catalogue: Catalogue,
  contract: Contracted,
  accepted: readonly RequestRow[],
): PlannedChange[] {
  let contracted: Contracted = contract;
  const changes: PlannedChange[] = [];
  for (const { requested, computedOn } of accepted) {
    if (computedOn === null) continue;
    contracted = { ...withChange(contracted, requested ?? {}), catalogueVersion: contract.catalogueVersion };
    const { planCode, kind } = contracted;
    const feeYen = feeOf(catalogue, contracted);
    changes.push({ effectiveOn: computedOn as CivilDate, planCode, kind, feeYen });
  }
  return changes;
}

async function periodsOf(db: Executor, ids: string[]): Promise<Map<string, Period[]>> {
  const rows = await db.select().from(contractPeriods).where(inArray(contractPeriods.contractId, ids));
  return grouped(
    rows,
    ({ contractId }) => contractId,
    ({ index, from, to }) => ({
      index,
      from: from as CivilDate,
      to: to as CivilDate,
    }),
  );
}

async function changesOf(db: Executor, ids: string[]): Promise<Map<string, RequestRow[]>> {
  const rows = await db
    .select()
    .from(requests)
    .where(
      and(inArray(requests.contractId, ids), eq(requests.kind, 'change'), eq(requests.outcome, 'accepted')),
    )
    .orderBy(asc(requests.computedOn));
  return grouped(
    rows,
    ({ contractId }) => contractId,
    (row) => row,
  );
}

/** Contracts whose newest mail did not get there. */
async function unreachableOf(db: Executor, ids: string[]): Promise<Set<string>> {
  const newest = await db
    .selectDistinctOn([mails.subjectId], { contractId: mails.subjectId, status: mails.status })
    .from(mails)
    .where(and(eq(mails.subjectType, 'contract'), inArray(mails.subjectId, ids)))
    .orderBy(mails.subjectId, desc(mails.createdAt));
  const failed = newest.filter(({ status }) => status === 'refused' || status === 'bounced');
  return new Set(failed.map(({ contractId }) => contractId));
}

function grouped<Row, Item>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  itemOf: (row: Row) => Item,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), itemOf(row)]);
  return groups;
}
