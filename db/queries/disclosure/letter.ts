import { eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { disclosures } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/** The authority's paper, for a member of staff; the look is recorded. Null when there is none. */
export async function openDisclosureLetter(
  db: Database,
  { disclosureId, actor }: { disclosureId: string; actor: string },
): Promise<{ storageKey: string; fileName: string } | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(disclosures).where(eq(disclosures.id, disclosureId));
    if (row === undefined || row.storageKey === null) return null;
    await recordAudit(tx, {
      actor,
      action: 'document.downloaded',
      subjectType: 'contract',
      subjectId: row.contractId,
      clause: '第22条1項',
      after: { disclosureId },
    });
    return { storageKey: row.storageKey, fileName: row.fileName };
  });
}
