import { and, count, eq, lte, type SQL, sql } from 'drizzle-orm';
import { addDecimals, decimal, decimalText } from '../../../domain/base/decimal.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import type { BillingPolicy } from '../../../domain/billing/billing-policy.ts';
import { billedBy } from '../../../domain/billing/documents.ts';
import { usageYen } from '../../../domain/billing/prepaid.ts';
import { usageToBook } from '../../../domain/billing/prepaid-usage.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { type BillingProblem, contracts, prepaidUsage, usageEvents } from '../../schema/index.ts';
import { readBillingFacts, usageOf } from '../billing/facts.ts';
import { billedLines } from '../billing/standing.ts';
import { type ContractPage, contractPage } from '../contract/page.ts';
import { bookPrepaid } from './ledger.ts';
import { askAboutUncovered } from './uncovered.ts';

/** Events through a day are more than were booked: for contracts that prepay. */
export function usageWaits(through: CivilDate): SQL | undefined {
  const events = sql`(select count(*) from ${usageEvents} e where e.contract_id = ${contracts.id} and e.used_on <= ${through})`;
  const booked = sql`(select coalesce(sum(u.events), 0) from ${prepaidUsage} u where u.contract_id = ${contracts.id})`;
  return and(eq(contracts.communicationPayment, 'prepaid'), sql`${events} > ${booked}`);
}

/** One page of contracts that prepay and have usage to book, by id. */
export function contractsWithUsage(
  db: Executor,
  query: ContractPage & { through: CivilDate },
): Promise<string[]> {
  return contractPage(db, query, usageWaits(query.through));
}

/**
 * Books the usage of a contract through a day, one entry for each day of use and time of booking (第6条5項). A repeat finds nothing
 * more. What the balance lacks is uncovered and waits for a person. Gives the problem where a price list lacks a price.
 */
export async function bookUsage(
  db: Database | Transaction,
  input: { contractId: string; through: CivilDate; policy: BillingPolicy; businessAt: Date },
): Promise<BillingProblem | null> {
  const { contractId, through, policy, businessAt } = input;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ payment: contracts.communicationPayment, sandbox: contracts.sandbox })
      .from(contracts)
      .where(eq(contracts.id, contractId))
      .for('update');
    if (row?.payment !== 'prepaid') return null;
    const rows = await tx.select().from(prepaidUsage).where(eq(prepaidUsage.contractId, contractId));
    const counted = await tx
      .select({ on: usageEvents.usedOn, events: count() })
      .from(usageEvents)
      .where(and(eq(usageEvents.contractId, contractId), lte(usageEvents.usedOn, through)))
      .groupBy(usageEvents.usedOn);
    const { contract, lists } = await readBillingFacts(tx, { contractId, today: through });
    const billed = billedBy([], await billedLines(tx, contractId));
    const booked = new Map<CivilDate, string>();
    for (const { usedOn, netYen } of rows) {
      booked.set(usedOn, decimalText(addDecimals(decimal(booked.get(usedOn) ?? '0'), decimal(netYen))));
    }
    const eventsOf = (on: CivilDate) =>
      (counted.find((each) => each.on === on)?.events ?? 0) -
      rows.filter(({ usedOn }) => usedOn === on).reduce((sum, { events }) => sum + events, 0);
    try {
      const usage = (await usageOf(tx, [contractId])).get(contractId) ?? [];
      const asked = { contract, lists, billed, usage, booked, through };
      const found = new Map(usageToBook(asked).map(({ on, netYen }) => [on, netYen]));
      for (const { on } of counted.toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
        const events = eventsOf(on);
        if (events <= 0) continue;
        const netYen = found.get(on) ?? '0';
        const place = rows.filter(({ usedOn }) => usedOn === on).length + 1;
        const key = `usage/${contractId}/${on}/${place}`;
        const event = { key, on, kind: 'usage' as const, netYen };
        const { prepaidTaxPoint: taxPoint } = policy;
        const { uncoveredYen } = await bookPrepaid(tx, {
          ...{ contractId, event, taxPoint, actor: 'system', businessAt },
        });
        const costYen = usageYen(netYen, taxPoint);
        await tx
          .insert(prepaidUsage)
          .values({ contractId, key, usedOn: on, netYen, events, costYen, uncoveredYen, bookedOn: through });
        if (uncoveredYen > 0) {
          await askAboutUncovered(tx, { contractId, key, sandbox: row.sandbox, openedAt: businessAt });
        }
      }
      return null;
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      return { contractId, message: error.message };
    }
  });
}
