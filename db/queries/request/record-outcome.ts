import { eq } from 'drizzle-orm';
import type { Step } from '../../../domain/base/explain.ts';
import type { RequestOutcome } from '../../../domain/period/contract.ts';
import { requestProcess } from '../../../domain/processes/request.ts';
import type { Database } from '../../client.ts';
import { requests } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface RequestOutcomeInput {
  contractId: string;
  requestId: string;
  outcome: Exclude<RequestOutcome, 'sent'>;
  computedOn: string | null;
  clause: string;
  message: string;
  reasons: Step[];
  actor: string;
  commandId: string;
  businessAt: Date;
}

/**
 * What became of a request, with its audit entry. A date once computed stays when a later outcome brings none: a
 * change of policy or fate never rewrites what the customer was told.
 */
export async function recordRequestOutcome(db: Database, input: RequestOutcomeInput): Promise<void> {
  await db.transaction(async (tx) => {
    const [before] = await tx.select().from(requests).where(eq(requests.id, input.requestId)).for('update');
    if (before === undefined) throw new Error(`request ${input.requestId} does not exist`);
    if (before.outcome === input.outcome) return;
    const { outcome, clause, message, reasons } = input;
    const computedOn = input.computedOn ?? before.computedOn;
    await tx
      .update(requests)
      .set({ outcome, clause, message, computedOn, reasons: reasons.length === 0 ? before.reasons : reasons })
      .where(eq(requests.id, input.requestId));
    await recordAudit(tx, {
      actor: input.actor,
      action: requestProcess.statuses.request[outcome].audit,
      subjectType: 'contract',
      subjectId: input.contractId,
      clause,
      before: { outcome: before.outcome },
      after: { requestId: input.requestId, kind: before.kind, outcome, computedOn },
      commandId: input.commandId,
      businessAt: input.businessAt,
    });
  });
}
