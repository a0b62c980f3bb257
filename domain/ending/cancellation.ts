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
  laterOf,
} from '../calendar/civil-date.ts';
import { type CutoffPolicy, cutoffOfMonth, DEFAULT_CUTOFF_POLICY } from '../calendar/cutoff.ts';
import { type CampaignTerms, campaignEarliestEnd } from '../future/campaign.ts';
import { lineOf, type PeriodLine, periodOn, periodsBeginning } from '../future/period-line.ts';
import type { Period, PeriodTerms } from '../period/periods.ts';

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

/** `campaign`: what the contract's campaign says of its end (第5条4項). */
export type CancellationInput = {
  arrivedAtMs: number;
  wish?: CivilDate | null;
  campaign?: CampaignTerms | null;
};

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
  { arrivedAtMs, wish, campaign = null }: CancellationInput,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): Explained<ResolvedEnd> {
  const { value: earliest, steps } = earliestWith(earliestEnd(arrivedAtMs, policy), arrivedAtMs, campaign);
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

/** The earliest end, or the later one that the campaign names (第5条4項). */
function earliestWith(
  { value, steps }: Explained<CivilDate>,
  arrivedAtMs: number,
  campaign: CampaignTerms | null,
): Explained<CivilDate> {
  const bound = campaignEarliestEnd(campaign, jstDate(arrivedAtMs));
  if (bound === null || compareDates(bound.endsOn, value) <= 0) return { value, steps };
  return { value: bound.endsOn, steps: [...steps, bound.reason] };
}

/** `missed`: the period end that was probably meant; `beginning`: the years which will begin nevertheless. */
export type RenewsAlthoughCancelled = { missed: CivilDate; beginning: Period[] };

/**
 * For a contract cancelled as of a date (its arrival): the years that begin before its end although it is cancelled
 * (第5条3項, 第10条1項), by the one line of its periods. Null when there are none: months roll over until the end as a matter of
 * course, also those of a contract that becomes monthly.
 */
export function renewsAlthoughCancelled(
  periods: PeriodTerms | PeriodLine,
  endsOn: CivilDate,
  asOf: CivilDate,
): Explained<RenewsAlthoughCancelled | null> {
  const line = lineOf(periods);
  const period = periodOn(line, asOf);
  const beginning = periodsBeginning(line, period.to, endsOn).filter(({ kind }) => kind === 'annual');
  if (beginning.length === 0) {
    const text =
      compareDates(endsOn, period.to) > 0 || period.kind === 'monthly'
        ? '月額契約は、解約日まで毎月更新されます。'
        : `解約日${formatDateJa(endsOn)}は、現在の期間の満了日${formatDateJa(period.to)}までにあり、更新されません。`;
    return explained(null, step(text, '第5条3項'));
  }
  return explained(
    { missed: period.to, beginning: beginning.map(({ index, from, to }) => ({ index, from, to })) },
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

/** The day as of which a cancellation is looked at: of its arrival (ms, JST), or the first day of a contract not yet begun (第5条3項). */
export function cancelledAsOf(arrivedAtMs: number, [first]: PeriodLine): CivilDate {
  return laterOf(jstDate(arrivedAtMs), first.firstDay);
}

/** Whether a last day comes before the first one: no period ever begins (第10条1項). */
export function endsBeforeBeginning([first]: PeriodLine, endsOn: CivilDate): boolean {
  return first.indexBase === 0 && compareDates(endsOn, first.firstDay) < 0;
}

/** The same in words, or nothing. */
export function neverBeginsSteps(line: PeriodLine, endsOn: CivilDate): Step[] {
  if (!endsBeforeBeginning(line, endsOn)) return [];
  const text = `利用契約期間の初日${formatDateJa(line[0].firstDay)}より前の${formatDateJa(endsOn)}に終了するため、利用契約期間は始まらず、利用料金は発生しません。`;
  return [step(text, '第10条1項')];
}
