import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { SuspensionScope, SuspensionStatus } from '../../../domain/suspension/suspension.ts';
import { groundOf } from '../../../domain/suspension/suspension-grounds.ts';
import type { Database } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { suspensions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import type { SuspensionRow } from './find.ts';

export interface NewSuspension {
  commandId: string;
  /** `approval` where a second person decides, else `planned`: its workflow begins it when the time has come. */
  status: SuspensionStatus & ('approval' | 'planned');
  scope: SuspensionScope;
  planCode: string | null;
  contractId: string | null;
  sandbox: boolean;
  ground: string;
  planned: boolean;
  /** Regular maintenance: customers are told when it begins, not before. */
  regular: boolean;
  reason: string;
  enteredBy: string;
  startsAt: Date;
  endsAt: Date | null;
}

/** Writes a suspension once for each command id (第15条・第18条2項); gives the row. */
export async function createSuspension(db: Database, input: NewSuspension): Promise<SuspensionRow> {
  return db.transaction(async (tx) => {
    const id = randomUUID();
    const { contractId } = input;
    const ownerId =
      contractId === null ? id : await ownerOf(tx, { subjectType: 'contract', subjectId: contractId });
    const [made] = await tx
      .insert(suspensions)
      .values(sealRow(suspensions, ownerId, { id, ...input }))
      .onConflictDoNothing()
      .returning();
    if (made === undefined) {
      const [there] = await tx.select().from(suspensions).where(eq(suspensions.commandId, input.commandId));
      if (there === undefined) throw new Error('the suspension was not stored');
      return there;
    }
    const { scope, planCode, sandbox, ground, planned } = input;
    const audit = {
      actor: input.enteredBy,
      action: 'suspension.entered' as const,
      clause: groundOf(ground)?.clause ?? '第15条',
      after: { suspensionId: made.id, scope, planCode, sandbox, ground, planned },
      commandId: input.commandId,
    };
    await recordAudit(tx, { ...audit, subjectType: 'suspension', subjectId: made.id });
    if (input.contractId !== null) {
      await recordAudit(tx, { ...audit, subjectType: 'contract', subjectId: input.contractId });
    }
    return made;
  });
}
