import { desc, eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { agreements, termsEditions } from '../../schema/index.ts';
import { readTermsInForce, type TermsEdition } from '../read/terms-edition.ts';

/** The edition of the terms that the applicant agreed to last, or null: that one binds (第4条1項). */
export async function findAgreedEdition(
  db: Executor,
  applicationId: string,
): Promise<{ id: string; number: number; title: string } | null> {
  const [row] = await db
    .select({ id: termsEditions.id, number: termsEditions.number, title: termsEditions.title })
    .from(agreements)
    .innerJoin(termsEditions, eq(termsEditions.id, agreements.termsEditionId))
    .where(eq(agreements.applicationId, applicationId))
    .orderBy(desc(agreements.agreedAt), desc(termsEditions.number))
    .limit(1);
  return row ?? null;
}

/**
 * The edition in force on a day that the applicant has not agreed to, or null when the agreement holds: an edition that
 * came into force after the application needs an agreement of its own before acceptance (第4条1項, 第17条).
 */
export async function findEditionToAgree(
  db: Executor,
  applicationId: string,
  today: CivilDate,
): Promise<TermsEdition | null> {
  const [agreed, inForce] = await Promise.all([
    findAgreedEdition(db, applicationId),
    readTermsInForce(db, today),
  ]);
  if (inForce === null || (agreed !== null && agreed.number >= inForce.number)) return null;
  return inForce;
}
