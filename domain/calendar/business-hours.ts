import { DAY_MS, jstDate, startOfDayJst } from './civil-date.ts';
import { isBusinessDay } from './holidays.ts';

/** The hours in which staff work, in Japanese time. */
const OPENS_HOUR = 9;
const CLOSES_HOUR = 18;
const HOUR_MS = 3_600_000;

/** Minutes of one business day. */
export const BUSINESS_DAY_MINUTES = (CLOSES_HOUR - OPENS_HOUR) * 60;

/** Further ahead or back than this nobody counts hours any more. */
const COUNTED_DAYS = 31;

/**
 * Minutes of business time (9:00–18:00 of business days) within `[fromMs, toMs]`, instants in milliseconds; 0 when `to` is not after
 * `from`. Null where more than 31 days lie between. Throws HolidayDataError outside the holiday data.
 */
export function businessMinutes(fromMs: number, toMs: number): number | null {
  if (toMs - fromMs > COUNTED_DAYS * DAY_MS) return null;
  let minutes = 0;
  for (let startMs = startOfDayJst(fromMs); startMs < toMs; startMs += DAY_MS) {
    if (!isBusinessDay(jstDate(startMs))) continue;
    const begin = Math.max(fromMs, startMs + OPENS_HOUR * HOUR_MS);
    const end = Math.min(toMs, startMs + CLOSES_HOUR * HOUR_MS);
    minutes += Math.max(0, end - begin) / 60_000;
  }
  return Math.floor(minutes);
}
