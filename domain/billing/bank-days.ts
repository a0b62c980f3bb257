import { type Explained, explained, step } from '../base/explain.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  compareDates,
  formatDateJa,
  lastOfMonth,
  yearMonthDay,
} from '../calendar/civil-date.ts';
import { isBusinessDay } from '../calendar/holidays.ts';

/** What happens to a due date that is no bank day (policy `billing.dueHoliday`). */
export type DueHoliday = 'nextBusinessDay' | 'previousBusinessDay' | 'none';

/** Banks are closed from 31 December to 3 January, whatever the weekday. */
const YEAR_END: readonly string[] = ['12-31', '01-01', '01-02', '01-03'];
/** Issued by this day of a month: due at that month's end. */
const LAST_DAY_FOR_SAME_MONTH = 15;

/** A day on which banks transfer money: a business day outside the year's end. Throws HolidayDataError outside 2023–2050. */
export function isBankDay(date: CivilDate): boolean {
  return isBusinessDay(date) && !YEAR_END.includes(date.slice(5));
}

/** The date itself when it is a bank day, else the next one in the direction given. */
function bankDayFrom(date: CivilDate, direction: 1 | -1): CivilDate {
  let day = date;
  while (!isBankDay(day)) day = addDays(day, direction);
  return day;
}

/** The n-th bank day after a day, n from 1. */
export function addBankDays(after: CivilDate, n: number): CivilDate {
  let day = after;
  for (let left = n; left > 0; left -= 1) day = bankDayFrom(addDays(day, 1), 1);
  return day;
}

/** Bank days in `(after, through]` that are not left out; 0 when `through` is not later. */
export function countBankDays(
  after: CivilDate,
  through: CivilDate,
  leftOut: (day: CivilDate) => boolean = () => false,
): number {
  let count = 0;
  for (let day = addDays(after, 1); compareDates(day, through) <= 0; day = addDays(day, 1)) {
    if (isBankDay(day) && !leftOut(day)) count += 1;
  }
  return count;
}

/** The due date of a document (第6条2項): the end of its month when issued by the 15th, else of the next; moved to a bank day. */
export function dueOn(issuedOn: CivilDate, holiday: DueHoliday): Explained<CivilDate> {
  const sameMonth = yearMonthDay(issuedOn).day <= LAST_DAY_FOR_SAME_MONTH;
  const monthEnd = lastOfMonth(addMonths(issuedOn, sameMonth ? 0 : 1));
  const due = holiday === 'none' ? monthEnd : bankDayFrom(monthEnd, holiday === 'nextBusinessDay' ? 1 : -1);
  return explained(
    due,
    step(
      `${formatDateJa(issuedOn)}発行のため、支払期限は${sameMonth ? '当月' : '翌月'}末日の${formatDateJa(monthEnd)}です。`,
      '第6条2項',
    ),
    ...(due === monthEnd
      ? []
      : [step(`銀行の休業日に当たるため、${formatDateJa(due)}とします。`, '第6条2項')]),
  );
}
