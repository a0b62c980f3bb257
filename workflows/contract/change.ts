import type { RequestFacts } from '../../activities/records/index.ts';
import { refuse } from '../../domain/base/answers.ts';
import { changeEffectiveOn } from '../../domain/change/changes.ts';
import type { Settlement } from '../../domain/future/settle.ts';
import type { ContractContext, Request } from './context.ts';
import type { RequestAnswer } from './messages.ts';
import { pushMail } from './outgoing.ts';
import { loadFacts, settle } from './sequence.ts';

const MAILS = {
  accepted: 'changeAccepted',
  done: 'changeTakenBack',
  refused: 'changeRefused',
  superseded: 'changeRefused',
  dropped: 'changeRefused',
} as const satisfies Record<Settlement['outcome'], string>;

/**
 * A change of plan, options, licences or contract kind (第8条): the day it takes effect, or why not, as one of all that are yet
 * to come. Whoever loses by it is told in the same mail.
 */
export async function answerChange(
  context: ContractContext,
  request: Request,
  { arrivedAtMs, cutoff }: RequestFacts,
): Promise<RequestAnswer> {
  const { requestId } = request;
  const firstOn = changeEffectiveOn(arrivedAtMs, cutoff);
  const facts = await loadFacts(context, { requestId, firstOn: firstOn.value });
  const { settlements, affected } = await settle(context, request, facts, { arrival: firstOn.steps });
  const settled = settlements.find((each) => each.requestId === requestId);
  if (settled === undefined) throw new Error(`request ${requestId} was not judged`);
  const { outcome, on, message, clause, reasons } = settled;
  pushMail(context, { key: `request/${requestId}`, kind: MAILS[outcome], requestId, affected });
  if (outcome === 'accepted' || outcome === 'done') return { ok: true, effectiveOn: on, reasons, message };
  return { ...refuse('ruleRefuses', message, clause), reasons };
}
