import { and, eq, isNull, or } from 'drizzle-orm';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import type { SubjectType } from '../../../domain/processes/index.ts';
import type { Database } from '../../client.ts';
import { tasks } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { mayDo } from '../read/task-queue.ts';

export interface ClaimedTask {
  id: string;
  subjectType: SubjectType;
  subjectId: string;
}

/** Claims a task for a member of staff who may do it. Null when it is gone, not theirs, or claimed by somebody else. */
export async function claimTask(
  db: Database,
  input: { taskId: string; staff: { id: string; roles: readonly StaffRole[] }; now: Date },
): Promise<ClaimedTask | null> {
  const { taskId, staff, now } = input;
  return db.transaction(async (tx) => {
    const [claimed] = await tx
      .update(tasks)
      .set({ claimedBy: staff.id, claimedAt: now })
      .where(
        and(eq(tasks.id, taskId), mayDo(staff), or(isNull(tasks.claimedBy), eq(tasks.claimedBy, staff.id))),
      )
      .returning({ id: tasks.id, subjectType: tasks.subjectType, subjectId: tasks.subjectId });
    if (claimed === undefined) return null;
    await recordAudit(tx, {
      actor: staff.id,
      action: 'task.claimed',
      subjectType: 'task',
      subjectId: taskId,
    });
    return claimed;
  });
}

/** Claims the oldest unclaimed task that the person may do; two people who ask at once get different ones. */
export async function claimNextTask(
  db: Database,
  input: { staff: { id: string; roles: readonly StaffRole[] }; now: Date },
): Promise<ClaimedTask | null> {
  const { staff, now } = input;
  return db.transaction(async (tx) => {
    const [next] = await tx
      .select({ id: tasks.id, subjectType: tasks.subjectType, subjectId: tasks.subjectId })
      .from(tasks)
      .where(and(mayDo(staff), isNull(tasks.claimedBy)))
      .orderBy(tasks.createdAt, tasks.id)
      .limit(1)
      .for('update', { skipLocked: true });
    if (next === undefined) return null;
    await tx.update(tasks).set({ claimedBy: staff.id, claimedAt: now }).where(eq(tasks.id, next.id));
    await recordAudit(tx, {
      actor: staff.id,
      action: 'task.claimed',
      subjectType: 'task',
      subjectId: next.id,
    });
    return next;
  });
}

/** Gives a claimed task back to the queue. False when it was not claimed by this person. */
export async function releaseTask(db: Database, taskId: string, staffId: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [released] = await tx
      .update(tasks)
      .set({ claimedBy: null, claimedAt: null })
      .where(and(eq(tasks.id, taskId), eq(tasks.claimedBy, staffId), eq(tasks.status, 'open')))
      .returning({ id: tasks.id });
    if (released === undefined) return false;
    await recordAudit(tx, {
      actor: staffId,
      action: 'task.released',
      subjectType: 'task',
      subjectId: taskId,
    });
    return true;
  });
}
