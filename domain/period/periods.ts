import { type Explained, explained, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  compareDates,
  firstOfMonth,
  firstOfNextMonth,
  formatDateJa,
  yearMonthDay,
} from '../calendar/civil-date.ts';

export type ContractKind = 'annual' | 'monthly';

/** What every period of a contract is computed from; `firstDay` is the first day of period 1. */
export type PeriodTerms = { kind: ContractKind; firstDay: CivilDate };

/** Period `index` (from 1) of a contract: `[from, to]`, both included. */
export type Period = { index: number; from: CivilDate; to: CivilDate };

/** Months of one period. */
export const PERIOD_MONTHS: Record<ContractKind, number> = { annual: 12, monthly: 1 };

/** The first day of a contract concluded on a date (JST): the 1st of the month after, also for a 1st (第5条3項). */
export function firstDayFor(concludedOn: CivilDate): Explained<CivilDate> {
  const firstDay = firstOfNextMonth(concludedOn);
  const text = `契約締結日${formatDateJa(concludedOn)}の翌月1日である${formatDateJa(firstDay)}から始まります。`;
  return explained(firstDay, step(text, '第5条3項'));
}

/**
 * The day that corresponds to `firstDay`, `months` later; where the month lacks it, the 1st of the month after,
 * because the term then ended on the month's last day (Civil Code 143).
 */
export function correspondingDay(firstDay: CivilDate, months: number): CivilDate {
  const clamped = addMonths(firstDay, months);
  return yearMonthDay(clamped).day === yearMonthDay(firstDay).day ? clamped : firstOfNextMonth(clamped);
}

/** Period `index` (from 1) without the reasons, for those who ask for many. */
export function periodOf(terms: PeriodTerms, index: number): Period {
  const months = PERIOD_MONTHS[terms.kind];
  return {
    index,
    from: correspondingDay(terms.firstDay, (index - 1) * months),
    to: addDays(correspondingDay(terms.firstDay, index * months), -1),
  };
}

function explainPeriod(terms: PeriodTerms, period: Period): Explained<Period> {
  const unit = terms.kind === 'annual' ? '1年' : '1か月';
  const plain = firstOfMonth(terms.firstDay) === terms.firstDay;
  return explained(
    period,
    step(
      `${formatDateJa(terms.firstDay)}から${unit}単位で数えた第${period.index}期は、${formatDateJa(period.from)}から${formatDateJa(period.to)}までです。`,
      '第5条3項',
    ),
    ...(plain
      ? []
      : [step('各期は初日から暦に従って数え、応当日が無い月はその月の末日に満了します。', '民法143条2項')]),
  );
}

/** Period `index` (from 1), always computed from the first day (第5条3項). Throws InvalidValueError for another index. */
export function periodAt(terms: PeriodTerms, index: number): Explained<Period> {
  if (!Number.isSafeInteger(index) || index < 1) {
    throw new InvalidValueError(`期は1以上の整数で指定してください（${index}）。`);
  }
  return explainPeriod(terms, periodOf(terms, index));
}

/** The period that a date falls into (第5条3項); null before the first day. A contract's end is not looked at. */
export function periodContaining(terms: PeriodTerms, date: CivilDate): Explained<Period | null> {
  if (compareDates(date, terms.firstDay) < 0) {
    const text = `${formatDateJa(date)}は、利用契約期間の初日${formatDateJa(terms.firstDay)}より前です。`;
    return explained(null, step(text, '第5条3項'));
  }
  const first = yearMonthDay(terms.firstDay);
  const wanted = yearMonthDay(date);
  const months = (wanted.year - first.year) * 12 + wanted.month - first.month;
  // The estimate is at most one period too far: a period starts on or after its month's corresponding day.
  const guess = Math.floor(months / PERIOD_MONTHS[terms.kind]) + 1;
  const period = periodOf(terms, guess);
  return explainPeriod(terms, compareDates(date, period.from) < 0 ? periodOf(terms, guess - 1) : period);
}
