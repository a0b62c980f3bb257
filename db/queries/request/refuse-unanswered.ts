import type { Refusal } from '../../../domain/base/answers.ts';
import type { Database } from '../../client.ts';
import { findRequest } from './find.ts';
import { recordRequestOutcome } from './record-outcome.ts';

/** Notes on a request that its contract is over and will not take it: no workflow is there to do so. */
export async function refuseUnanswered(
  db: Database,
  input: { requestId: string; refusal: Refusal; commandId: string; at: Date },
): Promise<void> {
  const { requestId, refusal, commandId, at } = input;
  const request = await findRequest(db, requestId);
  if (request?.outcome !== 'sent') return;
  const { clause = '', message, reasons = [] } = refusal;
  const { contractId, enteredBy: actor } = request;
  const written = { contractId, requestId, clause, message, reasons, computedOn: null };
  await recordRequestOutcome(db, { ...written, outcome: 'refused', actor, commandId, businessAt: at });
}
