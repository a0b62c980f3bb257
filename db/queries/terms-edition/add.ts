import { eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database } from '../../client.ts';
import { termsEditions } from '../../schema/index.ts';

/** Registers an edition that is in force already, once, and returns its id (第17条); a new one is uploaded. */
export async function addTermsEdition(
  db: Database,
  edition: {
    number: number;
    title: string;
    effectiveOn: CivilDate;
    documentKey?: string;
    documentSha256?: string;
    contentType?: 'application/pdf' | 'text/html' | 'text/markdown';
    fileName?: string;
    bodyHtml?: string | null;
    bodyText?: string;
  },
): Promise<string> {
  await db.insert(termsEditions).values(edition).onConflictDoNothing();
  const [row] = await db
    .select({ id: termsEditions.id })
    .from(termsEditions)
    .where(eq(termsEditions.number, edition.number));
  if (row === undefined) throw new Error(`terms edition ${edition.number} was not stored`);
  return row.id;
}
