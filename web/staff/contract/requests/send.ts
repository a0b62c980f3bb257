import { findRequest, type RequestRow } from '../../../../db/queries/request/find.ts';
import { recordRequestOutcome } from '../../../../db/queries/request/record-outcome.ts';
import type { RequestAnswer } from '../../../../workflows/contract/messages.ts';
import type { WebDependencies } from '../../../dependencies.ts';
import { answerWithin, refusalStatus } from '../../../http/answer.ts';
import { Problem } from '../../../http/problem.ts';
import { linkToContract } from '../view.ts';

/**
 * Hands a stored request to its contract and waits for the answer. A contract that is over, or a request that came too
 * late, throws the 409 page, and the row says so: nothing stays half done.
 */
export async function sendRequest(
  deps: WebDependencies,
  request: RequestRow,
  staffId: string,
): Promise<RequestAnswer> {
  const { id: requestId, contractId, kind, commandId } = request;
  const command = { commandId, requestId, actor: { kind: 'staff' as const, id: staffId } };
  const answer = await answerWithin(deps.contracts.request(contractId, kind, command), deps.limits.answerMs);
  if (answer.ok) return answer;
  const now = await findRequest(deps.db, requestId);
  if (now?.outcome === 'sent') {
    const { clause = '', message, reasons = [] } = answer;
    const outcome = 'refused' as const;
    const written = { contractId, requestId, outcome, clause, message, reasons, computedOn: null };
    await recordRequestOutcome(deps.db, { ...written, actor: staffId, commandId, businessAt: deps.now() });
  }
  const status = refusalStatus(answer);
  if (status === 422) return answer;
  const clause = answer.clause === undefined ? '' : `（${answer.clause}）`;
  throw new Problem(status, { message: `${answer.message}${clause}`, link: linkToContract(contractId) });
}
