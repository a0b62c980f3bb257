import type { RequestFacts } from '../../activities/records/index.ts';
import { step } from '../../domain/base/explain.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { records } from '../ports.ts';
import type { ContractContext, Request } from './context.ts';
import type { RequestAnswer } from './messages.ts';
import { recordOutcome } from './outcome.ts';
import { pushCertificate, pushMail } from './outgoing.ts';
import { judgesSequence, loadFacts, settle, tellAffected } from './sequence.ts';
import { moveContract, periodOf } from './state.ts';

/** Immediate termination, whole or part (第10条2項), confirmed by two people: effective when the notice arrives. */
export async function pushTerminationNotice(
  context: ContractContext,
  request: Request,
  facts: RequestFacts,
): Promise<RequestAnswer> {
  const { requestId } = request;
  const message = '解約の通知を送信します。通知がお客様に到達した時に効力が生じます。';
  const reasons = [step('二人の担当者が確認しました。', '第10条2項'), step(message, '第10条2項')];
  await recordOutcome(context, request, { outcome: 'accepted', clause: '第10条2項', message, reasons });
  pushMail(context, { key: `request/${requestId}`, kind: 'terminationNotice', requestId });
  context.lane.push(async () => {
    context.state.noticeArrived.push({ requestId, part: facts.part, atMs: Date.now() });
  });
  return { ok: true, effectiveOn: jstDate(Date.now()), reasons, message };
}

/** The notice has arrived: the contract, or the named part of it, is over (第10条2項・3項). */
export async function takeEffect(context: ContractContext): Promise<void> {
  const { state } = context;
  const notice = state.noticeArrived.shift();
  if (notice === undefined) return;
  const on = jstDate(notice.atMs);
  const request = {
    requestId: notice.requestId,
    commandId: `notice/${notice.requestId}`,
    actor: { kind: 'system' } as const,
  };
  if (notice.part) {
    const { contractId } = state;
    await records.applyChange({
      contractId,
      requestId: notice.requestId,
      effectiveOn: on,
      businessMs: Date.now(),
    });
    if (judgesSequence()) {
      const { affected } = await settle(context, request, await loadFacts(context));
      tellAffected(context, request.commandId, affected);
    }
    const period = periodOf(state, on);
    pushCertificate(context, { cause: { kind: 'change', ref: notice.requestId }, issuedOn: on, period });
    return;
  }
  await moveContract(state, 'terminated', { actor: request.actor, clause: '第10条2項', endsOn: on });
  const message = '解約の通知が到達し、契約は終了しました。';
  await recordOutcome(context, request, { outcome: 'done', computedOn: on, clause: '第10条2項', message });
}
