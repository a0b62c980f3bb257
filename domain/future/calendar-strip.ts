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
import { type CutoffPolicy, DEFAULT_CUTOFF_POLICY } from '../calendar/cutoff.ts';
import type { ContractKind } from '../period/periods.ts';
import { cutoffWithin, renewalCutoff } from '../period/renewal.ts';
import { type KindPeriod, type PeriodLine, periodOn, periodsBeginning } from './period-line.ts';
import type { ContractFuture } from './project.ts';

/** What happens to a contract in one month. The cut-offs are null where nothing that arrives by them comes before its end. */
export type CalendarMonth = {
  month: MonthKey;
  /** Whether the contract lives on some day of it. */
  running: boolean;
  changeCutoff: CivilDate | null;
  cancellationCutoff: CivilDate | null;
  periodEnds: CivilDate[];
  /** Last days of arrival to keep a year that ends on `periodTo`, or a month, from being followed by another. */
  cancelBys: { by: CivilDate; periodTo: CivilDate; kind: ContractKind }[];
  /** With the kind that the contract has from then on. */
  renewals: { on: CivilDate; kind: ContractKind; changesKind: boolean }[];
  /** Effective days of changes already accepted. */
  changes: CivilDate[];
  endsOn: CivilDate | null;
};

/** Cancel-by dates come at most three months before their period's end. */
const LOOK_AHEAD_MONTHS = 3;

function periodsUntil(line: PeriodLine, first: CivilDate, last: CivilDate): KindPeriod[] {
  const present = periodOn(line, first);
  return [present, ...periodsBeginning(line, present.from, last)];
}

/** The contract's months from the one that contains `from` on (18 unless told), for the calendar on its page (第5条, 第8条, 第10条). */
export function calendarStrip(
  future: Pick<ContractFuture, 'line' | 'end' | 'judged'>,
  from: CivilDate,
  { months = 18, policy = DEFAULT_CUTOFF_POLICY }: { months?: number; policy?: CutoffPolicy } = {},
): CalendarMonth[] {
  const { line, judged } = future;
  const endsOn = future.end?.on ?? null;
  const start = firstOfMonth(from);
  const strip = Array.from({ length: months }, (_, offset): CalendarMonth => {
    const first = addMonths(start, offset);
    return {
      month: monthOf(first),
      running: endsOn === null || compareDates(first, endsOn) <= 0,
      changeCutoff: cutoffWithin('change', first, endsOn, policy)?.by ?? null,
      cancellationCutoff: cutoffWithin('cancellation', first, endsOn, policy)?.by ?? null,
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
  for (const period of periodsUntil(line, start, last)) {
    if (endsOn !== null && compareDates(period.from, endsOn) > 0) break;
    const renews = endsOn === null || compareDates(endsOn, period.to) > 0;
    if (endsOn === null || compareDates(period.to, endsOn) <= 0) at(period.to)?.periodEnds.push(period.to);
    if (!renews) continue;
    const renewsOn = addDays(period.to, 1);
    const { kind } = periodOn(line, renewsOn);
    at(renewsOn)?.renewals.push({ on: renewsOn, kind, changesKind: kind !== period.kind });
    const by = renewalCutoff(period.to, policy).value.cancelBy;
    at(by)?.cancelBys.push({ by, periodTo: period.to, kind: period.kind });
  }
  for (const { state, on } of judged) if (state === 'accepted') at(on)?.changes.push(on);
  const endMonth = endsOn === null ? undefined : at(endsOn);
  if (endMonth !== undefined) endMonth.endsOn = endsOn;
  return strip;
}
