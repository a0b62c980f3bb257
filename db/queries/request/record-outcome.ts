import { eq } from 'drizzle-orm';
import type { Step } from '../../../domain/base/explain.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { RequestOutcome } from '../../../domain/period/contract.ts';
import { requestProcess } from '../../../domain/processes/request.ts';
import type { Database, Transaction } from '../../client.ts';
import { requests } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface RequestOutcomeInput {
  contractId: string;
  requestId: string;
  outcome: Exclude<RequestOutcome, 'sent'>;
  computedOn: CivilDate | null;
  /** Of a change: the 1st by its arrival, and the fields that later arrivals have taken over. */
  firstOn?: CivilDate;
  overtaken?: string[];
  clause: string;
  message: string;
  reasons: Step[];
  actor: string;
  commandId: string;
  businessAt: Date;
}

/** What became of a request, with its audit entry. */
export async function recordRequestOutcome(db: Database, input: RequestOutcomeInput): Promise<void> {
  await db.transaction((tx) => record(tx, input));
}

/** What one command means for several requests of a contract, all or nothing. A repeat changes nothing. */
export async function settleRequests(db: Database, inputs: readonly RequestOutcomeInput[]): Promise<void> {
  await db.transaction(async (tx) => {
    for (const input of inputs) await record(tx, input);
  });
}

/**
 * A date once computed stays when a later outcome brings none: a change of policy or fate never rewrites what the customer
 * was told.
 */
async function record(tx: Transaction, input: RequestOutcomeInput): Promise<void> {
  const [before] = await tx.select().from(requests).where(eq(requests.id, input.requestId)).for('update');
  if (before === undefined) throw new Error(`request ${input.requestId} does not exist`);
  const { outcome, clause, message, reasons } = input;
  const computedOn = input.computedOn ?? before.computedOn;
  const overtaken = input.overtaken ?? before.overtaken;
  const same =
    before.outcome === outcome &&
    before.computedOn === computedOn &&
    before.overtaken.join() === overtaken.join();
  if (same) return;
  await tx
    .update(requests)
    .set({
      ...{ outcome, clause, message, computedOn, overtaken },
      firstOn: before.firstOn ?? input.firstOn ?? null,
      reasons: reasons.length === 0 ? before.reasons : reasons,
    })
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
}
