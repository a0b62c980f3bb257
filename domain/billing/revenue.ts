import { type Explained, explained, type Step, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { formatYen, yenOf } from '../base/money.ts';
import {
  addMonths,
  type CivilDate,
  compareDates,
  daysInclusive,
  earlierOf,
  lastOfMonth,
  type MonthKey,
  monthOf,
  monthStart,
} from '../calendar/civil-date.ts';

/** A line of an issued document as the books see it; whole yen without tax, negative for a refund. */
export interface RevenueLine {
  item: string;
  amountYen: number;
  issuedOn: CivilDate;
  from: CivilDate;
  to: CivilDate;
}

/** A month that was closed on a day: from the next day on it and all before it are locked. */
export interface MonthClose {
  month: MonthKey;
  on: CivilDate;
}

/** Yen without tax; `deferredYen` is what is billed and not earned at the month's end (前受収益), negative for what is earned and not billed. */
export interface MonthFigures {
  month: MonthKey;
  revenueYen: number;
  billedYen: number;
  deferredYen: number;
}

/**
 * The revenue of months by service day (第23条3項 counts alike): a line's share through a month is cut to a yen and the month gets
 * the difference. What a line earns in months that were locked when it was issued falls into the first open one. Top-ups
 * are no revenue.
 */
export function monthFigures(
  lines: readonly RevenueLine[],
  closes: readonly MonthClose[],
  months: readonly MonthKey[],
): Explained<MonthFigures[]> {
  const counted = lines
    .filter(({ item }) => item !== 'topUp')
    .map((line) => ({ ...line, locked: lockedThrough(closes, line.issuedOn), days: daysOf(line) }));
  const through = (month: MonthKey) => {
    const end = lastOfMonth(monthStart(month));
    const issued = counted.filter(({ issuedOn }) => compareDates(issuedOn, end) <= 0);
    return {
      revenueYen: total(
        counted.map((line) => (line.locked !== null && month <= line.locked ? 0 : earned(line, end))),
      ),
      billedYen: total(issued.map(({ amountYen }) => amountYen)),
    };
  };
  const steps: Step[] = [];
  const figures = months.map((month) => {
    const now = through(month);
    const before = through(monthOf(addMonths(monthStart(month), -1)));
    const revenueYen = now.revenueYen - before.revenueYen;
    const billedYen = now.billedYen - before.billedYen;
    steps.push(
      step(
        `${month}：売上${formatYen(revenueYen)}、請求${formatYen(billedYen)}（サービス提供日による按分）。`,
      ),
    );
    return { month, revenueYen, billedYen, deferredYen: now.billedYen - now.revenueYen };
  });
  return explained(figures, ...steps);
}

/** The last month that is locked on a day; null while none is. */
export function lockedThrough(closes: readonly MonthClose[], on: CivilDate): MonthKey | null {
  return closes
    .filter((close) => compareDates(close.on, on) < 0)
    .reduce<MonthKey | null>((last, { month }) => (last === null || month > last ? month : last), null);
}

/** Whether a posting dated in a month may be entered on a day (月次締め). */
export function mayPost(
  closes: readonly MonthClose[],
  posting: { on: CivilDate; enteredOn: CivilDate },
): boolean {
  const locked = lockedThrough(closes, posting.enteredOn);
  return locked === null || monthOf(posting.on) > locked;
}

/** A line's share of its days up to one, below a yen cut off; of a refund, that of its size. */
function earned(line: RevenueLine & { days: number }, through: CivilDate): number {
  const days = daysInclusive(line.from, earlierOf(line.to, through));
  return yenOf((BigInt(line.amountYen) * BigInt(days)) / BigInt(line.days));
}

function daysOf({ from, to }: RevenueLine): number {
  const days = daysInclusive(from, to);
  if (days === 0) throw new InvalidValueError('明細の期間の初日が最終日より後になっています。');
  return days;
}

function total(amounts: readonly number[]): number {
  return yenOf(amounts.reduce((sum, amount) => sum + BigInt(amount), 0n));
}
