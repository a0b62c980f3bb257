import { createRequest, type NewRequest } from '../../../../db/queries/request/create.ts';
import { refuseUnanswered } from '../../../../db/queries/request/refuse-unanswered.ts';
import type { RequestAnswer } from '../../../../workflows/contract/messages.ts';
import type { WebDependencies } from '../../../dependencies.ts';
import { answerWithin, refusalStatus, withClause } from '../../../http/answer.ts';
import { Problem } from '../../../http/problem.ts';
import { linkToContract } from '../view.ts';

/**
 * Stores a request with its command, hands it to its contract and waits for the answer. A contract that is over, or a
 * request that came too late, throws the 409 page, and the row says so: nothing stays half done.
 */
export async function sendRequest(deps: WebDependencies, request: NewRequest): Promise<RequestAnswer> {
  const { id: requestId, contractId, kind, commandId, enteredBy } = request;
  const command = { commandId, requestId, actor: { kind: 'staff' as const, id: enteredBy } };
  const sent = deps.contracts.request(contractId, kind, command, async (tx) => {
    await createRequest(tx, request);
  });
  const answer = await answerWithin(sent, deps.limits.answerMs);
  if (answer.ok) return answer;
  const status = refusalStatus(answer);
  if (status === 422) return answer;
  await refuseUnanswered(deps.db, { requestId, refusal: answer, commandId, at: deps.now() });
  throw new Problem(status, { message: withClause(answer), link: linkToContract(contractId) });
}
