import { desc, eq, inArray, sql } from 'drizzle-orm';
import type { PartnerMove, PartnerTerms } from '../../../domain/billing/payers.ts';
import type { Executor } from '../../client.ts';
import {
  contractPartners,
  contracts,
  customers,
  partnerDetails,
  partners,
  partnerTerms,
} from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { partnerTermsOf } from './payers.ts';

export type PartnerDetails = typeof partnerDetails.$inferSelect;
export type PartnerTermsRow = typeof partnerTerms.$inferSelect;

/** A partner as it is registered now. */
export interface Partner {
  id: string;
  corporateNumber: string;
  details: PartnerDetails;
  /** In the order in which they were made. */
  terms: readonly PartnerTerms[];
}

/** Every partner by name. */
export async function listPartners(db: Executor): Promise<Partner[]> {
  return readPartners(db, null);
}

export async function findPartner(db: Executor, id: string): Promise<Partner | null> {
  const [found] = await readPartners(db, [id]);
  return found ?? null;
}

/** Those of the ids that are partners. */
export async function findPartners(db: Executor, ids: readonly string[]): Promise<Partner[]> {
  return ids.length === 0 ? [] : readPartners(db, ids);
}

async function readPartners(db: Executor, ids: readonly string[] | null): Promise<Partner[]> {
  const rows = await db
    .selectDistinctOn([partners.id], { partner: partners, details: partnerDetails })
    .from(partners)
    .innerJoin(partnerDetails, eq(partnerDetails.partnerId, partners.id))
    .where(ids === null ? undefined : inArray(partners.id, [...ids]))
    .orderBy(partners.id, desc(partnerDetails.createdAt), desc(partnerDetails.id));
  const terms = await partnerTermsOf(
    db,
    rows.map(({ partner }) => partner.id),
  );
  return rows
    .map(({ partner: { id, corporateNumber }, details }) => ({
      ...{ id, corporateNumber, details },
      terms: terms.get(id) ?? [],
    }))
    .toSorted((a, b) => a.details.name.localeCompare(b.details.name, 'ja'));
}

/** Partners that invoice in their own name at some time (媒介者交付), with the number that they need for it. */
export async function intermediaries(
  db: Executor,
): Promise<{ id: string; registrationNumber: string | null }[]> {
  return (await listPartners(db))
    .filter(({ terms }) => terms.some(({ mode }) => mode === 'intermediary'))
    .map(({ id, details }) => ({ id, registrationNumber: details.registrationNumber || null }));
}

/** Names of partners by id, for papers that name one as payer or recipient. */
export async function partnerNames(db: Executor): Promise<ReadonlyMap<string, string>> {
  const all = await listPartners(db);
  return new Map(all.map(({ id, details }) => [id, details.name]));
}

/** What was ever registered of a partner, the newest first. */
export async function partnerHistory(
  db: Executor,
  partnerId: string,
): Promise<{ details: PartnerDetails[]; terms: PartnerTermsRow[] }> {
  const [details, terms] = await Promise.all([
    db
      .select()
      .from(partnerDetails)
      .where(eq(partnerDetails.partnerId, partnerId))
      .orderBy(desc(partnerDetails.createdAt), desc(partnerDetails.id)),
    db
      .select()
      .from(partnerTerms)
      .where(eq(partnerTerms.partnerId, partnerId))
      .orderBy(desc(partnerTerms.validFrom), desc(partnerTerms.position)),
  ]);
  return { details, terms };
}

export interface PartnerContract {
  contractId: string;
  customerName: string;
  sandbox: boolean;
  /** Moves of the contract, in the order in which they were made. */
  moves: PartnerMove[];
}

/** Contracts that are or were with a partner, by when they came. */
export async function contractsOfPartner(db: Executor, partnerId: string): Promise<PartnerContract[]> {
  const own = db
    .selectDistinct({ id: contractPartners.contractId })
    .from(contractPartners)
    .where(eq(contractPartners.partnerId, partnerId));
  const rows = await db
    .select({ move: contractPartners, customerName, sandbox: contracts.sandbox })
    .from(contractPartners)
    .innerJoin(contracts, eq(contracts.id, contractPartners.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(inArray(contractPartners.contractId, own))
    .orderBy(contractPartners.position);
  const found = new Map<string, PartnerContract>();
  for (const { move, customerName: name, sandbox } of rows) {
    const { contractId, validFrom: from, partnerId: id } = move;
    const each = found.get(contractId) ?? { contractId, customerName: name, sandbox, moves: [] };
    each.moves.push({ from, partnerId: id });
    found.set(contractId, each);
  }
  return [...found.values()];
}

/** How many contracts each partner has or had. */
export async function contractCounts(db: Executor): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select({
      partnerId: contractPartners.partnerId,
      count: sql<number>`count(distinct ${contractPartners.contractId})`.mapWith(Number),
    })
    .from(contractPartners)
    .groupBy(contractPartners.partnerId);
  return new Map(rows.flatMap(({ partnerId, count }) => (partnerId === null ? [] : [[partnerId, count]])));
}
