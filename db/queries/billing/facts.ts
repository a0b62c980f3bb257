import { eq, inArray, sql } from 'drizzle-orm';
import type {
  AnnouncedDiscontinuation,
  BillableUsage,
  BillingContract,
} from '../../../domain/billing/billing-contract.ts';
import { billingContractOf } from '../../../domain/billing/contract-facts.ts';
import type { PriceList } from '../../../domain/billing/price-list.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { ANNOUNCED_STATUSES } from '../../../domain/discontinuation/discontinuation-status.ts';
import type { Executor } from '../../client.ts';
import { contracts, usageEvents, usagePrices } from '../../schema/index.ts';
import { findDiscontinuation } from '../discontinuation/find.ts';
import { recordedFeeChanges } from '../fee-change/versions.ts';
import { readContractFacts } from '../future/read.ts';

export interface BillingFacts {
  contract: BillingContract;
  lists: PriceList[];
  /** It names a partner: how that one is billed, nobody has registered. */
  partnerNamed: boolean;
}

/** Everything that a contract's papers depend on, as of a day: the facts of its future, with what billing needs beside them. */
export async function readBillingFacts(
  db: Executor,
  { contractId, today }: { contractId: string; today: CivilDate },
): Promise<BillingFacts> {
  const [row] = await db.select().from(contracts).where(eq(contracts.id, contractId));
  if (row === undefined) throw new Error(`contract ${contractId} does not exist`);
  const [facts, recorded, discontinuation, usage] = await Promise.all([
    readContractFacts(db, { contractId, today }),
    recordedFeeChanges(db, contractId),
    discontinuationOf(db, row.discontinuationId),
    row.communicationPayment === 'postpaid' ? usageOf(db, contractId) : [],
  ]);
  const contract = billingContractOf(facts, {
    concludedOn: row.concludedOn,
    firstDay: row.firstDay,
    recorded: recorded.map(({ version, from, noticedOn }) => ({
      version,
      effectiveOn: from,
      noticedOn,
    })),
    ...{ discontinuation, payers: [], usage },
  });
  const { lists } = facts.prices;
  const prices = await usagePricesOf(
    db,
    lists.map(({ version }) => version),
  );
  return {
    contract,
    lists: lists.map((list) => ({
      ...list,
      usage: prices.filter(({ catalogueVersion }) => catalogueVersion === list.version),
    })),
    partnerNamed: row.partnerName !== '',
  };
}

async function discontinuationOf(
  db: Executor,
  discontinuationId: string | null,
): Promise<AnnouncedDiscontinuation | null> {
  const row = discontinuationId === null ? null : await findDiscontinuation(db, discontinuationId);
  if (row === null || row.announcedOn === null) return null;
  if (!ANNOUNCED_STATUSES.some((status) => status === row.status)) return null;
  return {
    lastDay: row.lastDay,
    planCode: row.planCode,
    announcedOn: row.announcedOn,
    noticeOn: null,
    forceMajeure: row.forceMajeure,
  };
}

/** Sums of a day, a category and a day of receipt: papers know no single events. */
async function usageOf(db: Executor, contractId: string): Promise<BillableUsage[]> {
  return db
    .select({
      on: usageEvents.usedOn,
      receivedOn: usageEvents.receivedOn,
      category: usageEvents.category,
      quantity: sql<string>`sum(${usageEvents.quantity}::numeric)::text`,
    })
    .from(usageEvents)
    .where(eq(usageEvents.contractId, contractId))
    .groupBy(usageEvents.usedOn, usageEvents.receivedOn, usageEvents.category);
}

async function usagePricesOf(db: Executor, versions: readonly number[]) {
  if (versions.length === 0) return [];
  return db
    .select()
    .from(usagePrices)
    .where(inArray(usagePrices.catalogueVersion, [...versions]));
}
