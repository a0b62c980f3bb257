import { and, eq, inArray, sql } from 'drizzle-orm';
import { grouped } from '../../../domain/base/grouped.ts';
import type {
  AnnouncedDiscontinuation,
  BillableUsage,
  BillingContract,
} from '../../../domain/billing/billing-contract.ts';
import { billingContractOf } from '../../../domain/billing/contract-facts.ts';
import type { PriceList } from '../../../domain/billing/price-list.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { ANNOUNCED_STATUSES } from '../../../domain/discontinuation/discontinuation-status.ts';
import { isLive } from '../../../domain/period/contract.ts';
import type { Executor } from '../../client.ts';
import {
  contracts,
  discontinuationContracts,
  discontinuations,
  usageEvents,
  usagePrices,
} from '../../schema/index.ts';
import { ownEndOf } from '../discontinuation/own-end.ts';
import { readContractFactsOf } from '../future/read-many.ts';
import { payersOfContracts } from '../partner/payers.ts';

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
  const facts = (await readBillingFactsOf(db, { contractIds: [contractId], today })).get(contractId);
  if (facts === undefined) throw new Error(`contract ${contractId} does not exist`);
  return facts;
}

/** The same of many contracts, by id, in as many statements as of one. */
export async function readBillingFactsOf(
  db: Executor,
  { contractIds, today }: { contractIds: readonly string[]; today: CivilDate },
): Promise<ReadonlyMap<string, BillingFacts>> {
  const ids = [...contractIds];
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      ...{ id: contracts.id, concludedOn: contracts.concludedOn, firstDay: contracts.firstDay },
      ...{ payment: contracts.communicationPayment, status: contracts.status, endsOn: contracts.endsOn },
      ...{ discontinuationId: contracts.discontinuationId, discontinuedOn: contracts.discontinuedOn },
      ownEndsOn: contracts.ownEndsOn,
      partnerNamed: sql<boolean>`${contracts.partnerName} <> ''`,
    })
    .from(contracts)
    .where(inArray(contracts.id, ids));
  const postpaid = rows.filter(({ payment }) => payment === 'postpaid').map(({ id }) => id);
  const ended = rows.filter(({ discontinuationId }) => discontinuationId !== null).map(({ id }) => id);
  const [futures, discontinued, payers, usage, prices] = await Promise.all([
    readContractFactsOf(db, { contractIds: ids, today }),
    discontinuationsOf(db, ended),
    payersOfContracts(db, ids),
    usageOf(db, postpaid),
    db.select().from(usagePrices),
  ]);
  const found = new Map<string, BillingFacts>();
  for (const { id, concludedOn, firstDay, partnerNamed, status, ...ends } of rows) {
    const future = futures.get(id);
    if (future === undefined) continue;
    const { facts, recorded } = future;
    // One that its discontinuation has ended is over by that, not of itself: else nothing would go back of it (第16条).
    const overByIt = !isLive(status) && status !== 'terminated';
    const ownEndsOn = overByIt ? ownEndOf(ends, ends.discontinuationId) : facts.ownEndsOn;
    const contract = billingContractOf(
      { ...facts, ownEndsOn },
      {
        ...{ concludedOn, firstDay, payers: payers.get(id) ?? [], usage: usage.get(id) ?? [] },
        recorded: recorded.map(({ version, from, noticedOn }) => ({ version, effectiveOn: from, noticedOn })),
        discontinuation: discontinued.get(id) ?? null,
      },
    );
    const lists = facts.prices.lists.map((list) => ({
      ...list,
      usage: prices.filter(({ catalogueVersion }) => catalogueVersion === list.version),
    }));
    // With a partner on record nothing is open.
    const isOpen = partnerNamed && contract.payers.length === 0;
    found.set(id, { contract, lists, partnerNamed: isOpen });
  }
  return found;
}

/** The announced discontinuation of each contract, with when its notice reached that customer: in the figures that count. */
async function discontinuationsOf(
  db: Executor,
  contractIds: string[],
): Promise<ReadonlyMap<string, AnnouncedDiscontinuation>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select({
      ...{ contractId: contracts.id, lastDay: discontinuations.lastDay, planCode: discontinuations.planCode },
      ...{ announcedOn: discontinuations.announcedOn, forceMajeure: discontinuations.forceMajeure },
      noticeOn: discontinuationContracts.noticeOn,
    })
    .from(contracts)
    .innerJoin(discontinuations, eq(discontinuations.id, contracts.discontinuationId))
    .leftJoin(
      discontinuationContracts,
      and(
        eq(discontinuationContracts.discontinuationId, discontinuations.id),
        eq(discontinuationContracts.version, discontinuations.version),
        eq(discontinuationContracts.contractId, contracts.id),
      ),
    )
    .where(
      and(inArray(contracts.id, contractIds), inArray(discontinuations.status, [...ANNOUNCED_STATUSES])),
    );
  return new Map(
    rows.flatMap(({ contractId, announcedOn, ...row }) =>
      announcedOn === null ? [] : [[contractId, { ...row, announcedOn }] as const],
    ),
  );
}

/** Sums of a day, a category and a day of receipt, by contract: papers know no single events. */
export async function usageOf(
  db: Executor,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, BillableUsage[]>> {
  if (contractIds.length === 0) return new Map();
  const rows = await db
    .select({
      contractId: usageEvents.contractId,
      on: usageEvents.usedOn,
      receivedOn: usageEvents.receivedOn,
      category: usageEvents.category,
      quantity: sql<string>`sum(${usageEvents.quantity}::numeric)::text`,
    })
    .from(usageEvents)
    .where(inArray(usageEvents.contractId, [...contractIds]))
    .groupBy(usageEvents.contractId, usageEvents.usedOn, usageEvents.receivedOn, usageEvents.category);
  return grouped(rows, ({ contractId }) => contractId);
}
