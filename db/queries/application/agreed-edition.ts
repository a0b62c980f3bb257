import { desc, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { agreements, termsEditions } from '../../schema/index.ts';

/** The newest edition of the terms that the applicant agreed to, or null (第4条1項). */
export async function findAgreedEdition(
  db: Executor,
  applicationId: string,
): Promise<{ id: string; number: number; title: string } | null> {
  const [row] = await db
    .select({ id: termsEditions.id, number: termsEditions.number, title: termsEditions.title })
    .from(agreements)
    .innerJoin(termsEditions, eq(termsEditions.id, agreements.termsEditionId))
    .where(eq(agreements.applicationId, applicationId))
    .orderBy(desc(termsEditions.number))
    .limit(1);
  return row ?? null;
}
