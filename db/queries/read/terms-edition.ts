import { and, asc, desc, eq, inArray, lt, lte } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { termsEditions } from '../../schema/index.ts';

export type TermsEdition = typeof termsEditions.$inferSelect;

const inForceOn = (today: CivilDate) =>
  and(eq(termsEditions.status, 'effective'), lte(termsEditions.effectiveOn, today));

/** The edition in force on a day (第17条): of those that took effect the newest. Null when none is recorded. */
export async function readTermsInForce(db: Executor, today: CivilDate): Promise<TermsEdition | null> {
  const [edition] = await db
    .select()
    .from(termsEditions)
    .where(inForceOn(today))
    .orderBy(desc(termsEditions.effectiveOn), desc(termsEditions.number))
    .limit(1);
  return edition ?? null;
}

export async function findTermsEdition(db: Executor, id: string): Promise<TermsEdition | null> {
  const [edition] = await db.select().from(termsEditions).where(eq(termsEditions.id, id));
  return edition ?? null;
}

/** All editions, the newest first, whatever became of them. */
export async function listTermsEditions(db: Executor): Promise<TermsEdition[]> {
  return db.select().from(termsEditions).orderBy(desc(termsEditions.number), desc(termsEditions.createdAt));
}

/** The edition that one replaces: the newest before it that took effect or is about to. */
export async function readEditionBefore(db: Executor, number: number): Promise<TermsEdition | null> {
  const [edition] = await db
    .select()
    .from(termsEditions)
    .where(and(lt(termsEditions.number, number), inArray(termsEditions.status, ['effective', 'approved'])))
    .orderBy(desc(termsEditions.number))
    .limit(1);
  return edition ?? null;
}

/** Editions that took effect or were approved to, first to last: those that may bind somebody. */
export async function listBindingEditions(db: Executor) {
  return db
    .select({
      id: termsEditions.id,
      number: termsEditions.number,
      effectiveOn: termsEditions.effectiveOn,
      status: termsEditions.status,
    })
    .from(termsEditions)
    .where(inArray(termsEditions.status, ['effective', 'approved']))
    .orderBy(asc(termsEditions.number));
}
