import type { RequestFacts } from '../../activities/records/index.ts';
import { refuse } from '../../domain/base/answers.ts';
import { step } from '../../domain/base/explain.ts';
import { formatDateJa, jstDate } from '../../domain/calendar/civil-date.ts';
import { type DroppedChange, judgeCancellation } from '../../domain/ending/cancellation-answer.ts';
import { everyTaskReminds } from '../desk.ts';
import type { ContractContext, Request } from './context.ts';
import type { RequestAnswer } from './messages.ts';
import { recordOutcome } from './outcome.ts';
import { pushMail } from './outgoing.ts';
import { moveContract } from './state.ts';

/** Cancellation by the customer (第10条1項): the end by the moment of arrival and the wish. */
export async function answerCancellation(
  context: ContractContext,
  request: Request,
  facts: RequestFacts,
): Promise<RequestAnswer> {
  const { state } = context;
  const { basis, pending } = state;
  const { arrivedAtMs, wishedOn: wish, cutoff } = facts;
  const { discontinuation } = state;
  const judged = judgeCancellation({
    ...{ arrivedAtMs, wish, cutoff, basis, pending },
    endsOn: discontinuation == null ? state.endsOn : discontinuation.ownEndsOn,
    discontinuedOn: discontinuation?.lastDay ?? null,
  });
  if (!judged.ok) {
    await recordOutcome(context, request, { outcome: 'refused', refusal: judged });
    return judged;
  }
  const { reasons, message } = judged;
  const { endsOn } = judged;
  await dropChanges(context, request, judged.dropped);
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

async function tellStaffThatItRenews({ desk }: ContractContext, request: Request): Promise<void> {
  const task = await desk.open({ kind: 'renewsAlthoughCancelled', involved: [], about: request.requestId });
  if (!everyTaskReminds()) desk.forget(task);
}

/** A change that would take effect after the end is dropped when the end comes in later (第8条, 第10条1項). */
async function dropChanges(
  context: ContractContext,
  request: Request,
  dropped: readonly DroppedChange[],
): Promise<void> {
  const { state } = context;
  state.pending = state.pending.filter((change) =>
    dropped.every(({ requestId }) => requestId !== change.requestId),
  );
  for (const { requestId, step: reason } of dropped) {
    await recordOutcome(
      context,
      { requestId, commandId: `${request.commandId}/drop/${requestId}`, actor: request.actor },
      { outcome: 'dropped', clause: '第10条1項', message: reason.text, reasons: [reason] },
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
  if (state.status !== 'ending' || facts.openCancellationId === null) {
    const refusal = refuse('wrongState', '取り消せる解約がありません。', '第10条1項');
    await recordOutcome(context, request, { outcome: 'refused', refusal });
    return refusal;
  }
  const { discontinuation } = state;
  const message =
    discontinuation == null
      ? '解約を取り消しました。契約は続き、期間の満了時に自動で更新されます。'
      : `解約を取り消しました。契約は、サービスが廃止される${formatDateJa(discontinuation.lastDay)}まで続きます。`;
  const formerEndsOn = state.endsOn ?? jstDate(Date.now());
  const reasons = [step('終了日までの間は、運用担当の同意により解約を取り消せます。', '第10条1項')];
  await moveContract(state, discontinuation == null ? 'active' : 'ending', {
    actor: request.actor,
    clause: '第10条1項',
    endsOn: discontinuation?.lastDay ?? null,
    commandId: request.commandId,
    ...(discontinuation == null ? {} : { discontinuation: { ...discontinuation, ownEndsOn: null } }),
  });
  await recordOutcome(
    context,
    { ...request, requestId: facts.openCancellationId, commandId: `${request.commandId}/withdrawn` },
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
