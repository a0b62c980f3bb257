import { type Refusal, refuse } from '../../../domain/base/answers.ts';
import { type Explained, refused, type Step, type Verdict } from '../../../domain/base/explain.ts';
import { addDays, type CivilDate, compareDates, formatDateJa } from '../../../domain/calendar/civil-date.ts';
import type { CutoffPolicy } from '../../../domain/calendar/cutoff.ts';
import type { ChangeFacts } from '../../../domain/change/change-facts.ts';
import {
  changeEffectiveOn,
  checkChangeAgainstEnd,
  checkKindChange,
  checkLicences,
  checkPlanChange,
  resolveCollision,
  upgradeDifference,
} from '../../../domain/change/changes.ts';
import {
  type ContractDiscontinuation,
  currentPeriod,
  type PeriodBasis,
  type ScheduledChange,
} from '../../../domain/period/contract-schedule.ts';

export interface ChangeCase {
  requestId: string;
  arrivedAtMs: number;
  change: ChangeFacts;
  basis: PeriodBasis;
  endsOn: CivilDate | null;
  pending: readonly ScheduledChange[];
  cutoff: CutoffPolicy;
  /** The announced discontinuation that reaches the contract. */
  discontinuation?: ContractDiscontinuation | null;
}

/** `superseded`: the pending change of the same month that this one replaces, with the words for its record. */
export type ChangeAnswer =
  | {
      ok: true;
      scheduled: ScheduledChange;
      reasons: Step[];
      message: string;
      superseded: { requestId: string; steps: Step[] } | null;
    }
  | { ok: false; refusal: Refusal; outcome: 'refused' | 'superseded' };

/** Pending changes that take effect before a change that arrived at an instant (ms): it is judged against them. */
export function changesBefore(
  pending: readonly ScheduledChange[],
  arrivedAtMs: number,
  cutoff: CutoffPolicy,
): string[] {
  const byArrival = changeEffectiveOn(arrivedAtMs, cutoff).value;
  return pending
    .filter(({ effectiveOn }) => compareDates(effectiveOn, byArrival) < 0)
    .map(({ requestId }) => requestId);
}

/**
 * A change of plan, options, licences or contract kind by itself (第8条), as runs from before changes were one sequence judged
 * it: it stands for their histories only. The rule is domain/future/sequence.ts.
 */
export function judgeChange(input: ChangeCase): ChangeAnswer {
  const { requestId, arrivedAtMs, change, basis, pending, cutoff } = input;
  const byArrival = changeEffectiveOn(arrivedAtMs, cutoff);
  const reasons: Step[] = [...byArrival.steps];
  const effectiveOn = effectiveDay(basis, change, byArrival.value, reasons);
  const refusal = brokenRule(input, effectiveOn, reasons);
  if (refusal !== null) return { ok: false, refusal, outcome: 'refused' };

  const scheduled: ScheduledChange = { requestId, effectiveOn, arrivedAtMs };
  const rival = pending.find((other) => other.effectiveOn === effectiveOn);
  const collision = rival === undefined ? null : resolveCollision(rival, scheduled);
  if (collision !== null && collision.value.superseded === scheduled) {
    const message = collision.steps.at(-1)?.text ?? '';
    const lost = { ...refuse('ruleRefuses', message, '第8条2項'), reasons: [...reasons, ...collision.steps] };
    return { ok: false, refusal: lost, outcome: 'superseded' };
  }
  if (collision !== null) reasons.push(...collision.steps);
  reasons.push(...differenceSteps(basis, change, effectiveOn));
  return {
    ok: true,
    scheduled,
    reasons,
    message: `変更を受け付けました。${formatDateJa(effectiveOn)}から適用します。`,
    superseded:
      rival === undefined || collision === null
        ? null
        : { requestId: rival.requestId, steps: collision.steps },
  };
}

/** The 1st by arrival; a change between annual and monthly waits for the next renewal from then on (第5条, 第8条). */
function effectiveDay(
  basis: PeriodBasis,
  change: ChangeFacts,
  byArrival: CivilDate,
  reasons: Step[],
): CivilDate {
  if (change.newKind === null) return byArrival;
  const kind = checkKindChange(basis, change.newKind, byArrival);
  reasons.push(...kind.steps);
  return kind.value.possibleOn;
}

/** The first rule that the change breaks, as a refusal with clause; the passed rules' steps are added to `reasons`. */
function brokenRule(input: ChangeCase, effectiveOn: CivilDate, reasons: Step[]): Refusal | null {
  const { change } = input;
  const { newPlanEndsOn = null } = change;
  const checks: Explained<Verdict>[] = [
    checkPlanChange({ fromRank: change.fromRank, toRank: change.toRank }),
    checkLicences({ licences: change.licences, accountsInUse: change.accountsInUse }),
    checkChangeAgainstEnd(effectiveOn, endFor(input)),
    ...(newPlanEndsOn === null ? [] : [planIsDiscontinued(newPlanEndsOn)]),
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

/** The end that a change must come before; one that leaves a discontinued plan may take effect on the day after it. */
function endFor({ change, endsOn, discontinuation }: ChangeCase): CivilDate | null {
  if (discontinuation == null || endsOn !== discontinuation.lastDay) return endsOn;
  const { planCode } = discontinuation;
  const leaves = planCode !== null && change.newPlanCode !== undefined && change.newPlanCode !== planCode;
  return leaves ? addDays(endsOn, 1) : endsOn;
}

function planIsDiscontinued(lastDay: CivilDate): Explained<Verdict> {
  const text = `この料金プランは${formatDateJa(lastDay)}に廃止されるため、このプランへの変更は受け付けられません。`;
  return refused('第16条', text);
}

/** What an upgrade inside an annual period costs until its end, told with the answer (第8条2項). */
function differenceSteps(basis: PeriodBasis, change: ChangeFacts, effectiveOn: CivilDate): Step[] {
  const { oldFeeYen, newFeeYen } = change;
  if (basis.kind !== 'annual' || change.newKind !== null || newFeeYen <= oldFeeYen) return [];
  const period = currentPeriod(basis, effectiveOn);
  if (compareDates(effectiveOn, period.from) <= 0) return [];
  return upgradeDifference({ oldFeeYen, newFeeYen, period, effectiveOn }).steps;
}
