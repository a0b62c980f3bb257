import { type Explained, explained, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  firstOfMonth,
  formatDateJa,
  lastOfMonth,
  yearMonthDay,
} from '../calendar/civil-date.ts';
import { nextFilingDay } from '../calendar/holidays.ts';
import { correspondingDay } from '../period/periods.ts';

const SECRECY_YEARS = 3;

/** Days of grace between the end and the deletion, unless the policy says otherwise. */
export const DEFAULT_GRACE_DAYS = 30;

/** The last of `years` that are counted from the day after a day (Civil Code 140, 143). */
function yearsFromDayAfter(day: CivilDate, years: number): CivilDate {
  return addDays(correspondingDay(addDays(day, 1), years * 12), -1);
}

/** The last day of secrecy for a contract that ended on a day: 3 years from the day after it (第19条7項; Civil Code 140, 143). */
export function secrecyThrough(endedOn: CivilDate): Explained<CivilDate> {
  const through = yearsFromDayAfter(endedOn, SECRECY_YEARS);
  const text = `契約終了日${formatDateJa(endedOn)}の翌日から${SECRECY_YEARS}年間、${formatDateJa(through)}まで秘密保持が続きます。`;
  return explained(through, step(text, '第19条7項'));
}

/** What happens to a filing deadline on a day without filings (policy `retention.deadlineHoliday`). */
export type DeadlineHoliday = 'nextBusinessDay' | 'none';

/** How long the law keeps tax documents: fiscal year, filing deadline in months after its end, years after that deadline. */
export type RetentionPolicy = {
  fiscalYearEndMonth: number;
  filingDeadlineMonths: number;
  years: number;
  deadlineHoliday: DeadlineHoliday;
};

export const DEFAULT_RETENTION_POLICY: RetentionPolicy = {
  fiscalYearEndMonth: 3,
  filingDeadlineMonths: 2,
  years: 10,
  deadlineHoliday: 'nextBusinessDay',
};

/**
 * The last day on which an invoice or certificate must be kept (第22条6項; tax law): the years run from the day after the filing
 * deadline, which is a month end or, where the policy says so, the next day on which filings are taken. Throws InvalidValueError
 * for a policy that is no calendar.
 */
export function keepThrough(
  issuedOn: CivilDate,
  policy: RetentionPolicy = DEFAULT_RETENTION_POLICY,
): Explained<{ fiscalYearEnd: CivilDate; keepThrough: CivilDate }> {
  const { fiscalYearEndMonth, filingDeadlineMonths, years, deadlineHoliday } = policy;
  if (!Number.isSafeInteger(fiscalYearEndMonth) || fiscalYearEndMonth < 1 || fiscalYearEndMonth > 12) {
    throw new InvalidValueError(`決算月は1から12までの整数で指定してください（${fiscalYearEndMonth}）。`);
  }
  if (filingDeadlineMonths < 0 || years < 0) {
    throw new InvalidValueError('申告期限の月数と保存の年数は0以上で指定してください。');
  }
  const monthsAhead = (fiscalYearEndMonth - yearMonthDay(issuedOn).month + 12) % 12;
  const fiscalYearEnd = lastOfMonth(addMonths(firstOfMonth(issuedOn), monthsAhead));
  const monthEnd = lastOfMonth(addMonths(firstOfMonth(fiscalYearEnd), filingDeadlineMonths));
  const filingDeadline = deadlineHoliday === 'nextBusinessDay' ? nextFilingDay(monthEnd) : monthEnd;
  const keep = yearsFromDayAfter(filingDeadline, years);
  return explained(
    { fiscalYearEnd, keepThrough: keep },
    step(`発行日${formatDateJa(issuedOn)}の属する事業年度は${formatDateJa(fiscalYearEnd)}に終わります。`),
    ...(filingDeadline === monthEnd
      ? []
      : [
          step(
            `申告期限の${formatDateJa(monthEnd)}は土日・祝日・年末年始にあたるため、${formatDateJa(filingDeadline)}に移ります。`,
            '第22条6項',
          ),
        ]),
    step(
      `申告期限${formatDateJa(filingDeadline)}の翌日から${years}年間、${formatDateJa(keep)}まで保存します。`,
      '第22条6項',
    ),
  );
}

/**
 * The day on which the customer's data is due for deletion (第22条6項): the day after the end and its days of grace, so with 0
 * days of grace the day after the end. A legal hold is not looked at here.
 */
export function deletionDue(
  endedOn: CivilDate,
  graceDays: number = DEFAULT_GRACE_DAYS,
): Explained<CivilDate> {
  if (!Number.isSafeInteger(graceDays) || graceDays < 0) {
    throw new InvalidValueError(`猶予日数は0以上の整数で指定してください（${graceDays}）。`);
  }
  const due = addDays(endedOn, graceDays + 1);
  const text = `契約終了日${formatDateJa(endedOn)}の後、猶予${graceDays}日を置いて、${formatDateJa(due)}にお客様保有データを削除します。`;
  return explained(due, step(text, '第22条6項'));
}
