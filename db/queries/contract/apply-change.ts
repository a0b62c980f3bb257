import { eq } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { contracts, requests } from '../../schema/index.ts';
import type { RequestedChange } from '../../schema/requests.ts';
import { recordAudit } from '../audit/record.ts';
import type { Contracted } from '../catalogue/price.ts';

/** What is contracted once a change has taken effect; what it does not name stays. */
export function withChange(contracted: Contracted, change: RequestedChange): Contracted {
  return {
    ...contracted,
    kind: change.contractKind ?? contracted.kind,
    planCode: change.planCode ?? contracted.planCode,
    options: change.options ?? contracted.options,
    licences: change.licences ?? contracted.licences,
  };
}

/** A change takes effect (第8条2項): contract, request and audit entry together. A repeat changes nothing. */
export async function applyChange(
  db: Database,
  input: { contractId: string; requestId: string; effectiveOn: string; businessAt: Date },
): Promise<{ newKind: 'annual' | 'monthly' | null }> {
  return db.transaction(async (tx) => {
    const [contract] = await tx
      .select()
      .from(contracts)
      .where(eq(contracts.id, input.contractId))
      .for('update');
    const [request] = await tx.select().from(requests).where(eq(requests.id, input.requestId)).for('update');
    if (contract === undefined || request === undefined)
      throw new Error(`request ${input.requestId} does not exist`);
    const newKind = request.requested?.contractKind ?? null;
    if (request.outcome === 'done') return { newKind };
    const { kind, planCode, options, licences } = withChange(contract, request.requested ?? {});
    await tx
      .update(contracts)
      .set({ kind, planCode, options, licences, updatedAt: new Date() })
      .where(eq(contracts.id, contract.id));
    await tx
      .update(requests)
      .set({ outcome: 'done', computedOn: input.effectiveOn })
      .where(eq(requests.id, request.id));
    await recordAudit(tx, {
      actor: 'system',
      action: 'contract.changed',
      subjectType: 'contract',
      subjectId: contract.id,
      clause: request.kind === 'termination' ? '第10条2項' : '第8条2項',
      before: {
        kind: contract.kind,
        planCode: contract.planCode,
        options: contract.options,
        licences: contract.licences,
      },
      after: { kind, planCode, options, licences, effectiveOn: input.effectiveOn },
      businessAt: input.businessAt,
    });
    return { newKind };
  });
}
