import { type Day, dayOf, firstOfMonth, partsOf, weekdayOf } from './dates.ts';

/** The n-th Monday of a month. */
function monday(year: number, month: number, nth: number): Day {
  const first = dayOf(year, month, 1);
  return first + ((8 - weekdayOf(first)) % 7) + 7 * (nth - 1);
}

/** Equinoxes by the formula that holds from 1980 to 2099. */
function equinox(year: number, month: 3 | 9): Day {
  const base = month === 3 ? 20.8431 : 23.2488;
  const passed = year - 1980;
  return dayOf(year, month, Math.floor(base + 0.242194 * passed) - Math.floor(passed / 4));
}

/** The holidays that the Act on National Holidays names (as it stands since 2022), by year. */
function named(year: number): Day[] {
  return [
    dayOf(year, 1, 1),
    monday(year, 1, 2),
    dayOf(year, 2, 11),
    dayOf(year, 2, 23),
    equinox(year, 3),
    dayOf(year, 4, 29),
    dayOf(year, 5, 3),
    dayOf(year, 5, 4),
    dayOf(year, 5, 5),
    monday(year, 7, 3),
    dayOf(year, 8, 11),
    monday(year, 9, 3),
    equinox(year, 9),
    monday(year, 10, 2),
    dayOf(year, 11, 3),
    dayOf(year, 11, 23),
  ];
}

/** National holidays with their substitutes (art. 3-2) and the days between two of them (art. 3-3). */
function holidaysOf(year: number): ReadonlySet<Day> {
  const holidays = new Set(named(year));
  for (const date of named(year)) {
    if (weekdayOf(date) !== 0) continue;
    let substitute = date + 1;
    while (holidays.has(substitute)) substitute += 1;
    holidays.add(substitute);
  }
  for (const date of named(year)) {
    if (holidays.has(date + 2) && !holidays.has(date + 1) && weekdayOf(date + 1) !== 0)
      holidays.add(date + 1);
  }
  return holidays;
}

const known = new Map<number, ReadonlySet<Day>>();

export function isBusinessDay(date: Day): boolean {
  const { year } = partsOf(date);
  const holidays = known.get(year) ?? holidaysOf(year);
  known.set(year, holidays);
  const weekday = weekdayOf(date);
  return weekday !== 0 && weekday !== 6 && !holidays.has(date);
}

/** The day itself, or the first business day after it. */
export function nextBusinessDay(date: Day): Day {
  let found = date;
  while (!isBusinessDay(found)) found += 1;
  return found;
}

/** The n-th business day after a day, which itself does not count. */
export function businessDaysAfter(date: Day, count: number): Day {
  let found = date;
  for (let counted = 0; counted < count; counted += 1) found = nextBusinessDay(found + 1);
  return found;
}

/** A day on which tax offices are closed: a Saturday, Sunday, holiday, or 29 December to 3 January. */
function isOfficeClosed(date: Day): boolean {
  const { month, date: dayOfMonth } = partsOf(date);
  const newYear = (month === 12 && dayOfMonth >= 29) || (month === 1 && dayOfMonth <= 3);
  return newYear || !isBusinessDay(date);
}

/** A filing deadline that falls on a day on which the offices are closed is the next other day. */
export function filingDay(deadline: Day): Day {
  let found = deadline;
  while (isOfficeClosed(found)) found += 1;
  return found;
}

/** A cut-off in the month of a date (the 5th, the 20th), by the policy for holidays. */
export function cutoffIn(date: Day, dayOfMonth: number, holiday: 'none' | 'nextBusinessDay'): Day {
  const plain = firstOfMonth(date) + dayOfMonth - 1;
  return holiday === 'none' ? plain : nextBusinessDay(plain);
}
