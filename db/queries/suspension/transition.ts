import { and, eq } from 'drizzle-orm';
import type { Reached } from '../../../domain/desk/moves.ts';
import { SUSPENSION_STATUSES, type SuspensionStatus } from '../../../domain/suspension/suspension.ts';
import { groundOf } from '../../../domain/suspension/suspension-grounds.ts';
import type { Database } from '../../client.ts';
import { suspensions } from '../../schema/index.ts';
import { requireMadeBefore } from '../audit/made-before.ts';
import { recordCarriedOut } from '../command/given.ts';

export interface TransitionSuspensionInput {
  suspensionId: string;
  from: SuspensionStatus;
  to: Reached<typeof SUSPENSION_STATUSES>;
  actor: string;
  businessAt: Date;
  commandId?: string;
  decisionId?: string;
  decidedBy?: string;
}

/** Moves a suspension along its state table, with the decision that moved it and the audit entry. A repeat changes nothing; throws in a third status. */
export async function transitionSuspension(db: Database, input: TransitionSuspensionInput): Promise<void> {
  const { suspensionId, from, to, actor, businessAt, commandId, decidedBy } = input;
  await db.transaction(async (tx) => {
    const [moved] = await tx
      .update(suspensions)
      .set({
        status: to,
        ...(decidedBy === undefined ? {} : { decidedBy }),
        ...(to === 'active' ? { startedAt: businessAt } : {}),
        ...(to === 'lifted' ? { liftedAt: businessAt } : {}),
        updatedAt: new Date(),
      })
      .where(and(eq(suspensions.id, suspensionId), eq(suspensions.status, from)))
      .returning();
    if (moved === undefined) {
      const action = SUSPENSION_STATUSES[to].audit;
      const subject = { subjectType: 'suspension' as const, subjectId: suspensionId };
      return requireMadeBefore(tx, suspensions, { ...subject, from, to, action, commandId });
    }
    const audit = {
      actor,
      action: SUSPENSION_STATUSES[to].audit,
      clause: groundOf(moved.ground)?.clause ?? '第15条',
      before: { status: from },
      after: { suspensionId, status: to, ground: moved.ground },
      businessAt,
      ...(commandId === undefined ? {} : { commandId }),
    };
    await recordCarriedOut(tx, { ...audit, subjectType: 'suspension', subjectId: suspensionId });
    if (moved.contractId !== null) {
      await recordCarriedOut(tx, { ...audit, subjectType: 'contract', subjectId: moved.contractId });
    }
  });
}

/** Other times for a suspension (第15条): its beginning only before it began. A repeat changes nothing. */
export async function rescheduleSuspension(
  db: Database,
  input: {
    suspensionId: string;
    startsAt: Date;
    endsAt: Date | null;
    actor: string;
    commandId: string;
    businessAt: Date;
  },
): Promise<void> {
  const { suspensionId, startsAt, endsAt, actor, commandId, businessAt } = input;
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(suspensions).where(eq(suspensions.id, suspensionId)).for('update');
    if (row === undefined) throw new Error(`suspension ${suspensionId} does not exist`);
    const same = row.startsAt.getTime() === startsAt.getTime() && row.endsAt?.getTime() === endsAt?.getTime();
    if (same) return;
    await tx
      .update(suspensions)
      .set({ startsAt, endsAt, updatedAt: new Date() })
      .where(eq(suspensions.id, suspensionId));
    await recordCarriedOut(tx, {
      actor,
      action: 'suspension.rescheduled',
      subjectType: 'suspension',
      subjectId: suspensionId,
      clause: groundOf(row.ground)?.clause ?? '第15条',
      before: { startsAt: row.startsAt.toISOString(), endsAt: row.endsAt?.toISOString() ?? null },
      after: { startsAt: startsAt.toISOString(), endsAt: endsAt?.toISOString() ?? null },
      commandId,
      businessAt,
    });
  });
}
