import { and, eq } from 'drizzle-orm';
import type { Database, Executor, Transaction } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { decisionDrafts } from '../../schema/index.ts';
import type { TaskRow } from '../task/find.ts';

/** What a person had typed when, by the names of the fields. */
export interface SavedDraft {
  values: Readonly<Record<string, string>>;
  savedAt: Date;
}

interface Whose {
  staffId: string;
  taskId: string;
}

/** Keeps what somebody has typed into the form of an open task, in place of what they had typed before. */
export async function saveDraft(
  db: Database,
  task: Pick<TaskRow, 'id' | 'subjectType' | 'subjectId'>,
  { staffId, values, savedAt }: SavedDraft & { staffId: string },
): Promise<void> {
  const ownerId = await ownerOf(db, task);
  const row = sealRow(decisionDrafts, ownerId, { staffId, taskId: task.id, values, savedAt });
  await db
    .insert(decisionDrafts)
    .values(row)
    .onConflictDoUpdate({
      target: [decisionDrafts.staffId, decisionDrafts.taskId],
      set: { values: row.values, savedAt },
    });
}

/** What a person had typed into the form of a task, or null. */
export async function findDraft(db: Executor, { staffId, taskId }: Whose): Promise<SavedDraft | null> {
  const [row] = await db
    .select({ values: decisionDrafts.values, savedAt: decisionDrafts.savedAt })
    .from(decisionDrafts)
    .where(and(eq(decisionDrafts.staffId, staffId), eq(decisionDrafts.taskId, taskId)));
  return row === undefined ? null : { values: textsIn(row.values), savedAt: row.savedAt };
}

/** With the decision go all drafts of it. */
export async function dropDrafts(tx: Transaction, taskId: string): Promise<void> {
  await tx.delete(decisionDrafts).where(eq(decisionDrafts.taskId, taskId));
}

const textsIn = (values: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(typeof values === 'object' && values !== null ? values : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
