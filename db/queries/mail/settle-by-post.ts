import { eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { seal } from '../../personal/tags.ts';
import { decisions, tasks } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { recordLetterOfMail } from '../notice/unreached.ts';

export interface SettleByPost {
  taskId: string;
  /** The day on which the letter was posted. */
  postedOn: CivilDate;
  /** How it was sent, and where the proof is. */
  note: string;
  staffId: string;
  commandId: string;
  at: Date;
}

/**
 * Notes that a letter did what a mail could not (第17条3項), as evidence: day and words in a decision, the day in the audit
 * log. `gone` when the task was closed meanwhile by somebody else.
 */
export async function settleByPost(db: Database, input: SettleByPost): Promise<'recorded' | 'gone'> {
  const { taskId, postedOn, note, staffId, commandId, at } = input;
  return db.transaction(async (tx) => {
    const [earlier] = await tx.select().from(decisions).where(eq(decisions.commandId, commandId));
    if (earlier !== undefined) return earlier.taskId === taskId ? 'recorded' : 'gone';
    const [task] = await tx.select().from(tasks).where(eq(tasks.id, taskId)).for('update');
    if (task === undefined || task.status !== 'open') return 'gone';
    const { subjectType, subjectId } = task;
    await tx.insert(decisions).values({
      commandId,
      subjectType,
      subjectId,
      taskId,
      stage: 'delivery',
      verdict: 'byPost',
      reasonCode: 'byPost',
      reason: seal(await ownerOf(tx, task), `発送日：${postedOn}\n${note}`),
      staffId,
      outcome: 'effective',
      effectiveAt: at,
    });
    await recordAudit(tx, {
      actor: staffId,
      action: 'mail.sentByPost',
      subjectType,
      subjectId,
      after: { taskId, postedOn, mailKey: task.about },
      commandId,
    });
    await recordLetterOfMail(tx, { key: task.about, sentOn: postedOn, staffId });
    // Otherwise the workflow that waits for the mail closes it.
    if (!task.awaited) await tx.update(tasks).set({ status: 'done', doneAt: at }).where(eq(tasks.id, taskId));
    return 'recorded';
  });
}
