import { and, asc, eq, inArray, isNotNull, lt, max } from 'drizzle-orm';
import { feeChangeFrom, invoicedByNotice } from '../../../domain/billing/fee-versions.ts';
import { leavesChanceToCancel } from '../../../domain/billing/fees.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Contents } from '../../../domain/future/contents.ts';
import { periodOn } from '../../../domain/future/period-line.ts';
import { feeYenOf, type PriceList, planOf } from '../../../domain/future/prices.ts';
import { contentsOn } from '../../../domain/future/project.ts';
import { judgeSequence } from '../../../domain/future/sequence.ts';
import type { Period } from '../../../domain/period/periods.ts';
import { cutoffPolicyOf } from '../../../domain/policy/policies.ts';
import type { Executor } from '../../client.ts';
import {
  catalogueVersions,
  contractFeeChanges,
  contractPeriods,
  contracts,
  customers,
  requests,
} from '../../schema/index.ts';
import { type CatalogueFile, parseCatalogue } from '../catalogue/import.ts';
import { customerName } from '../customer/shown-name.ts';
import type { FeeChange } from '../fee-change/enter.ts';
import { invoicedForFeeChanges } from '../fee-change/versions.ts';
import { factsOf } from '../future/assemble.ts';
import { sequenceRows } from '../future/bulk.ts';
import { findNoticeByCause } from '../notice/find.ts';
import { noticeReach } from '../notice/reach.ts';
import { loadPolicies } from '../policy/load.ts';
import { LIVE } from '../rescreening/live-contracts.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';

/** One contract that pays by an older price list, and what the change does to it. */
export interface FeeReach {
  contractId: string;
  customerName: string;
  kind: 'annual' | 'monthly';
  sandbox: boolean;
  planName: string;
  /** Yen without tax for a whole period. */
  oldFeeYen: number;
  newFeeYen: number;
  /** The day on which the notice reached the customer; null while it has not. */
  noticedOn: CivilDate | null;
  /** First day of the first period at the new fee: by the notice, or as if it arrived on the day asked for. */
  from: CivilDate;
  /** The contract ends before; the change does not reach it. */
  endsBefore: boolean;
  /** Recorded: the contract has moved. */
  moved: boolean;
  /** False when the customer could not cancel any more before the new fee (第6条4項). */
  chanceToCancel: boolean;
  /** Campaign terms are in words: staff look whether they fix a price. */
  hasCampaign: boolean;
}

