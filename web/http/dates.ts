import { toHalfWidth } from '../../domain/application/text.ts';
import { InvalidValueError } from '../../domain/base/invalid-value.ts';
import { type CivilDate, civilDate, jstInstant, parseInstant } from '../../domain/calendar/civil-date.ts';

const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const TIME = /^(\d{1,2})[:時](\d{2})分?(?::(\d{2}))?$/;

/** A day as typed or as a date field gives it, in any width; null when it is none. */
export function readDay(typed: string): CivilDate | null {
  const match = DAY.exec(toHalfWidth(typed));
  if (match === null) return null;
  const [, year = '', month = '', day = ''] = match;
  try {
    return civilDate(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  } catch (error) {
    if (error instanceof InvalidValueError) return null;
    throw error;
  }
}

/** Milliseconds since midnight of a time as typed, 24 hours; null when it is none. */
export function readTimeOfDay(typed: string): number | null {
  const match = TIME.exec(toHalfWidth(typed));
  if (match === null) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? '0')];
  return hour > 23 || minute > 59 || second > 59 ? null : ((hour * 60 + minute) * 60 + second) * 1000;
}

/** '2027-03-20T23:59' as Japanese time, or an instant with its zone, in milliseconds; null when it is neither. */
export function readMoment(typed: string): number | null {
  const text = toHalfWidth(typed);
  const [day, time, ...rest] = text.split(/[T ]/);
  const [date, ms] = [readDay(day ?? ''), readTimeOfDay(time ?? '')];
  if (date !== null && ms !== null && rest.length === 0) return jstInstant(date) + ms;
  try {
    return parseInstant(text);
  } catch (error) {
    if (error instanceof InvalidValueError) return null;
    throw error;
  }
}
