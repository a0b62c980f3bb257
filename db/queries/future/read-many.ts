import { asc, eq, inArray } from 'drizzle-orm';
import { grouped } from '../../../domain/base/grouped.ts';
import type { FeeChangeEvidence } from '../../../domain/billing/fee-versions.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { ContractFacts, PriceFacts } from '../../../domain/future/facts.ts';
import type { Executor } from '../../client.ts';
import { applications, contractPeriods, contracts, discontinuations, requests } from '../../schema/index.ts';
import { findCampaigns } from '../campaign/find.ts';
import { announcedDiscontinuations } from '../discontinuation/find.ts';
import {
  approvedFeeChanges,
  feeEvidence,
  invoicedForFeeChanges,
  recordedFeeChanges,
} from '../fee-change/versions.ts';
import { type Catalogue, readCatalogue } from '../read/catalogue.ts';
import { contentsOf, type FutureRows, factsOf } from './assemble.ts';

export type RecordedFeeChange = Awaited<ReturnType<typeof recordedFeeChanges>>[number];

/** The facts of one contract among many, with what is on record of its fee changes. */
export interface ReadFacts {
  facts: ContractFacts;
  recorded: RecordedFeeChange[];
}

/**
 * Everything that the futures of contracts depend on (第5条, 第6条, 第8条, 第10条, 第16条), by id: as many statements for many as for one, but
 * for the notices of fee changes. Contracts that do not exist are left out.
 */
export async function readContractFactsOf(
  db: Executor,
  query: { contractIds: readonly string[]; today: CivilDate; asked?: FutureRows['asked'] },
): Promise<ReadonlyMap<string, ReadFacts>> {
  const { contractIds, today, asked } = query;
  const ids = [...contractIds];
  if (ids.length === 0) return new Map();
  const [rows, periods, requested, recorded, changes] = await Promise.all([
    contractRows(db, ids),
    db
      .select()
      .from(contractPeriods)
      .where(inArray(contractPeriods.contractId, ids))
      .orderBy(asc(contractPeriods.index)),
    requestRows(db, ids),
    recordedFeeChanges(db, ids),
    approvedFeeChanges(db, 0),
  ]);
  const listOf = priceLists(db);
  const [invoiced, campaignOf, ending] = await Promise.all([
    invoicedForFeeChanges(
      db,
      changes.filter(({ version }) => rows.some(({ contract }) => contract.catalogueVersion < version)),
      ids,
    ),
    findCampaigns(
      db,
      rows.map(({ contract }) => contract.applicationId),
    ),
    announcedBySandbox(db, [...new Set(rows.map(({ contract }) => contract.sandbox))]),
  ]);
  const [periodsOf, requestsOf, recordedOf] = [
    byContract(periods),
    byContract(requested),
    byContract(recorded),
  ];
  const found = new Map<string, ReadFacts>();
  for (const { contract, concluded, discontinuedPlan } of rows) {
    const mine = recordedOf.get(contract.id) ?? [];
    const feeChanges = await feeEvidence(db, changes, contract, invoiced.get(contract.id) ?? []);
    const prices = await pricesOf(contract.catalogueVersion, mine, feeChanges, listOf);
    const facts = factsOf({
      ...{ contract, discontinuedPlan, prices, today },
      periods: periodsOf.get(contract.id) ?? [],
      requests: requestsOf.get(contract.id) ?? [],
      campaign: campaignOf.get(contract.applicationId) ?? null,
      conclusion: contentsOf(concluded),
      endingPlans: (ending.get(contract.sandbox) ?? []).flatMap(({ planCode, lastDay }) =>
        planCode === null ? [] : [{ planCode, lastDay }],
      ),
      ...(asked === undefined ? {} : { asked }),
    });
    found.set(contract.id, { facts, recorded: mine });
  }
  return found;
}

/** Nothing sealed is opened. */
function contractRows(db: Executor, ids: string[]) {
  return db
    .select({
      contract: {
        ...{ id: contracts.id, applicationId: contracts.applicationId, sandbox: contracts.sandbox },
        ...{ kind: contracts.kind, status: contracts.status, firstDay: contracts.firstDay },
        ...{ endsOn: contracts.endsOn, ownEndsOn: contracts.ownEndsOn },
        ...{ discontinuationId: contracts.discontinuationId, discontinuedOn: contracts.discontinuedOn },
        ...{ catalogueVersion: contracts.catalogueVersion, planCode: contracts.planCode },
        ...{ options: contracts.options, licences: contracts.licences },
        accountsInUse: contracts.accountsInUse,
      },
      concluded: {
        kind: applications.contractKind,
        planCode: applications.planCode,
        options: applications.options,
        licences: applications.licences,
      },
      discontinuedPlan: discontinuations.planCode,
    })
    .from(contracts)
    .innerJoin(applications, eq(applications.id, contracts.applicationId))
    .leftJoin(discontinuations, eq(discontinuations.id, contracts.discontinuationId))
    .where(inArray(contracts.id, ids));
}

function requestRows(db: Executor, ids: string[]) {
  return db
    .select({
      ...{ contractId: requests.contractId, id: requests.id, kind: requests.kind },
      ...{ outcome: requests.outcome, arrivedAt: requests.arrivedAt, createdAt: requests.createdAt },
      ...{ requested: requests.requested, computedOn: requests.computedOn },
      ...{ firstOn: requests.firstOn, overtaken: requests.overtaken },
    })
    .from(requests)
    .where(inArray(requests.contractId, ids));
}

async function announcedBySandbox(db: Executor, scopes: boolean[]) {
  const found = scopes.map(
    async (sandbox) => [sandbox, await announcedDiscontinuations(db, { sandbox })] as const,
  );
  return new Map(await Promise.all(found));
}

/** Reads each version of the price list once. */
function priceLists(db: Executor): (version: number) => Promise<Catalogue> {
  const read = new Map<number, Promise<Catalogue>>();
  return (version) => {
    const list = read.get(version) ?? readCatalogue(db, version);
    read.set(version, list);
    return list;
  };
}

async function pricesOf(
  catalogueVersion: number,
  recorded: readonly RecordedFeeChange[],
  feeChanges: readonly FeeChangeEvidence[],
  listOf: (version: number) => Promise<Catalogue>,
): Promise<PriceFacts> {
  const sold = {
    version: recorded[0]?.versionBefore ?? catalogueVersion,
    recorded: recorded.map(({ version, from }) => ({ version, from })),
  };
  const versions = [
    ...[sold.version, catalogueVersion],
    ...[...sold.recorded, ...feeChanges].map(({ version }) => version),
  ];
  return { lists: await Promise.all([...new Set(versions)].map(listOf)), sold, feeChanges };
}

function byContract<Row extends { contractId: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> {
  return grouped(rows, ({ contractId }) => contractId);
}
