import {
  addMonths,
  correspondingDay,
  type Day,
  firstOfMonth,
  isMonthEnd,
  jstDay,
  lastDayOfTerm,
  lastOfMonth,
  partsOf,
} from './dates.ts';
import { cutoffIn, filingDay } from './holidays.ts';

/** Single rules of RULES.md as dates and sums; the modules beside this one put them together. */

export type Kind = 'annual' | 'monthly';

export interface Period {
  from: Day;
  to: Day;
}

/** Settings marked *policy* that dates depend on. */
export interface CutoffPolicy {
  'cutoff.holiday': 'none' | 'nextBusinessDay';
}

/** 5: the n-th period, computed from the first day and never from the period before. */
export function periodFrom(firstDay: Day, kind: Kind, index: number): Period {
  const months = kind === 'annual' ? 12 : 1;
  const from = index === 1 ? firstDay : lastDayOfTerm(firstDay, months * (index - 1)) + 1;
  return { from, to: lastDayOfTerm(firstDay, months * index) };
}

/** 5: the first day of a contract without a campaign: the 1st of the month after the conclusion, also when concluded on a 1st. */
export const firstDayAfter = (concludedOn: Day): Day => firstOfMonth(concludedOn, 1);

/** 8: arrival by the 5th counts from the next 1st, later from the one after. */
export function changeDay(arrivedMs: number, policy: CutoffPolicy): Day {
  const arrived = jstDay(arrivedMs);
  const inTime = arrived <= cutoffIn(arrived, 5, policy['cutoff.holiday']);
  return firstOfMonth(arrived, inTime ? 1 : 2);
}

/** 10: the earliest month end by arrival: by the 20th that of the next month, later that of the one after. */
export function earliestEnd(arrivedMs: number, policy: CutoffPolicy): Day {
  const arrived = jstDay(arrivedMs);
  const inTime = arrived <= cutoffIn(arrived, 20, policy['cutoff.holiday']);
  return lastOfMonth(arrived, inTime ? 1 : 2);
}

/** 10: what becomes of a wish. `confirm`: it was no month end, so the day is confirmed with the customer. */
export function endByWish(earliest: Day, wish: Day | null): { endsOn: Day; kept: boolean; confirm: boolean } {
  if (wish === null) return { endsOn: earliest, kept: false, confirm: false };
  const monthEnd = isMonthEnd(wish) ? wish : lastOfMonth(wish);
  const kept = monthEnd >= earliest;
  return { endsOn: kept ? monthEnd : earliest, kept, confirm: !isMonthEnd(wish) };
}

/**
 * 5: when the renewal after a period becomes certain. Contracts end at month ends, so that for a period that ends inside a
 * month the last month end within it counts.
 */
export function renewalCutoff(periodTo: Day, policy: CutoffPolicy): { cancelBy: Day; certainFrom: Day } {
  const lastEnd = isMonthEnd(periodTo) ? periodTo : firstOfMonth(periodTo) - 1;
  const cancelBy = cutoffIn(firstOfMonth(lastEnd, -1), 20, policy['cutoff.holiday']);
  return { cancelBy, certainFrom: cancelBy + 1 };
}

/** 16: the last day on which notice of a discontinuation must have reached each customer. */
export const notifyBy = (lastDayOfService: Day): Day => addMonths(lastDayOfService + 1, -6) - 1;

/** 6: the last days of notice and request for a customer to end the contract before a fee change. */
export function feeChangeDates(effectiveOn: Day): { requestBy: Day; notifyBy: Day } {
  const month = firstOfMonth(effectiveOn);
  return { requestBy: firstOfMonth(month, -2) + 19, notifyBy: firstOfMonth(month, -3) + 19 };
}

export interface Refund {
  unusableDays: number;
  periodDays: number;
  fee: number;
  tax: number;
  balance: number;
  total: number;
}

