import { and, eq } from 'drizzle-orm';
import type { ContractStatus } from '../../../domain/contract.ts';
import type { Database } from '../../client.ts';
import { contracts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface TransitionContractInput {
  contractId: string;
  from: ContractStatus;
  to: ContractStatus;
  endsOn: string | null;
  clause: string;
  actor: string;
  businessAt: Date;
  commandId?: string;
}

/** Moves a contract along the state table and writes the audit entry. A repeat changes nothing. */
export async function transitionContract(db: Database, input: TransitionContractInput): Promise<void> {
  await db.transaction(async (tx) => {
    const moved = await tx
      .update(contracts)
      .set({ status: input.to, endsOn: input.endsOn, updatedAt: new Date() })
      .where(and(eq(contracts.id, input.contractId), eq(contracts.status, input.from)))
      .returning({ id: contracts.id });
    if (moved.length === 0) return;
    await recordAudit(tx, {
      actor: input.actor,
      action: `contract.${input.to}`,
      subjectType: 'contract',
      subjectId: input.contractId,
      clause: input.clause,
      before: { status: input.from },
      after: { status: input.to, endsOn: input.endsOn },
      businessAt: input.businessAt,
      ...(input.commandId === undefined ? {} : { commandId: input.commandId }),
    });
  });
}
