import { asc, inArray, not } from 'drizzle-orm';
import { type Metered, meteredOf } from '../../../domain/watch/metered.ts';
import type { Database } from '../../client.ts';
import { telephonyEvents } from '../../schema/index.ts';
import { recordUsage } from '../billing/usage.ts';

/**
 * Hands what the provider told to the billing of usage (第6条6項), a page at a time; how many lines were looked at. A call or
 * message counts once by its sid: what is told of it again, otherwise, is left out there, and so is what comes after the end of a contract.
 */
export async function meterEvents(
  db: Database,
  { now, limit }: { now: Date; limit: number },
): Promise<number> {
  return db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(telephonyEvents)
      .where(not(telephonyEvents.metered))
      .orderBy(asc(telephonyEvents.receivedAt))
      .limit(limit)
      .for('update', { skipLocked: true });
    if (rows.length === 0) return 0;
    const usage = new Map<string, Metered>();
    for (const { fact, units } of rows) {
      const metered = fact === null ? null : meteredOf(fact, units);
      if (metered !== null && !usage.has(metered.sourceId)) usage.set(metered.sourceId, metered);
    }
    await recordUsage(tx, [...usage.values()], now);
    const ids = rows.map(({ id }) => id);
    await tx.update(telephonyEvents).set({ metered: true }).where(inArray(telephonyEvents.id, ids));
    return rows.length;
  });
}
