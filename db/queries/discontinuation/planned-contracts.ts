import { and, asc, eq, gt, ne, type SQL, sql } from 'drizzle-orm';
import type { BillingPolicy } from '../../../domain/billing/billing-policy.ts';
import type { FeeChangeEvidence } from '../../../domain/billing/fee-versions.ts';
import { addDays, addMonths, type CivilDate } from '../../../domain/calendar/civil-date.ts';
import type {
  DiscontinuationTerms,
  InvoicedPeriod,
  PlannedContract,
} from '../../../domain/discontinuation/discontinuation-plan.ts';
import type { CampaignTerms } from '../../../domain/future/campaign.ts';
import type { Contents } from '../../../domain/future/contents.ts';
import { periodOn } from '../../../domain/future/period-line.ts';
import { projectContract } from '../../../domain/future/project.ts';
import type { Period } from '../../../domain/period/periods.ts';
import type { Executor } from '../../client.ts';
import { applications, contractPeriods, contracts, mails } from '../../schema/index.ts';
import { findCampaigns } from '../campaign/find.ts';
import type { Contracted } from '../catalogue/price.ts';
import { contentsOf, factsOf, type SequenceRow } from '../future/assemble.ts';
import { feeEvidenceForAll, sequenceRows } from '../future/bulk.ts';
import { type Catalogue, readCatalogue } from '../read/catalogue.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import { invoicedOf } from './invoiced.ts';
import { type EndColumns, ownEndOf } from './own-end.ts';

/** Which contracts a discontinuation is about. */
export interface DiscontinuationScope {
  sandbox: boolean;
  /** Null: the whole service. */
  planCode: string | null;
  /** Once announced: the contracts that it has been told to are counted by that. */
  discontinuationId: string | null;
  /** After the last day: only contracts that ended with it. */
  ended: boolean;
  /** The day on which it is asked. */
  today: CivilDate;
}

