import type { RequestFacts } from '../../activities/records/index.ts';
import { type Actor, type Answer, refuse } from '../../domain/answers.ts';
import { renewsAlthoughCancelled, resolveEnd } from '../../domain/cancellation.ts';
import { type CivilDate, compareDates, formatDateJa, jstDate } from '../../domain/civil-date.ts';
import { type Step, step } from '../../domain/explain.ts';
import { openTask } from '../staff-task.ts';
import type { ContractContext } from './context.ts';
import { pushMail } from './outgoing.ts';
import { recordOutcome } from './requests.ts';
import { moveContract } from './state.ts';

interface Request {
  requestId: string;
  commandId: string;
  actor: Actor;
}

/** Cancellation by the customer (第10条1項): the end by the moment of arrival and the wish. */
export async function answerCancellation(
  context: ContractContext,
  request: Request,
  facts: RequestFacts,
): Promise<Answer> {
  const { state } = context;
  if (state.endsOn !== null) {
    const text = `この契約はすでに${formatDateJa(state.endsOn)}に終了する予定です。日を変えるには、先に解約の取消を受け付けてください。`;
    const refusal = refuse('ruleRefuses', text, '第10条1項');
    await recordOutcome(context, request, { outcome: 'refused', refusal });
    return refusal;
  }
  const resolved = resolveEnd({ arrivedAtMs: facts.arrivedAtMs, wish: facts.wishedOn }, facts.cutoff);
  const { endsOn, needsConfirmation } = resolved.value;
  const renews = state.basis.kind === 'annual' ? renewing(context, endsOn, facts) : null;
  const reasons: Step[] = [...resolved.steps, ...(renews === null ? [] : renews.steps)];
  const confirmation = needsConfirmation
    ? 'ご希望の日は月末日ではないため、この日でよいかお客様に確認してください。'
    : '';
  const message = `解約を受け付けました。契約は${formatDateJa(endsOn)}に終了します。${confirmation}`;

  await dropChangesAfter(context, request, endsOn);
  await moveContract(state, 'ending', {
    actor: request.actor,
    clause: '第10条1項',
    endsOn,
    commandId: request.commandId,
  });
  await recordOutcome(context, request, {
    outcome: 'accepted',
    computedOn: endsOn,
    clause: '第10条1項',
    message,
    reasons,
  });
  if (renews !== null) await tellStaffThatItRenews(context, request);
  pushMail(context, {
    key: `request/${request.requestId}`,
    kind: 'cancellationAccepted',
    requestId: request.requestId,
  });
  return { ok: true, effectiveOn: endsOn, reasons, message } as Answer;
}

/** The steps that explain that the contract renews although it was cancelled, or null when it does not. */
function renewing(
  { state }: ContractContext,
  endsOn: CivilDate,
  facts: RequestFacts,
): { steps: Step[] } | null {
  const arrivedOn = jstDate(facts.arrivedAtMs);
  const asOf = compareDates(arrivedOn, state.basis.firstDay) < 0 ? state.basis.firstDay : arrivedOn;
  const found = renewsAlthoughCancelled(state.basis, endsOn, asOf);
  return found.value === null || facts.wishedOn !== null ? null : { steps: found.steps };
}

async function tellStaffThatItRenews({ state }: ContractContext, request: Request): Promise<void> {
  await openTask({
    kind: 'renewsAlthoughCancelled',
    subjectType: 'contract',
    subjectId: state.contractId,
    excludedStaff: [],
    note: request.requestId,
    sandbox: state.sandbox,
  });
}

/** A change that would take effect after the end is dropped when the end comes in later (第8条, 第10条1項). */
async function dropChangesAfter(
  context: ContractContext,
  request: Request,
  endsOn: CivilDate,
): Promise<void> {
  const { state } = context;
  const late = state.pending.filter(({ effectiveOn }) => compareDates(effectiveOn, endsOn) > 0);
  state.pending = state.pending.filter((change) => !late.includes(change));
  for (const { requestId } of late) {
    const text = `契約が${formatDateJa(endsOn)}に終了するため、この変更は適用されません。`;
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
): Promise<Answer> {
  const { state } = context;
  if (state.status !== 'ending' || facts.openCancellationId === null) {
    const refusal = refuse('wrongState', '取り消せる解約がありません。', '第10条1項');
    await recordOutcome(context, request, { outcome: 'refused', refusal });
    return refusal;
  }
  const message = '解約を取り消しました。契約は続き、期間の満了時に自動で更新されます。';
  const formerEndsOn = state.endsOn ?? jstDate(Date.now());
  const reasons = [step('終了日までの間は、運用担当の同意により解約を取り消せます。', '第10条1項')];
  await moveContract(state, 'active', {
    actor: request.actor,
    clause: '第10条1項',
    endsOn: null,
    commandId: request.commandId,
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
  return { ok: true, effectiveOn, reasons, message } as Answer;
}
