import { ALLOWED, type Explained, explained, refused, step, type Verdict } from '../base/explain.ts';
import { formatYen, requireYen, shareOfYen } from '../base/money.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  compareDates,
  firstOfMonth,
  formatDateJa,
  formatInstantJa,
  jstDate,
  laterOf,
} from '../calendar/civil-date.ts';
import { type CutoffPolicy, cutoffOfMonth, DEFAULT_CUTOFF_POLICY } from '../calendar/cutoff.ts';
import {
  type ContractKind,
  type Period,
  type PeriodTerms,
  periodAt,
  periodContaining,
} from '../period/periods.ts';

/** The 1st on which a change request that arrived at the operator at `arrivedAtMs` takes effect (第8条2項). */
export function changeEffectiveOn(
  arrivedAtMs: number,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): Explained<CivilDate> {
  const arrivedOn = jstDate(arrivedAtMs);
  const cutoff = cutoffOfMonth('change', arrivedOn, policy);
  const inTime = compareDates(arrivedOn, cutoff) <= 0;
  const effectiveOn = addMonths(firstOfMonth(arrivedOn), inTime ? 1 : 2);
  return explained(
    effectiveOn,
    step(`変更の申込みは${formatInstantJa(arrivedAtMs)}（日本時間）に当社へ到達しました。`, '第8条2項'),
    step(
      inTime
        ? `当月の締切${formatDateJa(cutoff)}までの到達のため、翌月1日の${formatDateJa(effectiveOn)}から適用されます。`
        : `当月の締切${formatDateJa(cutoff)}を過ぎての到達のため、翌々月1日の${formatDateJa(effectiveOn)}から適用されます。`,
      '第8条2項',
    ),
  );
}

/** Whether the plan may change: never to a lower rank (第8条3項). Ranks come from the catalogue, higher is more. */
export function checkPlanChange({
  fromRank,
  toRank,
}: {
  fromRank: number;
  toRank: number;
}): Explained<Verdict> {
  if (toRank < fromRank) return refused('第8条3項', '下位の料金プランへの変更はできません。');
  return explained(ALLOWED, step('料金プランのダウングレードには当たりません。', '第8条3項'));
}

/** `possibleOn`: the first renewal on or after the wished day. */
export type KindChange = { allowed: boolean; possibleOn: CivilDate };

/** Whether a contract may change between annual and monthly on a day: at a renewal only, and never a downgrade (第5条3項, 第8条). */
export function checkKindChange(
  terms: PeriodTerms,
  toKind: ContractKind,
  effectiveOn: CivilDate,
): Explained<KindChange> {
  if (toKind === terms.kind) {
    return explained(
      { allowed: true, possibleOn: effectiveOn },
      step('契約の種類は変わりません。', '第5条2項'),
    );
  }
  const before = periodContaining(terms, addDays(effectiveOn, -1)).value ?? periodAt(terms, 1).value;
  return explainKindChange(effectiveOn, addDays(before.to, 1));
}

/** A change between annual and monthly on the next renewal `possibleOn` from the day on that it was asked for. */
export function explainKindChange(effectiveOn: CivilDate, possibleOn: CivilDate): Explained<KindChange> {
  if (possibleOn === effectiveOn) {
    const text = `${formatDateJa(effectiveOn)}は更新日のため、年額と月額を切り替えられます。`;
    return explained({ allowed: true, possibleOn }, step(text, '第5条3項'));
  }
  const text = `年額と月額の切り替えは更新の時に限られます。次に切り替えられるのは${formatDateJa(possibleOn)}です。`;
  return explained({ allowed: false, possibleOn }, step(text, '第5条3項'));
}

/** Whether a change that takes effect on a day still meets the contract: not after its end (第8条, 第10条1項). */
export function checkChangeAgainstEnd(effectiveOn: CivilDate, endsOn: CivilDate | null): Explained<Verdict> {
  if (endsOn !== null && compareDates(effectiveOn, endsOn) > 0) {
    return refused(
      '第10条1項',
      `変更の適用日${formatDateJa(effectiveOn)}は、契約の終了日${formatDateJa(endsOn)}より後のため、適用されません。`,
    );
  }
  return explained(ALLOWED, step('変更の適用日は契約期間の内です。', '第8条2項'));
}

