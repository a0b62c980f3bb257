import { addDecimals, type Decimal, decimal, decimalText } from '../base/decimal.ts';
import { step } from '../base/explain.ts';
import {
  type CivilDate,
  compareDates,
  firstOfMonth,
  formatDateJa,
  lastOfMonth,
} from '../calendar/civil-date.ts';
import { isAfterEnd } from './billing-contract.ts';
import { type BillingPeriod, periodOn } from './billing-periods.ts';
import { lineOf, type RunInput } from './fee-lines.ts';
import { type BillingLine, usageKey } from './lines.ts';
import { priceListOf, usagePriceOf } from './price-list.ts';

interface MonthUsage {
  month: CivilDate;
  category: string;
  unitPrice: string;
  quantity: Decimal;
}

/** The price of a category on a day of use, by the version held on it (第6条6項), as a decimal text. */
export function usagePriceOn(
  { contract, lists }: Pick<RunInput, 'contract' | 'lists'>,
  periods: readonly BillingPeriod[],
  on: CivilDate,
  category: string,
): string {
  const version = periodOn(periods, on)?.version ?? contract.catalogueVersion;
  return decimalText(decimal(usagePriceOf(priceListOf(lists, version), category)));
}

/**
 * Postpaid usage that a run bills (第6条6項, 第10条3項): of earlier months, received before its day, until the contract's end; one
 * line for a month, a category and a price, by the version held on the day of use. What was billed of it before is taken
 * off, so that a late event comes alone, with its own month. `periods` are those that have begun.
 */
export function usageLines(
  { contract, lists, billed, runOn }: RunInput,
  periods: readonly BillingPeriod[],
  end: CivilDate | null,
): BillingLine[] {
  const thisMonth = firstOfMonth(runOn);
  const sums = new Map<string, MonthUsage>();
  for (const { on, receivedOn, category, quantity } of contract.usage) {
    if (compareDates(on, thisMonth) >= 0 || compareDates(receivedOn, runOn) >= 0 || isAfterEnd(on, end))
      continue;
    const unitPrice = usagePriceOn({ contract, lists }, periods, on, category);
    const month = firstOfMonth(on);
    const key = usageKey(month, category, unitPrice);
    const sum = sums.get(key)?.quantity ?? { units: 0n, scale: 0 };
    sums.set(key, { month, category, unitPrice, quantity: addDecimals(sum, decimal(quantity)) });
  }
  return [...sums].flatMap(([key, { month, category, unitPrice, quantity }]) => {
    const before = decimal(billed.get(key)?.quantity ?? '0');
    const rest = addDecimals(quantity, { ...before, units: -before.units });
    if (rest.units <= 0n) return [];
    const late = before.units > 0n ? '遅れて届いた' : '';
    const text = `${formatDateJa(runOn)}の前日までに届いた、${Number(month.slice(0, 4))}年${Number(month.slice(5, 7))}月の${late}通信の利用分です。`;
    return [
      lineOf(runOn, {
        key,
        item: `usage:${category}`,
        quantity: decimalText(rest),
        unitPrice,
        from: month,
        to: lastOfMonth(month),
        why: [step(text, '第6条6項')],
      }),
    ];
  });
}
