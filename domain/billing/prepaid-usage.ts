import { addDecimals, type Decimal, decimal, decimalText, multiplyDecimals } from '../base/decimal.ts';
import { type CivilDate, compareDates } from '../calendar/civil-date.ts';
import { type BillableUsage, type BillingContract, endKnown, isAfterEnd } from './billing-contract.ts';
import { billingPeriods } from './billing-periods.ts';
import type { Billed } from './lines.ts';
import type { PriceList } from './price-list.ts';
import { usagePriceOn } from './usage-lines.ts';

/** What a contract used on a day in Japan, without tax, exactly; decimal text. */
export interface DayUsage {
  on: CivilDate;
  netYen: string;
}

const ZERO: Decimal = { units: 0n, scale: 0 };

/**
 * Usage that is to be booked to the prepaid ledger (第6条5項), by day through one, until the contract's end: each event at the price
 * of the version held on its day, less what was booked of that day before, so that a late event comes alone.
 */
export function usageToBook(input: {
  contract: BillingContract;
  lists: readonly PriceList[];
  billed: Billed;
  usage: readonly BillableUsage[];
  /** What was booked so far, by day, as decimal texts. */
  booked: ReadonlyMap<CivilDate, string>;
  through: CivilDate;
}): DayUsage[] {
  const { contract, lists, billed, usage, booked, through } = input;
  const { end } = endKnown(contract, through);
  const periods = billingPeriods(contract, billed, through, { through, end });
  const days = new Map<CivilDate, Decimal>();
  for (const { on, category, quantity } of usage) {
    if (compareDates(on, through) > 0 || isAfterEnd(on, end)) continue;
    const price = usagePriceOn({ contract, lists }, periods, on, category);
    const cost = multiplyDecimals(decimal(quantity), decimal(price));
    days.set(on, addDecimals(days.get(on) ?? ZERO, cost));
  }
  return [...days]
    .map(([on, sum]) => {
      const before = decimal(booked.get(on) ?? '0');
      return { on, rest: addDecimals(sum, { ...before, units: -before.units }) };
    })
    .filter(({ rest }) => rest.units > 0n)
    .map(({ on, rest }) => ({ on, netYen: decimalText(rest) }))
    .sort((a, b) => compareDates(a.on, b.on));
}
