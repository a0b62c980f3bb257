import type { ChangeFacts, RequestFacts } from '../../activities/records/index.ts';
import { type Actor, type Answer, type Refusal, refuse } from '../../domain/answers.ts';
import {
  changeEffectiveOn,
  checkChangeAgainstEnd,
  checkKindChange,
  checkLicences,
  checkPlanChange,
  resolveCollision,
  upgradeDifference,
} from '../../domain/changes.ts';
import { type CivilDate, compareDates, formatDateJa } from '../../domain/civil-date.ts';
import { currentPeriod, type ScheduledChange } from '../../domain/contract-schedule.ts';
import type { Explained, Step, Verdict } from '../../domain/explain.ts';
import { records } from '../ports.ts';
import type { ContractContext } from './context.ts';
import { pushMail } from './outgoing.ts';
import { recordOutcome } from './requests.ts';

interface Request {
  requestId: string;
  commandId: string;
  actor: Actor;
}

/** A change of plan, options, licences or contract kind (第8条): the day it takes effect, or why not. */
export async function answerChange(
  context: ContractContext,
  request: Request,
  facts: RequestFacts,
): Promise<Answer> {
  const { state } = context;
  const byArrival = changeEffectiveOn(facts.arrivedAtMs, facts.cutoff);
  const change = await records.changeFacts({
    requestId: request.requestId,
    contractId: state.contractId,
    earlier: state.pending
      .filter(({ effectiveOn }) => compareDates(effectiveOn as CivilDate, byArrival.value) < 0)
      .map(({ requestId }) => requestId),
  });
  const reasons: Step[] = [...byArrival.steps];
  const effectiveOn = effectiveDay(context, change, byArrival.value, reasons);
  const refusal = refuseChange(context, change, effectiveOn, reasons);
  if (refusal !== null) return turnDown(context, request, refusal);

  const scheduled: ScheduledChange = {
    requestId: request.requestId,
    effectiveOn,
    arrivedAtMs: facts.arrivedAtMs,
  };
  const lost = await settleCollision(context, request, scheduled, reasons);
  if (lost !== null) return turnDown(context, request, lost, 'superseded');

  addUpgradeDifference(context, change, effectiveOn, reasons);
  const message = `変更を受け付けました。${formatDateJa(effectiveOn)}から適用します。`;
  state.pending.push(scheduled);
  await recordOutcome(context, request, {
    outcome: 'accepted',
    computedOn: effectiveOn,
    clause: '第8条2項',
    message,
    reasons,
  });
  pushMail(context, {
    key: `request/${request.requestId}`,
    kind: 'changeAccepted',
    requestId: request.requestId,
  });
  return { ok: true, effectiveOn, reasons, message } as Answer;
}

/** The 1st by arrival; a change between annual and monthly waits for the next renewal from then on (第5条, 第8条). */
function effectiveDay(
  { state }: ContractContext,
  change: ChangeFacts,
  byArrival: CivilDate,
  reasons: Step[],
): CivilDate {
  if (change.newKind === null) return byArrival;
  const kind = checkKindChange(state.basis, change.newKind, byArrival);
  reasons.push(...kind.steps);
  return kind.value.possibleOn;
}

/** The first rule that the change breaks, as a refusal with clause; the passed rules' steps are added to `reasons`. */
function refuseChange(
  { state }: ContractContext,
  change: ChangeFacts,
  effectiveOn: CivilDate,
  reasons: Step[],
): Refusal | null {
  const checks: Explained<Verdict>[] = [
    checkPlanChange({ fromRank: change.fromRank, toRank: change.toRank }),
    checkLicences({ licences: change.licences, accountsInUse: change.accountsInUse }),
    checkChangeAgainstEnd(effectiveOn, state.endsOn),
  ];
  for (const { value, steps } of checks) {
    if (!value.allowed) {
      const message = steps.at(-1)?.text ?? 'この変更は受け付けられません。';
      return { ...refuse('ruleRefuses', message, value.clause), reasons: [...reasons, ...steps] };
    }
    reasons.push(...steps);
  }
  return null;
}

/** Two changes for one month: the later arrival wins (第8条2項). Returns a refusal when the new one loses. */
async function settleCollision(
  context: ContractContext,
  request: Request,
  scheduled: ScheduledChange,
  reasons: Step[],
): Promise<Refusal | null> {
  const { state } = context;
  const rival = state.pending.find(({ effectiveOn }) => effectiveOn === scheduled.effectiveOn);
  if (rival === undefined) return null;
  const { value, steps } = resolveCollision(rival, scheduled);
  if (value.superseded === scheduled) {
    const message = steps.at(-1)?.text ?? '';
    return { ...refuse('ruleRefuses', message, '第8条2項'), reasons: [...reasons, ...steps] };
  }
  reasons.push(...steps);
  state.pending = state.pending.filter((change) => change !== rival);
  await recordOutcome(
    context,
    {
      requestId: rival.requestId,
      commandId: `${request.commandId}/supersede/${rival.requestId}`,
      actor: request.actor,
    },
    { outcome: 'superseded', clause: '第8条2項', message: steps.at(-1)?.text ?? '', reasons: steps },
  );
  return null;
}

/** What an upgrade inside an annual period costs until its end, told with the answer (第8条2項). */
function addUpgradeDifference(
  { state }: ContractContext,
  change: ChangeFacts,
  effectiveOn: CivilDate,
  reasons: Step[],
): void {
  if (state.basis.kind !== 'annual' || change.newKind !== null || change.newFeeYen <= change.oldFeeYen)
    return;
  const period = currentPeriod(state.basis, effectiveOn);
  if (compareDates(effectiveOn, period.from) <= 0) return;
  const { oldFeeYen, newFeeYen } = change;
  reasons.push(...upgradeDifference({ oldFeeYen, newFeeYen, period, effectiveOn }).steps);
}

async function turnDown(
  context: ContractContext,
  request: Request,
  refusal: Refusal,
  outcome: 'refused' | 'superseded' = 'refused',
): Promise<Refusal> {
  await recordOutcome(context, request, { outcome, refusal });
  pushMail(context, {
    key: `request/${request.requestId}`,
    kind: 'changeRefused',
    requestId: request.requestId,
  });
  return refusal;
}
