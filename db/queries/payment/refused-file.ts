import { eq } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { refusedBankFiles } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { openWatchedTask } from '../task/open.ts';

export type RefusedBankFile = typeof refusedBankFiles.$inferSelect;

/** Keeps what is known of a file that could not be taken, with a task for billing, in one transaction; a repeat changes nothing. */
export async function recordRefusedFile(
  db: Database,
  file: Pick<RefusedBankFile, 'fileName' | 'reason' | 'storageKey' | 'sha256' | 'bytes'> & {
    sandbox: boolean;
    now: Date;
  },
): Promise<void> {
  const { now, sandbox, ...values } = file;
  const id = nameUuid(`refused-bank-file/${file.fileName}/${file.sha256 ?? file.bytes}`);
  await db.transaction(async (tx) => {
    const stored = await tx
      .insert(refusedBankFiles)
      .values(sealRow(refusedBankFiles, id, { ...values, id, refusedAt: now }))
      .onConflictDoNothing()
      .returning({ id: refusedBankFiles.id });
    if (stored.length === 0) return;
    await openWatchedTask(tx, {
      ...{ taskId: nameUuid(`refused-bank-file-task/${id}`), kind: 'bankFileRefused' },
      ...{ subjectType: 'refusedBankFile', subjectId: id, involved: [], openedAt: now, sandbox },
    });
    await recordAudit(tx, {
      ...{ actor: 'system', action: 'bankFile.refused', subjectType: 'refusedBankFile', subjectId: id },
      after: { sha256: file.sha256, bytes: file.bytes },
    });
  });
}

export async function findRefusedFile(db: Executor, id: string): Promise<RefusedBankFile | null> {
  const [row] = await db.select().from(refusedBankFiles).where(eq(refusedBankFiles.id, id));
  return row ?? null;
}

/** Whoever takes the file out of the house is on record. */
export async function noteRefusedDownload(
  db: Database,
  { id, staffId }: { id: string; staffId: string },
): Promise<void> {
  await recordAudit(db, {
    ...{ actor: staffId, action: 'bankFile.downloaded', subjectType: 'refusedBankFile', subjectId: id },
  });
}
