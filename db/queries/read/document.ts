import { and, eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { applicationDocuments, certificates } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface DocumentRow {
  storageKey: string;
  fileName: string;
  contentType: string;
}

/** A scan of an application, for a member of staff; the look is recorded. Null when it is not there. */
export async function openApplicationDocument(
  db: Database,
  input: { applicationId: string; documentId: string; actor: string },
): Promise<DocumentRow | null> {
  const { applicationId, documentId, actor } = input;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(applicationDocuments)
      .where(
        and(eq(applicationDocuments.id, documentId), eq(applicationDocuments.applicationId, applicationId)),
      );
    if (row === undefined) return null;
    await recordAudit(tx, {
      actor,
      action: 'document.downloaded',
      subjectType: 'application',
      subjectId: applicationId,
      clause: '第20条',
      after: { documentId },
    });
    return row;
  });
}

/** A certificate of a contract, for a member of staff; the look is recorded (第12条2項). Null when it is not there. */
export async function openCertificate(
  db: Database,
  input: { contractId: string; certificateId: string; actor: string },
): Promise<DocumentRow | null> {
  const { contractId, certificateId, actor } = input;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(certificates)
      .where(and(eq(certificates.id, certificateId), eq(certificates.contractId, contractId)));
    if (row === undefined) return null;
    await recordAudit(tx, {
      actor,
      action: 'certificate.downloaded',
      subjectType: 'contract',
      subjectId: contractId,
      after: { revision: row.revision },
    });
    return {
      storageKey: row.storageKey,
      fileName: `Hasso契約証書_${row.number}_第${row.revision}版.pdf`,
      contentType: 'application/pdf',
    };
  });
}
