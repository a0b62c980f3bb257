import { addDays, addMonths, type CivilDate, firstOfMonth } from '../calendar/civil-date.ts';

/**
 * The GMT days that hold the usage which the last bill may still have to name (第6条6項, 第10条3項): the month of the end and
 * the one before, whose late events were not billed yet. A JST day begins at 15:00 GMT of the day before.
 */
export function lastUsageDays(endedOn: CivilDate): { from: CivilDate; to: CivilDate } {
  return { from: addDays(addMonths(firstOfMonth(endedOn), -1), -1), to: endedOn };
}

/**
 * The month to which a GMT day of usage counts: the JST month in which it begins (09:00 JST of the same date). The first
 * nine hours of a JST month so count to the month before; the provider's daily counts do not tell them apart.
 */
export function monthOfGmtDay(gmtDay: string): string {
  return gmtDay.slice(0, 7);
}
