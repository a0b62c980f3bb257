import { and, asc, eq, gt, ne, type SQL, sql } from 'drizzle-orm';
import type { FeeChangeEvidence } from '../../../domain/billing/fee-versions.ts';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { PlannedContract } from '../../../domain/discontinuation/discontinuation-plan.ts';
import { projectContract } from '../../../domain/future/project.ts';
import type { Period } from '../../../domain/period/periods.ts';
import type { Executor } from '../../client.ts';
import { contractPeriods, contracts, mails } from '../../schema/index.ts';
import type { Contracted } from '../catalogue/price.ts';
import { factsOf, type SequenceRow } from '../future/assemble.ts';
import { feeEvidenceForAll, sequenceRows } from '../future/bulk.ts';
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
  /** The same object for contracts that are alike: what is computed of one holds for all. */
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

/** Rows that are read at once. */
const PAGE = 5_000;

/**
 * The contracts of a scope in the order of their ids, read by pages. A hundred thousand take about a second: nothing sealed
 * is opened, and contracts alike (kind, periods, plan, fee, balance, end) are worked out once.
 */
export async function* plannedContracts(
  db: Executor,
  scope: DiscontinuationScope,
): AsyncGenerator<PlannedContractRow> {
  const [changes, evidenceOf] = await Promise.all([
    sequenceRows(db, scopeCondition(scope)),
    feeEvidenceForAll(db),
  ]);
  const plannedOf = planner(db, scope);
  const alike = new Map<string, PlannedContract>();
  for (let after: string | null = null; ; ) {
    const page: { contractId: string; terms: string; catalogueVersion: number; unreachable: boolean }[] =
      await db
        .select({
          contractId: contracts.id,
          terms: TERMS,
          catalogueVersion: contracts.catalogueVersion,
          unreachable: UNREACHABLE,
        })
        .from(contracts)
        .where(and(scopeCondition(scope), after === null ? undefined : gt(contracts.id, after)))
        .orderBy(asc(contracts.id))
        .limit(PAGE);
    for (const { contractId, terms, catalogueVersion, unreachable } of page) {
      const requested = changes.get(contractId) ?? [];
      const fees = evidenceOf({ id: contractId, catalogueVersion });
      const key = [terms, ...fees.map(({ noticedOn }) => noticedOn)].join();
      const known = requested.length === 0 ? alike.get(key) : undefined;
      const contract = known ?? (await plannedOf(readTerms(terms), requested, fees));
      if (requested.length === 0) alike.set(key, contract);
      yield { contractId, contract, unreachable };
    }
    after = page.at(-1)?.contractId ?? null;
    if (page.length < PAGE) return;
  }
}

/** All of a contract that its outcome depends on but accepted changes, as one text. */
const TERMS = sql<string>`json_build_array(${contracts.kind}, ${contracts.firstDay}, ${contracts.endsOn}, ${contracts.discontinuationId},
  ${contracts.discontinuedOn}, ${contracts.ownEndsOn}, ${contracts.catalogueVersion}, ${contracts.planCode}, ${contracts.options},
  ${contracts.licences}, ${contracts.accountsInUse}, ${contracts.prepaidBalanceYen},
  (select json_agg(json_build_array(p.index, p."from", p."to") order by p.index) from ${contractPeriods} p
    where p.contract_id = ${contracts}.id))::text`;

/** Whether the newest mail about the contract did not get there. */
const UNREACHABLE = sql<boolean>`coalesce((select m.status in ('refused', 'bounced') from ${mails} m
  where m.subject_type = 'contract' and m.subject_id = ${contracts}.id order by m.created_at desc limit 1), false)`;

type Ends = Pick<ContractRow, 'endsOn' | 'discontinuationId' | 'discontinuedOn' | 'ownEndsOn'>;

interface ContractTerms extends Contracted, Ends {
  firstDay: CivilDate;
  accountsInUse: number;
  balanceYen: number;
  periods: Period[];
}

function readTerms(text: string): ContractTerms {
  const [kind, firstDay, endsOn, discontinuationId, discontinuedOn, ownEndsOn, ...rest] = JSON.parse(
    text,
  ) as [
    ContractRow['kind'],
    CivilDate,
    CivilDate | null,
    string | null,
    CivilDate | null,
    CivilDate | null,
    number,
    string,
    ContractRow['options'],
    number,
    number,
    number,
    [number, CivilDate, CivilDate][] | null,
  ];
  const [catalogueVersion, planCode, options, licences, accountsInUse, balanceYen, periods] = rest;
  return {
    ...{ kind, firstDay, endsOn, discontinuationId, discontinuedOn, ownEndsOn },
    ...{ catalogueVersion, planCode, options, licences, accountsInUse, balanceYen },
    periods: (periods ?? []).map(([index, from, to]) => ({ index, from, to })),
  };
}

/** Works a contract out as a discontinuation sees it; prices are read once. */
function planner(db: Executor, scope: DiscontinuationScope) {
  const catalogues = new Map<number, Promise<Catalogue>>();
  const catalogueOf = (version: number): Promise<Catalogue> => {
    const known = catalogues.get(version) ?? readCatalogue(db, version);
    catalogues.set(version, known);
    return known;
  };
  return async (
    terms: ContractTerms,
    requested: readonly SequenceRow[],
    feeChanges: readonly FeeChangeEvidence[],
  ): Promise<PlannedContract> => {
    const { periods, balanceYen, catalogueVersion } = terms;
    const versions = [catalogueVersion, ...feeChanges.map(({ version }) => version)];
    const lists = await Promise.all(versions.map(catalogueOf));
    const facts = factsOf({
      contract: { ...terms, ...NOT_DISCONTINUED, endsOn: ownEnd(terms, scope.discontinuationId) },
      conclusion: null,
      periods,
      requests: requested,
      discontinuedPlan: null,
      prices: { lists, sold: { version: catalogueVersion, recorded: [] }, feeChanges },
      endingPlans: [],
      campaign: null,
      today: jstDate(Date.now()),
    });
    return { future: projectContract(facts), balanceYen };
  };
}

/** A discontinuation asks for the future that the contract has without it. */
const NOT_DISCONTINUED = {
  status: 'active',
  discontinuationId: null,
  discontinuedOn: null,
  ownEndsOn: null,
} as const;

type ContractRow = typeof contracts.$inferSelect;

/** The end that the contract has of itself: not the one that this discontinuation set. */
function ownEnd(contract: Ends, discontinuationId: string | null): CivilDate | null {
  const { endsOn, discontinuedOn, ownEndsOn } = contract;
  if (discontinuationId === null || contract.discontinuationId !== discontinuationId) {
    return endsOn;
  }
  return endsOn === discontinuedOn ? ownEndsOn : endsOn;
}