/** Whom a fee change reaches and when (第6条3項・4項), of live contracts; a notice still to come counts as of `noticeOn`. */
export async function readFeeReach(
  db: Executor,
  change: Pick<FeeChange, 'id' | 'catalogueVersion' | 'effectiveOn' | 'catalogue'>,
  noticeOn: CivilDate,
): Promise<FeeReach[]> {
  const [rows, periods, recorded, policies, notice, pending, invoiced] = await Promise.all([
    db
      .select({ contract: contracts, customerName })
      .from(contracts)
      .innerJoin(customers, eq(customers.id, contracts.customerId))
      .where(LIVE)
      .orderBy(asc(contracts.createdAt), asc(contracts.id)),
    db
      .select({ row: contractPeriods })
      .from(contractPeriods)
      .innerJoin(contracts, eq(contracts.id, contractPeriods.contractId))
      .where(LIVE)
      .orderBy(asc(contractPeriods.index)),
    db.select().from(contractFeeChanges).where(eq(contractFeeChanges.feeChangeId, change.id)),
    loadPolicies(db),
    findNoticeByCause(db, { type: 'feeChange', id: change.id }),
    sequenceRows(db, LIVE),
    invoicedForFeeChanges(db, [change], 'all'),
  ]);
  const reached = new Map(
    (notice === null ? [] : await noticeReach(db, notice.id)).map(({ contractId, reach }) => [
      contractId,
      reach?.on ?? null,
    ]),
  );
  const moves = new Map(recorded.map((row) => [row.contractId, row]));
  const periodsOf = new Map<string, Period[]>();
  for (const { row } of periods) {
    const period = { index: row.index, from: row.from, to: row.to };
    periodsOf.set(row.contractId, [...(periodsOf.get(row.contractId) ?? []), period]);
  }
  const lists = await cataloguesFor(
    db,
    rows.map(({ contract }) => moves.get(contract.id)?.versionBefore ?? contract.catalogueVersion),
  );
  const next = parseCatalogue(change.catalogue);
  const cutoff = cutoffPolicyOf(policies);
  return rows.flatMap(({ contract, customerName }): FeeReach[] => {
    const move = moves.get(contract.id);
    const versionBefore = move?.versionBefore ?? contract.catalogueVersion;
    if (versionBefore >= change.catalogueVersion) return [];
    const list = lists.get(versionBefore);
    if (list === undefined) return [];
    const own = periodsOf.get(contract.id) ?? [];
    const facts = factsOf({
      ...{
        contract,
        conclusion: null,
        periods: own,
        discontinuedPlan: null,
        endingPlans: [],
        campaign: null,
        today: noticeOn,
      },
      requests: pending.get(contract.id) ?? [],
      prices: pricesBy(list),
    });
    const sequence = judgeSequence(facts);
    const noticedOn = move?.noticedOn ?? reached.get(contract.id) ?? null;
    const day = noticedOn ?? noticeOn;
    const evidence = {
      version: change.catalogueVersion,
      effectiveOn: change.effectiveOn,
      noticedOn: day,
      invoicedFrom: invoicedByNotice(invoiced.get(contract.id) ?? [], day),
    };
    const from = move?.from ?? feeChangeFrom(sequence.line, evidence).value ?? change.effectiveOn;
    const { kind } = periodOn(sequence.line, from);
    const contents = { ...contentsOn(sequence, from), kind };
    const [old, changed] = [feeBy(list, contents), feeBy(next, contents)];
    const endsOn = sequence.end?.on ?? null;
    return [
      {
        contractId: contract.id,
        customerName,
        kind,
        sandbox: contract.sandbox,
        planName: old.planName,
        oldFeeYen: old.feeYen,
        newFeeYen: changed.feeYen,
        noticedOn,
        from,
        endsBefore: endsOn !== null && endsOn < from,
        moved: move !== undefined,
        chanceToCancel: leavesChanceToCancel(day, from, cutoff).value,
        hasCampaign: contract.campaignTerms.length > 0,
      },
    ];
  });
}

const pricesBy = (list: Catalogue) => ({
  ...{ lists: [list], sold: { version: list.version, recorded: [] }, feeChanges: [] },
});

/** What a price list asks for one period of a contract. Throws for a plan that it lacks. */
function feeBy(list: PriceList, contents: Contents): { planName: string; feeYen: number } {
  return { planName: planOf(list, contents.planCode).name, feeYen: feeYenOf(list, contents) };
}

async function cataloguesFor(db: Executor, versions: readonly number[]): Promise<Map<number, Catalogue>> {
  const distinct = [...new Set(versions)];
  const lists = await Promise.all(distinct.map((version) => readCatalogue(db, version)));
  return new Map(lists.map((list) => [list.version, list]));
}

/** The newest version of the price list in the catalogue, drafts apart; 0 when there is none. */
export async function newestCatalogueVersion(db: Executor): Promise<number> {
  const [row] = await db.select({ version: max(catalogueVersions.version) }).from(catalogueVersions);
  return row?.version ?? 0;
}

/** Names of plans and options that live contracts have, or asked for, and that a new price list lacks. */
export async function missingFrom(db: Executor, next: CatalogueFile): Promise<string[]> {
  const [rows, asked] = await Promise.all([
    db
      .selectDistinct({
        version: contracts.catalogueVersion,
        planCode: contracts.planCode,
        options: contracts.options,
      })
      .from(contracts)
      .where(and(LIVE, lt(contracts.catalogueVersion, next.version))),
    db
      .select({ requested: requests.requested })
      .from(requests)
      .where(and(inArray(requests.outcome, ['accepted', 'waiting']), isNotNull(requests.requested))),
  ]);
  const plans = [
    ...rows.map(({ planCode }) => planCode),
    ...asked.map(({ requested }) => requested?.planCode),
  ];
  const options = [
    ...rows.flatMap((row) => row.options),
    ...asked.flatMap(({ requested }) => (requested?.options ?? []).filter(({ quantity }) => quantity > 0)),
  ].map(({ code }) => code);
  const lacks = (codes: readonly (string | undefined)[], known: readonly { code: string }[]) =>
    codes.flatMap((code) => (code === undefined || known.some((each) => each.code === code) ? [] : [code]));
  return [...new Set([...lacks(plans, next.plans), ...lacks(options, next.options)])];
}
