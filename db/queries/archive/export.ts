import type { Database } from '../../client.ts';
import { recordAudit } from '../audit/record.ts';

/** Notes that documents of a period left the system as an export (第12条2項). */
export async function recordExport(
  db: Database,
  input: { actor: string; from: string; to: string; documents: number; sandbox: boolean },
): Promise<void> {
  const { actor, from, to, documents, sandbox } = input;
  await recordAudit(db, {
    actor,
    action: 'archive.exported',
    subjectType: 'document',
    subjectId: `${from}/${to}`,
    after: { documents, sandbox },
  });
}
