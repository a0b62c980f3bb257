import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { PublicationStatus } from '../../../domain/notice/publication.ts';
import type { Database } from '../../client.ts';
import { termsEditions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface UploadedEdition {
  /** From the form: a repeated upload is the same edition. */
  id: string;
  number: number;
  title: string;
  effectiveOn: CivilDate;
  detrimental: boolean;
  reason: string;
  documentKey: string;
  documentSha256: string;
  contentType: 'application/pdf' | 'text/html' | 'text/markdown';
  fileName: string;
  bodyHtml: string | null;
  bodyText: string;
  uploadedBy: string;
}

/** Stores an uploaded edition as a draft, once, with its audit entry (第17条). False when its number is taken. */
export async function uploadTermsEdition(db: Database, edition: UploadedEdition): Promise<boolean> {
  return db.transaction(async (tx) => {
    const status: PublicationStatus = 'draft';
    const stored = await tx
      .insert(termsEditions)
      .values({ ...edition, status })
      .onConflictDoNothing()
      .returning({ id: termsEditions.id });
    if (stored.length === 0) {
      const known = await tx.query.termsEditions.findFirst({
        where: (row, { eq }) => eq(row.id, edition.id),
      });
      return known !== undefined;
    }
    await recordAudit(tx, {
      actor: edition.uploadedBy,
      action: 'termsEdition.uploaded',
      subjectType: 'termsEdition',
      subjectId: edition.id,
      after: {
        number: edition.number,
        effectiveOn: edition.effectiveOn,
        detrimental: edition.detrimental,
        documentSha256: edition.documentSha256,
      },
      commandId: edition.id,
    });
    return true;
  });
}
