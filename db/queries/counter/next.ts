import { sql } from 'drizzle-orm';
import type { Transaction } from '../../client.ts';
import { counters } from '../../schema/index.ts';

/** Takes the next number of a range, starting at 1. Rolled back with the transaction, so ranges have no gaps. */
export function nextNumber(tx: Transaction, key: string): Promise<number> {
  return nextNumbers(tx, key, 1);
}

/** Takes so many numbers of a range and gives the first. */
export async function nextNumbers(tx: Transaction, key: string, count: number): Promise<number> {
  const [row] = await tx
    .insert(counters)
    .values({ key, value: count })
    .onConflictDoUpdate({ target: counters.key, set: { value: sql`${counters.value} + ${count}` } })
    .returning({ value: counters.value });
  if (row === undefined) throw new Error(`counter ${key} gave no number`);
  return row.value - count + 1;
}