/** Of which contracts, by which terms, and how papers are made. */
export interface PlannedQuestion {
  scope: DiscontinuationScope;
  terms: DiscontinuationTerms;
  billing: BillingPolicy;
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

interface PageRow {
  contractId: string;
  applicationId: string;
  terms: string;
  concluded: Contents;
  catalogueVersion: number;
  unreachable: boolean;
}

/** Rows that are read at once. */
const PAGE = 5_000;

/**
 * The contracts of a scope in the order of their ids, read by pages. A hundred thousand take about a second: nothing sealed
 * is opened, and contracts alike (kind, periods, plan, fee, balance, end) are worked out once.
 */
export async function* plannedContracts(
  db: Executor,
  question: PlannedQuestion,
): AsyncGenerator<PlannedContractRow> {
  const { scope } = question;
  const [changes, evidenceOf, campaigns] = await Promise.all([
    // What changed inside a year that is paid for decides what was paid.
    sequenceRows(db, scopeCondition(scope), addDays(addMonths(scope.today, -12), -1)),
    feeEvidenceForAll(db),
    findCampaigns(db, null),
  ]);
  const plannedOf = planner(db, scope);
  const alike = new Map<string, PlannedContract>();
  const invoicedAlike = invoicedOnce();
  for (let after: string | null = null; ; ) {
    const page: PageRow[] = await db
      .select({
        contractId: contracts.id,
        applicationId: contracts.applicationId,
        terms: TERMS,
        concluded: {
          kind: applications.contractKind,
          planCode: applications.planCode,
          options: applications.options,
          licences: applications.licences,
        },
        catalogueVersion: contracts.catalogueVersion,
        unreachable: UNREACHABLE,
      })
      .from(contracts)
      .innerJoin(applications, eq(applications.id, contracts.applicationId))
      .where(and(scopeCondition(scope), after === null ? undefined : gt(contracts.id, after)))
      .orderBy(asc(contracts.id))
      .limit(PAGE);
    const rows: PlannedContractRow[] = [];
    for (const { contractId, applicationId, terms, concluded, catalogueVersion, unreachable } of page) {
      const requested = changes.get(contractId) ?? [];
      const feeChanges = evidenceOf({ id: contractId, catalogueVersion });
      const campaign = campaigns.get(applicationId) ?? null;
      const key = [terms, JSON.stringify(campaign), ...feeChanges.map(({ noticedOn }) => noticedOn)].join();
      const known = requested.length === 0 ? alike.get(key) : undefined;
      const facts = {
        terms: readTerms(terms),
        concluded: contentsOf(concluded),
        requested,
        feeChanges,
        campaign,
      };
      const contract = known ?? (await plannedOf(facts));
      if (requested.length === 0) alike.set(key, contract);
      rows.push({ contractId, contract, unreachable });
    }
    const invoiced = await invoicedOf(db, {
      contracts: rows.map(({ contractId, contract }) => ({
        contractId,
        period: periodOn(contract.future.line, question.terms.lastDay),
      })),
      ...{ terms: question.terms, policy: question.billing, today: scope.today },
    });
    for (const row of rows) {
      yield { ...row, contract: invoicedAlike(row.contract, invoiced.get(row.contractId) ?? null) };
    }
    after = page.at(-1)?.contractId ?? null;
    if (page.length < PAGE) return;
  }
}

/** Gives contracts what was invoiced of them: the same object for those that are alike in that too. */
function invoicedOnce(): (contract: PlannedContract, invoiced: InvoicedPeriod | null) => PlannedContract {
  const known = new Map<PlannedContract, Map<string, PlannedContract>>();
  return (contract, invoiced) => {
    if (invoiced === null) return contract;
    const same = known.get(contract) ?? new Map<string, PlannedContract>();
    known.set(contract, same);
    const key = JSON.stringify(invoiced);
    const found = same.get(key) ?? { ...contract, invoiced };
    same.set(key, found);
    return found;
  };
}

/** All of a contract that its outcome depends on but accepted changes, as one text. */
const TERMS = sql<string>`json_build_array(${contracts.kind}, ${contracts.firstDay}, ${contracts.endsOn}, ${contracts.discontinuationId},
  ${contracts.discontinuedOn}, ${contracts.ownEndsOn}, ${contracts.catalogueVersion}, ${contracts.planCode}, ${contracts.options},
  ${contracts.licences}, ${contracts.accountsInUse}, ${contracts.prepaidBalanceYen},
  (select json_agg(json_build_array(p.index, p."from", p."to") order by p.index) from ${contractPeriods} p
    where p.contract_id = ${contracts}.id))::text`;

/** Whether the newest mail to the customer about the contract did not get there. */
const UNREACHABLE = sql<boolean>`coalesce((select m.status in ('refused', 'bounced') from ${mails} m
  where m.subject_type = 'contract' and m.subject_id = ${contracts}.id and m.kind <> 'staffReminder' order by m.created_at desc limit 1), false)`;

interface ContractTerms extends Contracted, EndColumns {
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
  return async (of: {
    terms: ContractTerms;
    concluded: Contents;
    requested: readonly SequenceRow[];
    feeChanges: readonly FeeChangeEvidence[];
    campaign: CampaignTerms | null;
  }): Promise<PlannedContract> => {
    const { terms, concluded, requested, feeChanges, campaign } = of;
    const { periods, balanceYen, catalogueVersion } = terms;
    const versions = [catalogueVersion, ...feeChanges.map(({ version }) => version)];
    const lists = await Promise.all(versions.map(catalogueOf));
    const facts = factsOf({
      contract: { ...terms, ...NOT_DISCONTINUED, endsOn: ownEndOf(terms, scope.discontinuationId) },
      // Without changes that count, the present is all there is to know.
      conclusion: requested.length === 0 ? null : concluded,
      periods,
      requests: requested,
      discontinuedPlan: null,
      prices: { lists, sold: { version: catalogueVersion, recorded: [] }, feeChanges },
      endingPlans: [],
      campaign,
      today: scope.today,
    });
    return { future: projectContract(facts), balanceYen, invoiced: null };
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
