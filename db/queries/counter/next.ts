import { sql } from 'drizzle-orm';
import type { Transaction } from '../../client.ts';
import { counters } from '../../schema/index.ts';

/** Takes the next number of a range, starting at 1. Rolled back with the transaction, so ranges have no gaps. */
export async function nextNumber(tx: Transaction, key: string): Promise<number> {
  const [row] = await tx
    .insert(counters)
    .values({ key, value: 1 })
    .onConflictDoUpdate({ target: counters.key, set: { value: sql`${counters.value} + 1` } })
    .returning({ value: counters.value });
  if (row === undefined) throw new Error(`counter ${key} gave no number`);
  return row.value;
}
