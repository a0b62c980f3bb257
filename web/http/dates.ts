import { toHalfWidth } from '../../domain/application/text.ts';
import { InvalidValueError } from '../../domain/base/invalid-value.ts';
import { type CivilDate, jstInstant, parseInstant } from '../../domain/calendar/civil-date.ts';
import { readWrittenDay } from '../../domain/calendar/written-date.ts';
import { readTimeOfDay } from '../../domain/calendar/written-time.ts';

/** A day as typed or as a date field gives it, in any width and calendar (令和8年11月29日); null when it is none. */
export function readDay(typed: string): CivilDate | null {
  return readWrittenDay(typed);
}

/** '2027-03-20T23:59' as Japanese time, or an instant with its zone, in milliseconds; null when it is neither. */
export function readMoment(typed: string): number | null {
  const text = toHalfWidth(typed);
  const [, day = '', time = ''] = /^(\S+?)(?:T| +|(?<=日))(\S.*)$/u.exec(text) ?? [];
  const [date, ms] = [readDay(day), readTimeOfDay(time)];
  if (date !== null && ms !== null) return jstInstant(date) + ms;
  try {
    return parseInstant(text);
  } catch (error) {
    if (error instanceof InvalidValueError) return null;
    throw error;
  }
}
