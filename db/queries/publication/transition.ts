import { eq } from 'drizzle-orm';
import { canMove, type Reached } from '../../../domain/desk/moves.ts';
import {
  PUBLICATION_STATUSES,
  type PublicationStatus,
  type PublicationSubject,
} from '../../../domain/notice/publication.ts';
import type { AuditAction } from '../../../domain/processes/index.ts';
import type { Database, Transaction } from '../../client.ts';
import { feeChanges, termsEditions } from '../../schema/index.ts';
import { recordCarriedOut } from '../command/given.ts';
import { offerCatalogue, withdrawCatalogue } from '../fee-change/offer.ts';

const ACTIONS = {
  termsEdition: {
    approved: 'termsEdition.approved',
    rejected: 'termsEdition.rejected',
    lapsed: 'termsEdition.lapsed',
    effective: 'termsEdition.effective',
    void: 'termsEdition.void',
  },
  feeChange: {
    approved: 'feeChange.approved',
    rejected: 'feeChange.rejected',
    lapsed: 'feeChange.lapsed',
    effective: 'feeChange.effective',
    void: 'feeChange.void',
  },
} as const satisfies Record<PublicationSubject, Record<Reached<typeof PUBLICATION_STATUSES>, AuditAction>>;

export interface TransitionPublicationInput {
  subjectType: PublicationSubject;
  subjectId: string;
  to: Reached<typeof PUBLICATION_STATUSES>;
  actor: string;
  clause: string;
  commandId?: string;
  businessAt: Date;
}

/**
 * Moves an edition or a fee change along the state table, with its audit entry. A repeat changes nothing. The price list
 * of a fee change enters the catalogue with the approval and leaves it with a withdrawal. Throws for a move that is none.
 */
export async function transitionPublication(db: Database, input: TransitionPublicationInput): Promise<void> {
  const { subjectType, subjectId, to, actor } = input;
  await db.transaction(async (tx) => {
    const from = await lockStatus(tx, subjectType, subjectId);
    if (from === to) return;
    if (!canMove(PUBLICATION_STATUSES, from, to))
      throw new Error(`${subjectType} may not go from ${from} to ${to}`);
    const values = { status: to, ...(to === 'approved' ? { approvedBy: actor } : {}) };
    if (subjectType === 'termsEdition') {
      await tx.update(termsEditions).set(values).where(eq(termsEditions.id, subjectId));
    } else {
      await tx.update(feeChanges).set(values).where(eq(feeChanges.id, subjectId));
      if (to === 'approved') await offerCatalogue(tx, subjectId);
      if (from === 'approved' && to === 'rejected') await withdrawCatalogue(tx, subjectId);
    }
    await recordCarriedOut(tx, {
      actor,
      action: ACTIONS[subjectType][to],
      subjectType,
      subjectId,
      clause: input.clause,
      before: { status: from },
      after: { status: to },
      businessAt: input.businessAt,
      ...(input.commandId === undefined ? {} : { commandId: input.commandId }),
    });
  });
}

async function lockStatus(
  tx: Transaction,
  subjectType: PublicationSubject,
  subjectId: string,
): Promise<PublicationStatus> {
  const table = subjectType === 'termsEdition' ? termsEditions : feeChanges;
  const [row] = await tx
    .select({ status: table.status })
    .from(table)
    .where(eq(table.id, subjectId))
    .for('update');
  if (row === undefined) throw new Error(`${subjectType} ${subjectId} does not exist`);
  return row.status;
}
