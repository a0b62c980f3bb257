import {
  addDays,
  addMonths,
  type CivilDate,
  compareDates,
  firstOfMonth,
  lastOfMonth,
  type MonthKey,
  monthOf,
} from '../calendar/civil-date.ts';
import { type CutoffPolicy, cutoffOfMonth, DEFAULT_CUTOFF_POLICY } from '../calendar/cutoff.ts';
import { type Period, type PeriodTerms, periodAt, periodContaining } from './periods.ts';
import { renewalCutoff } from './renewal.ts';

/** What happens to a contract in one month. The cut-offs are null in months after its end. */
export type CalendarMonth = {
  month: MonthKey;
  changeCutoff: CivilDate | null;
  cancellationCutoff: CivilDate | null;
  periodEnds: CivilDate[];
  /** Last days of arrival to keep the period that ends on `periodTo` from renewing. */
  cancelBys: { by: CivilDate; periodTo: CivilDate }[];
  renewals: CivilDate[];
  /** Effective days of changes already accepted. */
  changes: CivilDate[];
  endsOn: CivilDate | null;
};

export type CalendarStripOptions = {
  months?: number;
  endsOn?: CivilDate | null;
  changesOn?: readonly CivilDate[];
  policy?: CutoffPolicy;
};

/** Cancel-by dates come at most three months before their period's end. */
const LOOK_AHEAD_MONTHS = 3;

function periodsUntil(terms: PeriodTerms, first: CivilDate, last: CivilDate): Period[] {
  const periods: Period[] = [];
  let period = periodContaining(terms, first).value ?? periodAt(terms, 1).value;
  while (compareDates(period.from, last) <= 0) {
    periods.push(period);
    period = periodAt(terms, period.index + 1).value;
  }
  return periods;
}

/** The contract's months from the one that contains `from` on (18 unless told), for the calendar on its page (第5条, 第8条, 第10条). */
export function calendarStrip(
  terms: PeriodTerms,
  from: CivilDate,
  { months = 18, endsOn = null, changesOn = [], policy = DEFAULT_CUTOFF_POLICY }: CalendarStripOptions = {},
): CalendarMonth[] {
  const start = firstOfMonth(from);
  const strip = Array.from({ length: months }, (_, offset): CalendarMonth => {
    const first = addMonths(start, offset);
    const running = endsOn === null || compareDates(first, endsOn) <= 0;
    return {
      month: monthOf(first),
      changeCutoff: running ? cutoffOfMonth('change', first, policy) : null,
      cancellationCutoff: running ? cutoffOfMonth('cancellation', first, policy) : null,
      periodEnds: [],
      cancelBys: [],
      renewals: [],
      changes: [],
      endsOn: null,
    };
  });
  const monthsByKey = new Map(strip.map((month) => [month.month, month]));
  const at = (date: CivilDate): CalendarMonth | undefined => monthsByKey.get(monthOf(date));

  const last = lastOfMonth(addMonths(start, months - 1 + LOOK_AHEAD_MONTHS));
  for (const period of periodsUntil(terms, start, last)) {
    if (endsOn !== null && compareDates(period.from, endsOn) > 0) break;
    const renews = endsOn === null || compareDates(endsOn, period.to) > 0;
    if (endsOn === null || compareDates(period.to, endsOn) <= 0) at(period.to)?.periodEnds.push(period.to);
    if (!renews) continue;
    const renewsOn = addDays(period.to, 1);
    at(renewsOn)?.renewals.push(renewsOn);
    const by = renewalCutoff(period.to, policy).value.cancelBy;
    at(by)?.cancelBys.push({ by, periodTo: period.to });
  }
  for (const change of changesOn) {
    if (endsOn === null || compareDates(change, endsOn) <= 0) at(change)?.changes.push(change);
  }
  const endMonth = endsOn === null ? undefined : at(endsOn);
  if (endMonth !== undefined) endMonth.endsOn = endsOn;
  return strip;
}
