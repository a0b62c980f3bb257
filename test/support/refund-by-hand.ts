/**
 * What a discontinuation pays back, computed a second time from the rules alone (第16条, Civil Code 143): nothing of domain/
 * is used here, so that a mistake there cannot hide. Days are whole days since 1970; dates are 'YYYY-MM-DD'.
 */
const DAY = 86_400_000;

export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

const parts = (date: string): [number, number, number] => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return [year, month, day];
};
/** Days of the month that is `months` after the one of the date. */
const monthAfter = (date: string, months: number): { first: number; days: number } => {
  const [year, month] = parts(date);
  const first = Date.UTC(year, month - 1 + months, 1) / DAY;
  return { first, days: Date.UTC(year, month + months, 1) / DAY - first };
};

/** The day so many months later; the month's last one where it has no such day. */
export function clampedMonths(date: string, months: number): string {
  const { first, days } = monthAfter(date, months);
  return dateOf(first + Math.min(parts(date)[2], days) - 1);
}

/** First day of the period that begins so many months after the first day: the day itself, or the 1st where a month lacks it. */
function startAfter(firstDay: string, months: number): number {
  const { first, days } = monthAfter(firstDay, months);
  const day = parts(firstDay)[2];
  return day > days ? first + days : first + day - 1;
}

export interface HandContract {
  kind: 'annual' | 'monthly';
  firstDay: string;
  endsOn: string | null;
  feeYen: number;
  balanceYen: number;
}

export interface HandRefund {
  ends: boolean;
  late: boolean;
  unusableDays: number;
  periodDays: number;
  feeYen: number;
  taxYen: number;
  balanceYen: number;
  totalYen: number;
}

const NOTHING = {
  late: false,
  unusableDays: 0,
  periodDays: 0,
  feeYen: 0,
  taxYen: 0,
  balanceYen: 0,
  totalYen: 0,
};

/** Refund of one contract when the service ends with `lastDay`, was announced on a day and told to it on another, or never. */
export function refundByHand(
  contract: HandContract,
  lastDay: string,
  announcedOn: string,
  noticeOn: string | null,
): HandRefund {
  const { kind, firstDay, endsOn, balanceYen } = contract;
  const last = dayOf(lastDay);
  if (endsOn !== null && dayOf(endsOn) <= last) return { ends: false, ...NOTHING };
  const step = kind === 'annual' ? 12 : 1;
  let index = 0;
  while (startAfter(firstDay, (index + 1) * step) <= last) index += 1;
  const from = startAfter(firstDay, index * step);
  const to = startAfter(firstDay, (index + 1) * step) - 1;
  const periodDays = to - from + 1;
  const deadline = dayOf(clampedMonths(dateOf(last + 1), -6)) - 1;
  const late = noticeOn === null || dayOf(noticeOn) > deadline;
  if (!late) return { ends: true, ...NOTHING, periodDays };
  const usableTo = endsOn === null ? to : Math.min(to, dayOf(endsOn));
  const unusableDays = billed(index, from, announcedOn)
    ? Math.max(0, usableTo - Math.max(last, from - 1))
    : 0;
  const feeYen = Math.floor((contract.feeYen * unusableDays) / periodDays);
  const taxYen = Math.floor((feeYen * 10) / 100);
  const totalYen = feeYen + taxYen + balanceYen;
  return { ends: true, late, unusableDays, periodDays, feeYen, taxYen, balanceYen, totalYen };
}

/**
 * Whether a period was billed whole when the discontinuation was announced: the first one was, a later one once the
 * cut-off for ending with the period before had passed, the 20th of the month before the last month in which a contract
 * could end. After the announcement nothing past the last day is billed.
 */
function billed(index: number, from: number, announcedOn: string): boolean {
  if (index === 0) return true;
  const before = dateOf(from - 1);
  const [year, month, day] = parts(before);
  const isMonthEnd = day === monthAfter(before, 0).days;
  const endMonth = Date.UTC(year, month - 1 - (isMonthEnd ? 0 : 1), 1);
  const cutOff = new Date(endMonth);
  const twentieth = Date.UTC(cutOff.getUTCFullYear(), cutOff.getUTCMonth() - 1, 20) / DAY;
  return dayOf(announcedOn) > twentieth;
}
