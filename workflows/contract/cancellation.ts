import type { RequestFacts } from '../../activities/records/index.ts';
import { type CivilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import { cancelledAsOf } from '../../domain/ending/cancellation.ts';
import { judgeCancellation, judgeWithdrawal } from '../../domain/ending/cancellation-answer.ts';
import { projectContract } from '../../domain/future/project.ts';
import type { ContractContext, Request } from './context.ts';
import type { RequestAnswer } from './messages.ts';
import { recordOutcome } from './outcome.ts';
import { pushMail, pushRevision } from './outgoing.ts';
import { type Cause, endOf, loadFacts, type OwnOutcome, settle } from './sequence.ts';
import { moveContract } from './state.ts';
import { openCausedTask } from './tasks.ts';

/** Cancellation by the customer (第10条1項): the end by the moment of arrival and the wish, and what it does to what is pending. */
export async function answerCancellation(
  context: ContractContext,
  request: Request,
  { arrivedAtMs, wishedOn: wish, cutoff }: RequestFacts,
): Promise<RequestAnswer> {
  const { state } = context;
  const facts = await loadFacts(context);
  const { line } = projectContract(facts);
  const { discontinuation = null } = state;
  const judged = judgeCancellation({
    ...{ arrivedAtMs, wish, cutoff, line, campaign: facts.campaign },
    endsOn: facts.ownEndsOn,
    discontinuedOn: discontinuation?.lastDay ?? null,
  });
  if (!judged.ok) {
    await recordOutcome(context, request, { outcome: 'refused', refusal: judged });
    return judged;
  }
  const { reasons, message, endsOn, end } = judged;
  return endDiffers(context, request, async () => {
    await moveContract(state, 'ending', {
      ...{ actor: request.actor, clause: '第10条1項', endsOn, commandId: request.commandId },
      ...(discontinuation === null ? {} : { discontinuation: { ...discontinuation, ownEndsOn: end.endsOn } }),
    });
    const { requestId, commandId } = request;
    const own: OwnOutcome = {
      ...{ requestId, commandId, outcome: 'accepted', computedOn: endsOn },
      ...{ clause: '第10条1項', message, reasons },
    };
    const { affected } = await settle(context, request, { ...facts, ...endOf(state) }, { own: [own] });
    const cause = { requestId, asOf: cancelledAsOf(arrivedAtMs, line) };
    if (judged.renewsUnasked) await openCausedTask(context, { ...cause, kind: 'renewsAlthoughCancelled' });
    if (end.needsConfirmation) await openCausedTask(context, { ...cause, kind: 'endToConfirm' });
    pushMail(context, { key: `request/${requestId}`, kind: 'cancellationAccepted', requestId, affected });
    return { ok: true, effectiveOn: endsOn, reasons, message };
  });
}

/** Withdrawal of a cancellation: until the end, by staff's consent (第10条1項). What it had dropped stands again. */
export async function answerWithdrawal(
  context: ContractContext,
  request: Request,
  { openCancellationId }: RequestFacts,
): Promise<RequestAnswer> {
  const { state } = context;
  const { discontinuation = null } = state;
  const discontinuedOn = discontinuation?.lastDay ?? null;
  const { status } = state;
  const judged = judgeWithdrawal({ status, cancellationId: openCancellationId, discontinuedOn });
  if (!judged.ok) {
    await recordOutcome(context, request, { outcome: 'refused', refusal: judged });
    return judged;
  }
  const { cancellationId, message, reasons } = judged;
  const effectiveOn = jstDate(Date.now());
  const formerEndsOn = state.endsOn ?? effectiveOn;
  return endDiffers(context, request, async () => {
    await moveContract(state, discontinuation === null ? 'active' : 'ending', {
      ...{ actor: request.actor, clause: '第10条1項', endsOn: discontinuedOn, commandId: request.commandId },
      ...(discontinuation === null ? {} : { discontinuation: { ...discontinuation, ownEndsOn: null } }),
    });
    const said = { clause: '第10条1項', message, reasons };
    const { requestId, commandId } = request;
    const own: OwnOutcome[] = [
      { requestId: cancellationId, commandId: `${commandId}/withdrawn`, outcome: 'withdrawn', ...said },
      { requestId, commandId, outcome: 'done', computedOn: effectiveOn, ...said },
    ];
    const { affected } = await settle(context, request, await loadFacts(context), { own });
    const dates = { formerEndsOn };
    pushMail(context, { key: `request/${requestId}`, kind: 'cancellationWithdrawn', dates, affected });
    return { ok: true, effectiveOn, reasons, message };
  });
}

/** Does what may move the contract's last day; where it did, the certificate states the other one (第5条1項). */
export async function endDiffers<T>(
  context: ContractContext,
  { commandId }: Pick<Cause, 'commandId'>,
  move: () => Promise<T>,
): Promise<T> {
  const before: CivilDate | null = context.state.endsOn;
  const result = await move();
  if (context.state.endsOn !== before) pushRevision(context, { kind: 'end', ref: commandId });
  return result;
}
