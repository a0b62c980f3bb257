import { addDays, type CivilDate, firstOfMonth } from './civil-date.ts';
import { nextBusinessDay } from './holidays.ts';

/** What happens to a 5th or 20th that is no business day (policy `cutoff.holiday`). */
export type CutoffHoliday = 'none' | 'nextBusinessDay';

/** The settings that a cut-off depends on. */
export type CutoffPolicy = { cutoffHoliday: CutoffHoliday };

export const DEFAULT_CUTOFF_POLICY: CutoffPolicy = { cutoffHoliday: 'none' };

/** Last day of arrival in a month: changes 第8条2項, cancellations 第10条1項. */
const CUTOFF_DAY = { change: 5, cancellation: 20 } as const;

export type CutoffKind = keyof typeof CUTOFF_DAY;

/** The cut-off of the month that contains `date` (第8条2項, 第10条1項); it holds to 23:59:59.999 JST of that day. */
export function cutoffOfMonth(
  kind: CutoffKind,
  date: CivilDate,
  policy: CutoffPolicy = DEFAULT_CUTOFF_POLICY,
): CivilDate {
  const day = addDays(firstOfMonth(date), CUTOFF_DAY[kind] - 1);
  return policy.cutoffHoliday === 'nextBusinessDay' ? nextBusinessDay(day) : day;
}
