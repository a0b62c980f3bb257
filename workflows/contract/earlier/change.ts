import type { RequestFacts } from '../../../activities/records/index.ts';
import type { Refusal } from '../../../domain/base/answers.ts';
import type { Step } from '../../../domain/base/explain.ts';
import { records } from '../../ports.ts';
import type { ContractContext, Request } from '../context.ts';
import type { RequestAnswer } from '../messages.ts';
import { recordOutcome } from '../outcome.ts';
import { pushMail } from '../outgoing.ts';
import { changesBefore, judgeChange } from './judge-change.ts';

/** In runs from before changes were judged as one sequence: each by itself (第8条). */
export async function answerChange(
  context: ContractContext,
  request: Request,
  facts: RequestFacts,
): Promise<RequestAnswer> {
  const { state } = context;
  const { requestId } = request;
  const { arrivedAtMs, cutoff } = facts;
  const change = await records.changeFacts({
    requestId,
    contractId: state.contractId,
    earlier: changesBefore(state.pending, arrivedAtMs, cutoff),
  });
  const { basis, endsOn, pending } = state;
  const judged = judgeChange({
    ...{ requestId, arrivedAtMs, cutoff, change, basis, endsOn, pending },
    discontinuation: state.discontinuation ?? null,
  });
  if (!judged.ok) return turnDown(context, request, judged.refusal, judged.outcome);

  const { scheduled, reasons, message, superseded } = judged;
  if (superseded !== null) await supersede(context, request, superseded);
  state.pending.push(scheduled);
  await recordOutcome(context, request, {
    outcome: 'accepted',
    computedOn: scheduled.effectiveOn,
    clause: '第8条2項',
    message,
    reasons,
  });
  pushMail(context, { key: `request/${requestId}`, kind: 'changeAccepted', requestId });
  return { ok: true, effectiveOn: scheduled.effectiveOn, reasons, message };
}

/** Two changes for one month: the later arrival wins (第8条2項). */
async function supersede(
  context: ContractContext,
  request: Request,
  { requestId, steps }: { requestId: string; steps: Step[] },
): Promise<void> {
  const { state } = context;
  state.pending = state.pending.filter((change) => change.requestId !== requestId);
  await recordOutcome(
    context,
    { requestId, commandId: `${request.commandId}/supersede/${requestId}`, actor: request.actor },
    { outcome: 'superseded', clause: '第8条2項', message: steps.at(-1)?.text ?? '', reasons: steps },
  );
}

async function turnDown(
  context: ContractContext,
  request: Request,
  refusal: Refusal,
  outcome: 'refused' | 'superseded',
): Promise<Refusal> {
  await recordOutcome(context, request, { outcome, refusal });
  pushMail(context, {
    key: `request/${request.requestId}`,
    kind: 'changeRefused',
    requestId: request.requestId,
  });
  return refusal;
}