/** 16: what a late discontinuation pays back for one paid period; `noticeOn` null: nobody told the customer. */
export function refundFor(paid: {
  feeYen: number;
  from: Day;
  to: Day;
  lastDay: Day;
  balanceYen: number;
  noticeOn: Day | null;
  forceMajeure: boolean;
  /** Where less of the period than its rest was paid and lost. */
  unusableDays?: number;
}): Refund {
  const { from, to, lastDay, noticeOn } = paid;
  const unusableDays = paid.unusableDays ?? Math.max(0, to - Math.max(lastDay, from - 1));
  const periodDays = to - from + 1;
  const late = noticeOn === null || noticeOn > notifyBy(lastDay);
  if (!late || paid.forceMajeure) return { unusableDays, periodDays, fee: 0, tax: 0, balance: 0, total: 0 };
  const fee = Math.floor((paid.feeYen * unusableDays) / periodDays);
  const tax = Math.floor(fee / 10);
  return { unusableDays, periodDays, fee, tax, balance: paid.balanceYen, total: fee + tax + paid.balanceYen };
}

/** 8: what an upgrade inside an annual period costs: the difference for the whole months that remain. */
export function upgradeDifference(change: { oldFee: number; newFee: number; effectiveOn: Day; to: Day }) {
  const { year, month } = partsOf(change.effectiveOn);
  const end = partsOf(change.to + 1);
  const apart = (end.year - year) * 12 + end.month - month;
  const months = addMonths(change.effectiveOn, apart) <= change.to + 1 ? apart : apart - 1;
  return { months, difference: Math.floor(((change.newFee - change.oldFee) * months) / 12) };
}

/** 6: the month (JST) on whose invoice an event of postpaid usage goes. */
export function usageMonth(ms: number): string {
  const { year, month } = partsOf(jstDay(ms));
  return `${year}-${String(month).padStart(2, '0')}`;
}

/** 19: the last day of secrecy, three years from the day after the end (Civil Code 140, 143). */
export const secrecyThrough = (endedOn: Day): Day => lastDayOfTerm(endedOn + 1, 36);

export interface RetentionPolicy {
  'retention.fiscalYearEndMonth': number;
  'retention.filingDeadlineMonths': number;
  'retention.years': number;
  'retention.deadlineHoliday': 'nextBusinessDay' | 'none';
}

/** 22: how long an invoice or certificate is kept: so many years from the day after the filing deadline of its fiscal year. */
export function keepThrough(
  issuedOn: Day,
  policy: RetentionPolicy,
): { fiscalYearEnd: Day; keepThrough: Day } {
  const { month } = partsOf(issuedOn);
  const fiscalYearEnd = lastOfMonth(issuedOn, (policy['retention.fiscalYearEndMonth'] - month + 12) % 12);
  const monthEnd = lastOfMonth(fiscalYearEnd, policy['retention.filingDeadlineMonths']);
  const deadline = policy['retention.deadlineHoliday'] === 'none' ? monthEnd : filingDay(monthEnd);
  return { fiscalYearEnd, keepThrough: lastDayOfTerm(deadline + 1, 12 * policy['retention.years']) };
}

/** 23-3: usage fees accrued by day in the year that ends the day before an incident, or for as long as there are fees. */
export function liabilityCap(fees: readonly (Period & { fee: number })[], incident: Day) {
  const windowTo = incident - 1;
  const begins = Math.min(...fees.map(({ from }) => from));
  const windowFrom = Math.max(yearBefore(incident), begins);
  // One rounding at the end, on a common denominator: shares of periods of different lengths are no whole yen.
  let numerator = 0n;
  let denominator = 1n;
  for (const { from, to, fee } of fees) {
    const days = Math.max(0, Math.min(to, windowTo) - Math.max(from, windowFrom) + 1);
    const length = BigInt(to - from + 1);
    numerator = numerator * length + BigInt(fee * days) * denominator;
    denominator *= length;
  }
  return { windowFrom, windowTo, cap: Number(numerator / denominator) };
}

/** The first day of the year before an incident: its corresponding day, or the day after the month's last where it has none. */
function yearBefore(incident: Day): Day {
  return correspondingDay(incident, -12) ?? lastOfMonth(incident, -12) + 1;
}
