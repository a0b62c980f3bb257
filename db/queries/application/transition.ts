import { and, eq } from 'drizzle-orm';
import { APPLICATION_STATUSES, type ApplicationStatus } from '../../../domain/application/application.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database, Executor } from '../../client.ts';
import { applications } from '../../schema/index.ts';
import { requireMadeBefore } from '../audit/made-before.ts';
import { recordAudit } from '../audit/record.ts';
import { closeTask } from '../task/close.ts';
import { type OpenTaskInput, openTask } from '../task/open.ts';

export interface TransitionApplicationInput {
  applicationId: string;
  from: ApplicationStatus;
  to: ApplicationStatus;
  round: number;
  actor: string;
  correctionDueOn: CivilDate | null;
  correctionTokenHash: string | null;
  businessAt: Date;
  commandId?: string;
  decisionId?: string;
  /** The task that is done by it, and the one that the next stage asks for. */
  closesTask?: { taskId: string; outcome: 'done' | 'cancelled' };
  opensTask?: OpenTaskInput;
}

/**
 * Moves an application along the state table, closes and opens the tasks of the stages and writes the audit entry, all or nothing. A repeat finds the row already moved and changes nothing.
 */
export async function transitionApplication(db: Database, input: TransitionApplicationInput): Promise<void> {
  await db.transaction(async (tx) => {
    const moved = await tx
      .update(applications)
      .set({
        status: input.to,
        round: input.round,
        correctionDueOn: input.correctionDueOn,
        correctionTokenHash: input.correctionTokenHash,
        updatedAt: new Date(),
      })
      .where(and(eq(applications.id, input.applicationId), eq(applications.status, input.from)))
      .returning({ id: applications.id });
    if (moved.length === 0) return requireRepeat(tx, input);
    // Sent together: somebody waits for the answer.
    await Promise.all([
      input.closesTask === undefined
        ? null
        : closeTask(tx, input.closesTask.taskId, input.closesTask.outcome),
      input.opensTask === undefined ? null : openTask(tx, input.opensTask),
      recordAudit(tx, {
        actor: input.actor,
        action: APPLICATION_STATUSES[input.to].audit,
        subjectType: 'application',
        subjectId: input.applicationId,
        before: { status: input.from },
        after: { status: input.to, round: input.round },
        businessAt: input.businessAt,
        ...(input.commandId === undefined ? {} : { commandId: input.commandId }),
      }),
    ]);
  });
}

function requireRepeat(tx: Executor, input: TransitionApplicationInput): Promise<void> {
  const { applicationId, from, to, commandId } = input;
  const subject = { subjectType: 'application' as const, subjectId: applicationId };
  const action = APPLICATION_STATUSES[to].audit;
  return requireMadeBefore(tx, applications, { ...subject, from, to, action, commandId });
}
