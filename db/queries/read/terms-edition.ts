import { desc, eq, lte } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/civil-date.ts';
import type { Executor } from '../../client.ts';
import { termsEditions } from '../../schema/index.ts';

export type TermsEdition = typeof termsEditions.$inferSelect;

/** The edition in force on a day (第17条). Null when none is recorded. */
export async function readTermsInForce(db: Executor, today: CivilDate): Promise<TermsEdition | null> {
  const [edition] = await db
    .select()
    .from(termsEditions)
    .where(lte(termsEditions.effectiveOn, today))
    .orderBy(desc(termsEditions.effectiveOn), desc(termsEditions.number))
    .limit(1);
  return edition ?? null;
}

export async function readTermsEdition(db: Executor, number: number): Promise<TermsEdition | null> {
  const [edition] = await db.select().from(termsEditions).where(eq(termsEditions.number, number));
  return edition ?? null;
}
