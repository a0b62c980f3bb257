import { type Explained, explained, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import {
  addDays,
  type CivilDate,
  compareDates,
  firstOfMonth,
  firstOfNextMonth,
  formatDateJa,
  isMonthEnd,
  jstDate,
  jstInstant,
} from '../calendar/civil-date.ts';
import {
  type CutoffKind,
  type CutoffPolicy,
  cutoffOfMonth,
  DEFAULT_CUTOFF_POLICY,
} from '../calendar/cutoff.ts';
import { changeEffectiveOn } from '../change/changes.ts';
import { earliestEnd } from '../ending/cancellation.ts';
import type { ContractKind } from './periods.ts';

/** Days before the cut-off on which the renewal reminder goes out, unless the policy says otherwise. */
export const DEFAULT_REMINDER_DAYS = 30;

/** `cancelBy`: last day of arrival that still ends the contract within the period; from `certainFrom` on it will renew. */
export type RenewalCutoff = { cancelBy: CivilDate; certainFrom: CivilDate };

/**
 * The cut-off before a period's last day (第5条3項, 第10条1項). Contracts end at month ends only: for a period that ends
 * inside a month, what counts is the last month end within it. Before `certainFrom` no renewal invoice may be made.
 */
export function renewalCutoff(
  periodTo: CivilDate,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): Explained<RenewalCutoff> {
  const end = isMonthEnd(periodTo) ? periodTo : addDays(firstOfMonth(periodTo), -1);
  const monthBefore = addDays(firstOfMonth(end), -1);
  const cancelBy = cutoffOfMonth('cancellation', monthBefore, policy);
  const certainFrom = addDays(cancelBy, 1);
  return explained(
    { cancelBy, certainFrom },
    step(`${formatDateJa(end)}付けの解約は、${formatDateJa(cancelBy)}までの到達が必要です。`, '第10条1項'),
    step(
      `${formatDateJa(certainFrom)}以降は、期間満了日${formatDateJa(periodTo)}までに解約できず、更新が確定します。`,
      '第5条3項',
    ),
  );
}

/**
 * Until when a cancellation must arrive as a certificate states it: of annual contracts alone (第5条3項, 第10条1項). Where the contract
 * ends after all, nothing is printed (db/queries/certificate/gather.ts): an announced end may not come.
 */
export const certifiedCancelBy = (
  kind: ContractKind,
  periodTo: CivilDate,
  policy: CutoffPolicy,
): CivilDate | null => (kind === 'annual' ? renewalCutoff(periodTo, policy).value.cancelBy : null);

/** The day of the renewal reminder: `reminderDays` before the cut-off (policies `renewal.reminderDays`, `renewal.reminderKinds`). */
export function reminderOn(
  periodTo: CivilDate,
  reminderDays: number = DEFAULT_REMINDER_DAYS,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): Explained<CivilDate> {
  if (!Number.isSafeInteger(reminderDays) || reminderDays < 0) {
    throw new InvalidValueError(`案内の日数は0以上の整数で指定してください（${reminderDays}）。`);
  }
  const cutoff = renewalCutoff(periodTo, policy);
  const date = addDays(cutoff.value.cancelBy, -reminderDays);
  return explained(
    date,
    ...cutoff.steps,
    step(
      `更新の案内は、締切${formatDateJa(cutoff.value.cancelBy)}の${reminderDays}日前、${formatDateJa(date)}に送ります。`,
    ),
  );
}

/** Null where nothing that arrives from now on takes effect before the contract's end. */
export type NextCutoffs = {
  change: { by: CivilDate; effectiveOn: CivilDate } | null;
  cancellation: { by: CivilDate; endsOn: CivilDate } | null;
};

/** What arriving by the cut-off of the month that contains `day` brings about, or null where that lies beyond the end. */
export function cutoffWithin(
  kind: CutoffKind,
  day: CivilDate,
  endsOn: CivilDate | null,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): { by: CivilDate; on: CivilDate } | null {
  const by = cutoffOfMonth(kind, day, policy);
  const rule = kind === 'change' ? changeEffectiveOn : earliestEnd;
  const on = rule(jstInstant(by), policy).value;
  return endsOn !== null && compareDates(on, endsOn) > 0 ? null : { by, on };
}

/**
 * The next 5th and 20th from an instant (ms) on, and what arriving by them brings about (第8条2項, 第10条1項); nothing that lies
 * beyond a settled end.
 */
export function nextCutoffs(
  instantMs: number,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
  endsOn: CivilDate | null = null,
): Explained<NextCutoffs> {
  const today = jstDate(instantMs);
  const next = (kind: CutoffKind) => {
    const passed = compareDates(today, cutoffOfMonth(kind, today, policy)) > 0;
    return cutoffWithin(kind, passed ? firstOfNextMonth(today) : today, endsOn, policy);
  };
  const [change, cancellation] = [next('change'), next('cancellation')];
  const beyond = endsOn === null ? '' : formatDateJa(endsOn);
  return explained(
    {
      change: change && { by: change.by, effectiveOn: change.on },
      cancellation: cancellation && { by: cancellation.by, endsOn: cancellation.on },
    },
    change === null
      ? step(`契約は${beyond}に終了するため、これから届く変更の申込みは適用されません。`, '第8条2項')
      : step(
          `${formatDateJa(change.by)}までに届いた変更の申込みは、${formatDateJa(change.on)}から適用されます。`,
          '第8条2項',
        ),
    cancellation === null
      ? step(`契約は${beyond}に終了するため、解約の締切はもうありません。`, '第10条1項')
      : step(
          `${formatDateJa(cancellation.by)}までに届いた解約の申請では、最短で${formatDateJa(cancellation.on)}に契約が終了します。`,
          '第10条1項',
        ),
  );
}
