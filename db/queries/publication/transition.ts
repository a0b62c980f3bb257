import { eq } from 'drizzle-orm';
import {
  canMovePublication,
  type PublicationStatus,
  type PublicationSubject,
} from '../../../domain/publication.ts';
import type { Database } from '../../client.ts';
import { termsEditions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface TransitionPublicationInput {
  subjectType: PublicationSubject;
  subjectId: string;
  to: PublicationStatus;
  actor: string;
  clause: string;
  commandId?: string;
  businessAt: Date;
}

/** Moves an edition along the state table, with its audit entry. A repeat changes nothing. Throws for a move that is none. */
export async function transitionPublication(
  db: Database,
  input: TransitionPublicationInput,
): Promise<void> {
  const { subjectType, subjectId, to, actor } = input;
  await db.transaction(async (tx) => {
    const [row] = await tx
      .select({ status: termsEditions.status })
      .from(termsEditions)
      .where(eq(termsEditions.id, subjectId))
      .for('update');
    if (row === undefined) throw new Error(`${subjectType} ${subjectId} does not exist`);
    if (row.status === to) return;
    if (!canMovePublication(row.status, to))
      throw new Error(`${subjectType} may not go from ${row.status} to ${to}`);
    const approved = to === 'approved' ? { approvedBy: actor } : {};
    await tx
      .update(termsEditions)
      .set({ status: to, ...approved })
      .where(eq(termsEditions.id, subjectId));
    await recordAudit(tx, {
      actor,
      action: `${subjectType}.${to}`,
      subjectType,
      subjectId,
      clause: input.clause,
      before: { status: row.status },
      after: { status: to },
      businessAt: input.businessAt,
      ...(input.commandId === undefined ? {} : { commandId: input.commandId }),
    });
  });
}
