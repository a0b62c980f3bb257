import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import {
  categoryPairs,
  isBeyond,
  type UsageDifference,
  underOurNames,
  usageDifferences,
} from '../../../domain/billing/usage-comparison.ts';
import { addMonths, civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { contracts, usageEvents, usageReadings, usageRecords } from '../../schema/index.ts';
import { contractNamesOf } from '../contract/names.ts';
import { loadPolicies } from '../policy/load.ts';
import { countUnread } from '../telephony/readings.ts';

export interface UsageReport {
  /** Contracts of which the provider's records of the month were read. */
  compared: number;
  /** Contracts with a subaccount of which they were not, or were refused. */
  unread: number;
  /** `beyond`: more than the limit (policy `usage.differencePercent`). */
  differences: (UsageDifference & { beyond: boolean; contractNumber: string; customerName: string })[];
}

/**
 * Our events against the provider's records of a month (`YYYY-MM`), both by the provider's days, which are GMT: so neither side has
 * to be split (第6条6項). The provider's categories go by our names (policy `usage.providerCategories`). Contracts of which nothing was read
 * are not compared, but counted.
 */
export async function readUsageReport(
  db: Executor,
  { month, sandbox }: { month: string; sandbox: boolean },
): Promise<UsageReport> {
  const from = civilDate(`${month}-01`);
  const before = addMonths(from, 1);
  const inMonth = and(gte(usageRecords.usageOn, from), lt(usageRecords.usageOn, before));
  const [records, readings, unread, policies] = await Promise.all([
    db
      .select({
        ...{ contractId: usageRecords.contractId, category: usageRecords.category },
        quantity: usageRecords.usage,
      })
      .from(usageRecords)
      .innerJoin(contracts, eq(contracts.id, usageRecords.contractId))
      .where(and(eq(contracts.sandbox, sandbox), inMonth)),
    db
      .select({ contractId: usageReadings.contractId })
      .from(usageReadings)
      .innerJoin(contracts, eq(contracts.id, usageReadings.contractId))
      .where(
        and(eq(contracts.sandbox, sandbox), eq(usageReadings.month, month), eq(usageReadings.refused, false)),
      ),
    countUnread(db, { month, sandbox }),
    loadPolicies(db),
  ]);
  // Read with nothing in it is compared too: what we have of such a contract the provider does not know.
  const ids = [...new Set([...records, ...readings].map(({ contractId }) => contractId))];
  if (ids.length === 0) return { compared: 0, unread, differences: [] };
  const theirs = underOurNames(records, categoryPairs(policies['usage.providerCategories']));
  const ours = await db
    .select({
      ...{ contractId: usageEvents.contractId, category: usageEvents.category },
      quantity: sql<string>`sum(${usageEvents.quantity}::numeric)::text`,
    })
    .from(usageEvents)
    .where(
      and(
        inArray(usageEvents.contractId, ids),
        gte(usageEvents.occurredAt, new Date(`${from}T00:00:00Z`)),
        lt(usageEvents.occurredAt, new Date(`${before}T00:00:00Z`)),
      ),
    )
    .groupBy(usageEvents.contractId, usageEvents.category);
  const differences = usageDifferences(ours, theirs);
  const named = await contractNamesOf(
    db,
    differences.map(({ contractId }) => contractId),
  );
  return {
    ...{ compared: ids.length, unread },
    differences: differences.map((each) => ({
      ...each,
      beyond: isBeyond(each, policies['usage.differencePercent']),
      ...(named.get(each.contractId) ?? { contractNumber: '', customerName: '' }),
    })),
  };
}
