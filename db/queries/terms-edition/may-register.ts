import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, termsEditions } from '../../schema/index.ts';

/**
 * Whether an edition may be registered as in force without a notice: no customer has a contract yet, or it is older than
 * the newest edition that is known (第17条1項).
 */
export async function mayRegisterEdition(db: Executor, number: number): Promise<boolean> {
  const [[contract], [newer]] = await Promise.all([
    db.select({ id: contracts.id }).from(contracts).limit(1),
    db
      .select({ id: termsEditions.id })
      .from(termsEditions)
      .where(and(gt(termsEditions.number, number), inArray(termsEditions.status, ['effective', 'approved'])))
      .limit(1),
  ]);
  return contract === undefined || newer !== undefined || (await isKnown(db, number));
}

async function isKnown(db: Executor, number: number): Promise<boolean> {
  const [row] = await db
    .select({ id: termsEditions.id })
    .from(termsEditions)
    .where(eq(termsEditions.number, number))
    .limit(1);
  return row !== undefined;
}
