import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import { grouped } from '../../../domain/base/grouped.ts';
import type { BookedUse } from '../../../domain/billing/usage-statement.ts';
import { type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { prepaidLedger } from '../../schema/index.ts';

/** What was booked to the prepaid ledgers of contracts for use before a day, by month of use; by id. */
export async function bookedUseOf(
  db: Executor,
  { contractIds, before }: { contractIds: readonly string[]; before: CivilDate },
): Promise<ReadonlyMap<string, BookedUse[]>> {
  if (contractIds.length === 0) return new Map();
  const month = sql`to_char(${prepaidLedger.on}, 'YYYY-MM-01')`;
  const rows = await db
    .select({
      contractId: prepaidLedger.contractId,
      month: month.mapWith((text: string) => civilDate(text)),
      yen: sql`-sum(${prepaidLedger.amountYen})`.mapWith(Number),
    })
    .from(prepaidLedger)
    .where(
      and(
        ...[inArray(prepaidLedger.contractId, [...contractIds]), eq(prepaidLedger.kind, 'usage')],
        lt(prepaidLedger.on, before),
      ),
    )
    .groupBy(prepaidLedger.contractId, month);
  return grouped(rows, ({ contractId }) => contractId);
}
