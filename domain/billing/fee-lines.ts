import { decimal, decimalText, multiplyDecimals } from '../base/decimal.ts';
import { type Step, step } from '../base/explain.ts';
import { formatYen, shareOfYen, TAX_PERCENT } from '../base/money.ts';
import {
  type CivilDate,
  compareDates,
  daysInclusive,
  earlierOf,
  formatDateJa,
} from '../calendar/civil-date.ts';
import { upgradeDifference, withHighestBefore } from '../change/changes.ts';
import { type BillingContract, isAfterEnd, type KnownEnd } from './billing-contract.ts';
import type { BillingPeriod } from './billing-periods.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { feeLevels, itemsFor, listFeeOf, type PeriodPrices, pricesOf } from './fee-levels.ts';
import { annualBilledFrom, feeBilledFrom } from './fee-timing.ts';
import { type Billed, type BillingLine, differenceKey, feeKey } from './lines.ts';
import { partnerOn } from './partners.ts';
import { feeYenOf, type PriceList } from './price-list.ts';

/** What a run works with: the contract's facts, its price lists, what was billed so far, the day, the settings. */
export interface RunInput {
  contract: BillingContract;
  lists: readonly PriceList[];
  billed: Billed;
  runOn: CivilDate;
  policy: BillingPolicy;
}

type NewLine = Pick<BillingLine, 'key' | 'item' | 'from' | 'to' | 'why'> & {
  quantity: string | number;
  unitPrice: string | number;
};

/** A line of a run with its exact amount. */
export function lineOf(runOn: CivilDate, { quantity, unitPrice, ...line }: NewLine): BillingLine {
  const [count, price] = [decimal(quantity), decimal(unitPrice)];
  return {
    ...line,
    quantity: decimalText(count),
    unitPrice: decimalText(price),
    amount: decimalText(multiplyDecimals(count, price)),
    taxPercent: TAX_PERCENT,
    billedOn: runOn,
  };
}

/** The lines of a period that a run bills: its fee, and the differences of changes inside it (第6条2項, 第8条2項). */
export function feeLines(input: RunInput, period: BillingPeriod, known: KnownEnd): BillingLine[] {
  const prices = pricesOf(input.contract, period, input.lists);
  const lines = periodLines(input, period, prices, known);
  return period.kind === 'annual' ? [...lines, ...differenceLines(input, period, prices, known)] : lines;
}

/** The fee of a period, whole (第6条1項); where an announced discontinuation ends before it, one line to the last day (第16条). */
function periodLines(
  { contract, runOn, policy }: RunInput,
  period: BillingPeriod,
  prices: PeriodPrices,
  known: KnownEnd,
): BillingLine[] {
  if (period.billedOn !== null) return [];
  const due = feeBilledFrom(period, known.end, policy);
  if (compareDates(runOn, due.value) < 0) return [];
  const { from, to } = period;
  const items = itemsFor(prices, period, period.contents, partnerOn(contract.payers, from));
  const lastDay = known.discontinuation?.lastDay ?? null;
  if (isAfterEnd(to, lastDay) && lastDay !== null) {
    const cut = shortenedFee(feeYenOf(items), period, lastDay);
    const why = [...due.steps, cut.why];
    const line = { item: 'shortened', quantity: 1, unitPrice: cut.feeYen, from, to: lastDay, why };
    return [lineOf(runOn, { key: feeKey(from), ...line })];
  }
  return items.map(({ item, quantity, unitYen }) =>
    lineOf(runOn, { key: feeKey(from), item, quantity, unitPrice: unitYen, from, to, why: due.steps }),
  );
}

/** The fee of a period's days up to the last day of service, below a yen cut off (第16条). */
function shortenedFee(
  wholeYen: number,
  { from, to }: BillingPeriod,
  lastDay: CivilDate,
): { feeYen: number; why: Step } {
  const [days, all] = [daysInclusive(from, lastDay), daysInclusive(from, to)];
  const feeYen = shareOfYen(wholeYen, days, all);
  const text = `廃止のお知らせの後の請求のため、サービス最終日${formatDateJa(lastDay)}までとします：${formatYen(wholeYen)} × ${days}日 ÷ ${all}日 ＝ ${formatYen(feeYen)}（1円未満切り捨て）`;
  return { feeYen, why: step(text, '第16条') };
}

/** What changes inside an annual period cost more than the highest fee so far, in whole months to its end (第8条2項). */
function differenceLines(
  { contract, billed, runOn, policy }: RunInput,
  period: BillingPeriod,
  prices: PeriodPrices,
  known: KnownEnd,
): BillingLine[] {
  const lastDay = known.discontinuation?.lastDay ?? period.to;
  const to = earlierOf(lastDay, period.to);
  const through = known.end === null ? to : earlierOf(known.end, to);
  const levels = feeLevels(contract, period, billed, runOn, through);
  return withHighestBefore(levels, listFeeOf(prices, period)).flatMap(({ each, highest }) => {
    const { from, contents, billedOn } = each;
    const due = annualBilledFrom(from, policy);
    if (billedOn !== null || compareDates(runOn, due.value) < 0) return [];
    const partner = partnerOn(contract.payers, from);
    const difference = upgradeDifference({
      oldFeeYen: feeYenOf(itemsFor(prices, period, highest.contents, partner)),
      newFeeYen: feeYenOf(itemsFor(prices, period, contents, partner)),
      period: { from: period.from, to },
      effectiveOn: from,
    });
    const { differenceYen } = difference.value;
    if (differenceYen <= 0) return [];
    const why = [...due.steps, ...difference.steps];
    const line = { item: 'difference', quantity: 1, unitPrice: differenceYen, from, to, why };
    return [lineOf(runOn, { key: differenceKey(from), ...line })];
  });
}
