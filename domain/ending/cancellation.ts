import { type Explained, explained, type Step, step } from '../base/explain.ts';
import {
  addMonths,
  type CivilDate,
  compareDates,
  formatDateJa,
  formatInstantJa,
  isMonthEnd,
  jstDate,
  lastOfMonth,
} from '../calendar/civil-date.ts';
import { type CutoffPolicy, cutoffOfMonth, DEFAULT_CUTOFF_POLICY } from '../calendar/cutoff.ts';
import {
  type Period,
  type PeriodTerms,
  periodAt,
  periodContaining,
  periodsBeginning,
} from '../period/periods.ts';

const CLAUSE = '第10条1項';

/** The earliest month end on which a cancellation that arrived at the operator at `arrivedAtMs` ends the contract (第10条1項). */
export function earliestEnd(
  arrivedAtMs: number,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): Explained<CivilDate> {
  const arrivedOn = jstDate(arrivedAtMs);
  const cutoff = cutoffOfMonth('cancellation', arrivedOn, policy);
  const inTime = compareDates(arrivedOn, cutoff) <= 0;
  const end = lastOfMonth(addMonths(arrivedOn, inTime ? 1 : 2));
  return explained(
    end,
    step(`解約の申請は${formatInstantJa(arrivedAtMs)}（日本時間）に当社へ到達しました。`, CLAUSE),
    step(
      inTime
        ? `当月の締切${formatDateJa(cutoff)}までの到達のため、最短の解約日は翌月末日の${formatDateJa(end)}です。`
        : `当月の締切${formatDateJa(cutoff)}を過ぎての到達のため、最短の解約日は翌々月末日の${formatDateJa(end)}です。`,
      CLAUSE,
    ),
  );
}

export type CancellationInput = { arrivedAtMs: number; wish?: CivilDate | null };

/** `noWish`: the earliest end; `kept`: the wish; `moved`: the month end after a wish inside a month; `tooEarly`: the earliest instead. */
export type WishOutcome = 'noWish' | 'kept' | 'moved' | 'tooEarly';

/** `needsConfirmation`: the wish was no month end, so the customer is asked whether the date found is meant. */
export type ResolvedEnd = {
  endsOn: CivilDate;
  earliest: CivilDate;
  outcome: WishOutcome;
  needsConfirmation: boolean;
};

/** The day on which a cancelled contract ends, given the customer's wish if any (第10条1項). */
export function resolveEnd(
  { arrivedAtMs, wish }: CancellationInput,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): Explained<ResolvedEnd> {
  const { value: earliest, steps } = earliestEnd(arrivedAtMs, policy);
  const resolve = (endsOn: CivilDate, outcome: WishOutcome, ...more: Step[]): Explained<ResolvedEnd> =>
    explained(
      { endsOn, earliest, outcome, needsConfirmation: wish != null && !isMonthEnd(wish) },
      ...steps,
      ...more,
    );
  if (wish == null) return resolve(earliest, 'noWish');
  const monthEnd = lastOfMonth(wish);
  if (compareDates(monthEnd, earliest) < 0) {
    const text = `ご希望の${formatDateJa(wish)}は最短の解約日より前のため、解約日は${formatDateJa(earliest)}となります。`;
    return resolve(earliest, 'tooEarly', step(text, CLAUSE));
  }
  if (monthEnd !== wish) {
    const text = `ご希望の${formatDateJa(wish)}は月末日ではないため、次の月末日${formatDateJa(monthEnd)}を解約日とし、お客様に確認します。`;
    return resolve(monthEnd, 'moved', step(text, CLAUSE));
  }
  return resolve(wish, 'kept', step(`ご希望の月末日${formatDateJa(wish)}に終了します。`, CLAUSE));
}

/** `missed`: the period end that was probably meant; `beginning`: the periods which will begin nevertheless. */
export type RenewsAlthoughCancelled = { missed: CivilDate; beginning: Period[] };

/**
 * For an annual contract cancelled as of a date (its arrival): whether the end lies beyond the period running then, so that
 * the contract renews although cancelled (第5条3項, 第10条1項). Null when it does not. Monthly contracts roll over every month
 * until their end as a matter of course: null.
 */
export function renewsAlthoughCancelled(
  terms: PeriodTerms,
  endsOn: CivilDate,
  asOf: CivilDate,
): Explained<RenewsAlthoughCancelled | null> {
  if (terms.kind === 'monthly') {
    return explained(null, step('月額契約は、解約日まで毎月更新されます。', '第5条3項'));
  }
  const period = periodContaining(terms, asOf).value ?? periodAt(terms, 1).value;
  if (compareDates(endsOn, period.to) <= 0) {
    const text = `解約日${formatDateJa(endsOn)}は、現在の期間の満了日${formatDateJa(period.to)}までにあり、更新されません。`;
    return explained(null, step(text, '第5条3項'));
  }
  const beginning = periodsBeginning(terms, period.to, endsOn);
  return explained(
    { missed: period.to, beginning },
    step(`解約日${formatDateJa(endsOn)}は、現在の期間の満了日${formatDateJa(period.to)}より後です。`, CLAUSE),
    ...beginning.map(({ from, to }) =>
      step(
        `解約の申請後も、${formatDateJa(from)}から${formatDateJa(to)}までの期間が始まります。`,
        '第5条3項',
      ),
    ),
    step('期間の途中で終了しても、利用料金は返金されません。', '第10条3項'),
  );
}
