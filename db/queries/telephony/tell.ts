import { and, eq, ne } from 'drizzle-orm';
import { provisioningWorkflowId } from '../../../domain/telephony/provisioning.ts';
import type { Executor } from '../../client.ts';
import { provisionings } from '../../schema/index.ts';
import { recordCommand } from '../command/record.ts';

/** Has the provision of a contract's numbers look now, where one runs; `because` names what happened. */
export async function tellProvisioning(tx: Executor, contractId: string, because: string): Promise<void> {
  const [running] = await tx
    .select({ contractId: provisionings.contractId })
    .from(provisionings)
    .where(and(eq(provisionings.contractId, contractId), ne(provisionings.status, 'released')));
  if (running === undefined) return;
  const workflowId = provisioningWorkflowId(contractId);
  await recordCommand(tx, {
    ...{ commandId: `look/${workflowId}/${because}`, actor: { kind: 'system' }, workflowId },
    ...{ update: 'lookAtProvisioning', carries: {}, starts: null },
  });
}
