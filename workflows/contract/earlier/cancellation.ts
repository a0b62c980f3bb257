import type { RequestFacts } from '../../../activities/records/index.ts';
import { step } from '../../../domain/base/explain.ts';
import { type CivilDate, compareDates, formatDateJa, jstDate } from '../../../domain/calendar/civil-date.ts';
import { judgeCancellation, judgeWithdrawal } from '../../../domain/ending/cancellation-answer.ts';
import type { ContractContext, Request } from '../context.ts';
import type { RequestAnswer } from '../messages.ts';
import { recordOutcome } from '../outcome.ts';
import { pushMail } from '../outgoing.ts';
import { moveContract } from '../state.ts';

/** In runs from before changes were judged as one sequence: the end by the moment of arrival and the wish (第10条1項). */
export async function answerCancellation(
  context: ContractContext,
  request: Request,
  facts: RequestFacts,
): Promise<RequestAnswer> {
  const { state } = context;
  const { basis } = state;
  const { arrivedAtMs, wishedOn: wish, cutoff } = facts;
  const { discontinuation } = state;
  const judged = judgeCancellation({
    ...{ arrivedAtMs, wish, cutoff, line: [basis] },
    endsOn: discontinuation == null ? state.endsOn : discontinuation.ownEndsOn,
    discontinuedOn: discontinuation?.lastDay ?? null,
  });
  if (!judged.ok) {
    await recordOutcome(context, request, { outcome: 'refused', refusal: judged });
    return judged;
  }
  const { reasons, message } = judged;
  const { endsOn } = judged;
  await dropChanges(context, request, endsOn);
  await moveContract(state, 'ending', {
    actor: request.actor,
    clause: '第10条1項',
    endsOn,
    commandId: request.commandId,
    ...(discontinuation == null
      ? {}
      : { discontinuation: { ...discontinuation, ownEndsOn: judged.end.endsOn } }),
  });
  await recordOutcome(context, request, {
    outcome: 'accepted',
    computedOn: endsOn,
    clause: '第10条1項',
    message,
    reasons,
  });
  if (judged.renewsUnasked) await tellStaffThatItRenews(context, request);
  pushMail(context, {
    key: `request/${request.requestId}`,
    kind: 'cancellationAccepted',
    requestId: request.requestId,
  });
  return { ok: true, effectiveOn: endsOn, reasons, message };
}

/** A run from then does not remind of it: nobody waits for the task. */
async function tellStaffThatItRenews({ desk }: ContractContext, request: Request): Promise<void> {
  const task = await desk.open({ kind: 'renewsAlthoughCancelled', involved: [], about: request.requestId });
  desk.forget(task);
}

/** A change that would take effect after the end is dropped when the end comes in later (第8条, 第10条1項). */
async function dropChanges(context: ContractContext, request: Request, endsOn: CivilDate): Promise<void> {
  const { state } = context;
  const dropped = state.pending.filter(({ effectiveOn }) => compareDates(effectiveOn, endsOn) > 0);
  state.pending = state.pending.filter((change) => !dropped.includes(change));
  const text = `契約が${formatDateJa(endsOn)}に終了するため、この変更は適用されません。`;
  for (const { requestId } of dropped) {
    await recordOutcome(
      context,
      { requestId, commandId: `${request.commandId}/drop/${requestId}`, actor: request.actor },
      { outcome: 'dropped', clause: '第10条1項', message: text, reasons: [step(text, '第10条1項')] },
    );
  }
}

/** Withdrawal of a cancellation: until the end, by staff's consent (第10条1項). */
export async function answerWithdrawal(
  context: ContractContext,
  request: Request,
  facts: RequestFacts,
): Promise<RequestAnswer> {
  const { state } = context;
  const { discontinuation } = state;
  const judged = judgeWithdrawal({
    status: state.status,
    cancellationId: facts.openCancellationId,
    discontinuedOn: discontinuation?.lastDay ?? null,
  });
  if (!judged.ok) {
    await recordOutcome(context, request, { outcome: 'refused', refusal: judged });
    return judged;
  }
  const { cancellationId, message, reasons } = judged;
  const formerEndsOn = state.endsOn ?? jstDate(Date.now());
  await moveContract(state, discontinuation == null ? 'active' : 'ending', {
    actor: request.actor,
    clause: '第10条1項',
    endsOn: discontinuation?.lastDay ?? null,
    commandId: request.commandId,
    ...(discontinuation == null ? {} : { discontinuation: { ...discontinuation, ownEndsOn: null } }),
  });
  await recordOutcome(
    context,
    { ...request, requestId: cancellationId, commandId: `${request.commandId}/withdrawn` },
    { outcome: 'withdrawn', clause: '第10条1項', message, reasons },
  );
  const effectiveOn = jstDate(Date.now());
  await recordOutcome(context, request, {
    outcome: 'done',
    computedOn: effectiveOn,
    clause: '第10条1項',
    message,
    reasons,
  });
  pushMail(context, {
    key: `request/${request.requestId}`,
    kind: 'cancellationWithdrawn',
    dates: { formerEndsOn },
  });
  return { ok: true, effectiveOn, reasons, message };
}
