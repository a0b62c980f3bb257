import { and, eq, gte, isNull, lte, or, sql } from 'drizzle-orm';
import { addDays, addMonths, civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { contracts, telephonyAccounts, usageReadings } from '../../schema/index.ts';
import { type ContractPage, contractPage } from '../contract/page.ts';

/** One page of contracts with a subaccount that lived in a month (`YYYY-MM`), by id. */
export function contractsToRead(db: Executor, query: ContractPage & { month: string }): Promise<string[]> {
  return contractPage(db, query, livedIn(query.month));
}

/** Contracts that had a subaccount and lived in a month: the provider has something to say of them. */
export function livedIn(month: string) {
  const first = civilDate(`${month}-01`);
  const last = addDays(addMonths(first, 1), -1);
  return and(
    sql`exists (select 1 from ${telephonyAccounts} where ${telephonyAccounts.contractId} = ${contracts.id})`,
    lte(contracts.firstDay, last),
    or(isNull(contracts.endsOn), gte(contracts.endsOn, first)),
  );
}

/** How many contracts of a month have no reading, or were refused. */
export function countUnread(
  db: Executor,
  { month, sandbox }: { month: string; sandbox: boolean },
): Promise<number> {
  const read = sql`exists (select 1 from ${usageReadings} where ${usageReadings.contractId} = ${contracts.id}
    and ${usageReadings.month} = ${month} and not ${usageReadings.refused})`;
  return db.$count(contracts, and(eq(contracts.sandbox, sandbox), livedIn(month), sql`not ${read}`));
}

/** Keeps that a month of a contract was read, or refused; a later reading replaces the earlier one. */
export async function recordReading(db: Executor, reading: typeof usageReadings.$inferInsert): Promise<void> {
  const { refused, readAt } = reading;
  await db
    .insert(usageReadings)
    .values(reading)
    .onConflictDoUpdate({
      target: [usageReadings.contractId, usageReadings.month],
      set: { refused, readAt },
    });
}
