import { and, asc, eq, gte, isNull, lte, or } from 'drizzle-orm';
import { prefectureOf } from '../../../domain/application/prefectures.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { publishTables } from '../../../domain/support/statistics.ts';
import { closedMonth, countContracts, lastDayOf } from '../../../domain/support/statistics-tables.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, plans, statisticsEditions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { loadPolicies } from '../policy/load.ts';

/** Publishes the last closed month, live and sandbox apart, where that has not been done. Returns how many were made. */
export async function publishStatistics(db: Executor, today: CivilDate): Promise<number> {
  let made = 0;
  for (const sandbox of [false, true]) if (await publishMonth(db, { today, sandbox })) made += 1;
  return made;
}

async function publishMonth(db: Executor, input: { today: CivilDate; sandbox: boolean }): Promise<boolean> {
  const { sandbox } = input;
  const month = closedMonth(input.today);
  const editions = await db
    .select()
    .from(statisticsEditions)
    .where(eq(statisticsEditions.sandbox, sandbox))
    .orderBy(asc(statisticsEditions.month));
  // Months are published in their order: a later one already took account of what was shown before it.
  if (editions.some((edition) => edition.month >= month)) return false;
  const asOf = lastDayOf(month);
  const [facts, names, policies] = await Promise.all([
    readFacts(db, { asOf, sandbox }),
    planNames(db),
    loadPolicies(db),
  ]);
  const minGroup = policies['statistics.minGroup'];
  const { tables, labels } = countContracts(facts, month, names);
  const shown = publishTables(
    tables,
    minGroup,
    editions.map((edition) => edition.tables),
  );
  return db.transaction(async (tx) => {
    const written = await tx
      .insert(statisticsEditions)
      .values({ month, sandbox, asOf, minGroup, tables: shown, labels })
      .onConflictDoNothing()
      .returning({ month: statisticsEditions.month });
    if (written.length === 0) return false;
    await recordAudit(tx, {
      actor: 'system',
      action: 'statistics.published',
      subjectType: 'statistics',
      subjectId: `${month}/${sandbox ? 'sandbox' : 'live'}`,
      after: { minGroup },
    });
    return true;
  });
}

/** The contracts that were in force at the end of a day. */
async function readFacts(db: Executor, { asOf, sandbox }: { asOf: CivilDate; sandbox: boolean }) {
  const rows = await db
    .select({
      planCode: contracts.planCode,
      kind: contracts.kind,
      concludedOn: contracts.concludedOn,
      partnerName: contracts.partnerName,
      address: customers.address,
    })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(
      and(
        eq(contracts.sandbox, sandbox),
        lte(contracts.concludedOn, asOf),
        or(isNull(contracts.endsOn), gte(contracts.endsOn, asOf)),
      ),
    );
  return rows.map(({ address, partnerName, concludedOn, ...fact }) => ({
    ...fact,
    concludedOn: concludedOn,
    prefecture: prefectureOf(address),
    partner: partnerName !== '',
  }));
}

/** Every plan that was ever sold, lowest rank first, by its newest name. */
async function planNames(db: Executor): Promise<Map<string, string>> {
  const rows = await db
    .select({ code: plans.code, name: plans.name })
    .from(plans)
    .orderBy(asc(plans.rank), asc(plans.catalogueVersion));
  return new Map(rows.map(({ code, name }) => [code, name]));
}
