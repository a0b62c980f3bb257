import { and, eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Reached } from '../../../domain/desk/moves.ts';
import {
  DISCONTINUATION_STATUSES,
  type DiscontinuationStatus,
} from '../../../domain/discontinuation/discontinuation-status.ts';
import type { Database } from '../../client.ts';
import { discontinuations } from '../../schema/index.ts';
import { requireMadeBefore } from '../audit/made-before.ts';
import { recordAudit } from '../audit/record.ts';

export interface TransitionDiscontinuationInput {
  discontinuationId: string;
  from: DiscontinuationStatus;
  to: Reached<typeof DISCONTINUATION_STATUSES>;
  actor: string;
  businessAt: Date;
  commandId?: string;
  decisionId?: string;
  reviewedBy?: string;
  approvedBy?: string;
  announcedOn?: CivilDate;
}

/** Moves a discontinuation along its state table, with the decision that moved it and the audit entry. A repeat changes nothing; throws in a third status. */
export async function transitionDiscontinuation(
  db: Database,
  input: TransitionDiscontinuationInput,
): Promise<void> {
  const { discontinuationId, from, to, actor, businessAt, commandId, decisionId, ...set } = input;
  await db.transaction(async (tx) => {
    const moved = await tx
      .update(discontinuations)
      .set({ status: to, ...set, updatedAt: new Date() })
      .where(and(eq(discontinuations.id, discontinuationId), eq(discontinuations.status, from)))
      .returning({ id: discontinuations.id });
    if (moved.length === 0) {
      const action = DISCONTINUATION_STATUSES[to].audit;
      const subject = { subjectType: 'discontinuation' as const, subjectId: discontinuationId };
      return requireMadeBefore(tx, discontinuations, { ...subject, from, to, action, commandId });
    }
    await recordAudit(tx, {
      actor,
      action: DISCONTINUATION_STATUSES[to].audit,
      subjectType: 'discontinuation',
      subjectId: discontinuationId,
      before: { status: from },
      after: { status: to, ...(set.announcedOn === undefined ? {} : { announcedOn: set.announcedOn }) },
      businessAt,
      ...(commandId === undefined ? {} : { commandId }),
    });
  });
}