/** Whether the licences that remain cover the accounts in use: one licence for each account (第7条). */
export function checkLicences({
  licences,
  accountsInUse,
}: {
  licences: number;
  accountsInUse: number;
}): Explained<Verdict> {
  if (accountsInUse > licences) {
    return refused(
      '第7条1項',
      `使用中のアカウント${accountsInUse}件に対してライセンスが${licences}件となり、${accountsInUse - licences}件不足します。`,
    );
  }
  return explained(
    ALLOWED,
    step(`使用中のアカウント${accountsInUse}件は、ライセンス${licences}件の内です。`, '第7条2項'),
  );
}

/** The whole months from a day, or the period's first where that is later, to the end of the period (第8条2項). */
export function wholeMonthsLeft(effectiveOn: CivilDate, period: Pick<Period, 'from' | 'to'>): number {
  const firstDay = laterOf(effectiveOn, period.from);
  // Those that have passed when the day after the last begins.
  return (periodContaining({ kind: 'monthly', firstDay }, addDays(period.to, 1)).value?.index ?? 1) - 1;
}

export type UpgradeInput = {
  oldFeeYen: number;
  newFeeYen: number;
  period: Pick<Period, 'from' | 'to'>;
  effectiveOn: CivilDate;
};

/**
 * What an upgrade inside an annual period costs, without tax: (new − old annual fee) × whole remaining months ÷ 12, below a
 * yen cut off (第8条, 第6条2項). A lower fee gives nothing back (第6条7項). Throws InvalidValueError for fees that are no yen.
 */
export function upgradeDifference({
  oldFeeYen,
  newFeeYen,
  period,
  effectiveOn,
}: UpgradeInput): Explained<{ months: number; differenceYen: number }> {
  requireYen(oldFeeYen, '変更前の料金');
  requireYen(newFeeYen, '変更後の料金');
  const months = wholeMonthsLeft(effectiveOn, period);
  const differenceYen = newFeeYen > oldFeeYen ? shareOfYen(newFeeYen - oldFeeYen, months, 12) : 0;
  return explained(
    { months, differenceYen },
    step(
      `${formatDateJa(effectiveOn)}から満了日${formatDateJa(period.to)}までの残りは、満${months}か月です。`,
      '第8条2項',
    ),
    newFeeYen > oldFeeYen
      ? step(
          `年額の差${formatYen(newFeeYen - oldFeeYen)} × ${months} ÷ 12 ＝ ${formatYen(differenceYen)}（1円未満切り捨て、税抜）です。`,
          '第6条2項',
        )
      : step('料金は上がらないため差額はなく、支払い済みの料金は返金されません。', '第6条7項'),
  );
}

/** Of what was held one after the other, that with the highest fee, the first of equal ones: what was paid for once is not paid for again (第8条2項). */
export function highestHeld<T>(held: readonly [T, ...T[]], feeOf: (each: T) => number): T {
  return held.reduce((highest, each) => (feeOf(each) > feeOf(highest) ? each : highest));
}

/** Everything but the first, in order, each with the highest that was held before it: what its difference is measured against (第8条2項). */
export function withHighestBefore<T>(
  held: readonly [T, ...T[]],
  feeOf: (each: T) => number,
): { each: T; highest: T }[] {
  const [first, ...later] = held;
  return later.map((each, index) => ({
    each,
    highest: highestHeld([first, ...later.slice(0, index)], feeOf),
  }));
}

/** Two change requests that take effect in one month: the later arrival stands, on a tie the one entered later (第8条2項). */
export function resolveCollision<T extends { arrivedAtMs: number }>(
  enteredFirst: T,
  enteredLater: T,
): Explained<{ stands: T; superseded: T }> {
  const laterWins = enteredLater.arrivedAtMs >= enteredFirst.arrivedAtMs;
  const [stands, superseded] = laterWins ? [enteredLater, enteredFirst] : [enteredFirst, enteredLater];
  return explained(
    { stands, superseded },
    step(
      `同じ月の変更が2件あるため、後に到達した${formatInstantJa(stands.arrivedAtMs)}の申込みを有効とし、先の申込みは差し替えられたものとします。`,
      '第8条2項',
    ),
  );
}
