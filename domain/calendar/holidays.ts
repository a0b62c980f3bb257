import { InvalidValueError } from '../base/invalid-value.ts';
import { addDays, type CivilDate, dayOfWeek, formatDateJa, yearMonthDay } from './civil-date.ts';
import { HOLIDAYS } from './holiday-table.ts';

/** The year is outside the holiday data (2023–2050): nobody can say which of its days are holidays. */
export class HolidayDataError extends InvalidValueError {
  override readonly name = 'HolidayDataError';
}

/** Whether the date is a national holiday; null outside 2023–2050, where nobody can say. */
function isNationalHoliday(date: CivilDate): boolean | null {
  return HOLIDAYS[yearMonthDay(date).year]?.includes(date.slice(5).replace('-', '')) ?? null;
}

function isWeekend(date: CivilDate): boolean {
  const weekday = dayOfWeek(date);
  return weekday === 0 || weekday === 6;
}

/** Monday to Friday and no national holiday. Throws HolidayDataError outside 2023–2050. */
export function isBusinessDay(date: CivilDate): boolean {
  const holiday = isNationalHoliday(date);
  if (holiday === null) {
    throw new HolidayDataError(
      `${formatDateJa(date)}が営業日かどうかは判断できません。祝日のデータがあるのは${Object.keys(HOLIDAYS).at(0)}年から${Object.keys(HOLIDAYS).at(-1)}年までです。`,
    );
  }
  return !isWeekend(date) && !holiday;
}

/**
 * The date itself, or the next day on which tax offices take filings: no Saturday, Sunday, national holiday or 29 December
 * to 3 January (国税通則法10条2項). Outside the holiday data only the other days are known: old documents are kept too.
 */
export function nextFilingDay(date: CivilDate): CivilDate {
  let day = date;
  while (isWeekend(day) || isNationalHoliday(day) === true || isYearEnd(day)) day = addDays(day, 1);
  return day;
}

function isYearEnd(date: CivilDate): boolean {
  const { month, day } = yearMonthDay(date);
  return (month === 12 && day >= 29) || (month === 1 && day <= 3);
}

/** The date itself when it is a business day, else the first one after it. */
export function nextBusinessDay(date: CivilDate): CivilDate {
  let day = date;
  while (!isBusinessDay(day)) day = addDays(day, 1);
  return day;
}

/** The `days`-th business day after `date`, which itself is not counted; for 0, `nextBusinessDay(date)`. */
export function addBusinessDays(date: CivilDate, days: number): CivilDate {
  if (!Number.isSafeInteger(days) || days < 0) {
    throw new InvalidValueError(`営業日数は0以上の整数で指定してください（${days}）。`);
  }
  let day = days === 0 ? nextBusinessDay(date) : date;
  for (let counted = 0; counted < days; counted += 1) day = nextBusinessDay(addDays(day, 1));
  return day;
}
