import { InvalidValueError } from '../base/invalid-value.ts';
import type { ContractKind } from '../period/periods.ts';
import type { Contents } from './billing-contract.ts';
import { periodFee } from './fees.ts';

/** Fees of one unit, yen without tax. */
export interface OptionPrice {
  code: string;
  annualFeeYen: number;
  monthlyFeeYen: number;
}

export interface PlanPrice extends OptionPrice {
  includedLicences: number;
  extraLicenceAnnualYen: number;
  extraLicenceMonthlyYen: number;
}

/** Price of one call minute or message without tax, as a decimal text. */
export interface UsagePrice {
  category: string;
  unitPrice: string;
}

/** A version of the price list. */
export interface PriceList {
  version: number;
  plans: readonly PlanPrice[];
  options: readonly OptionPrice[];
  usage: readonly UsagePrice[];
}

/** One item of a period's fee; `item` is `plan:CODE`, `option:CODE` or `licence`. */
export interface FeeItem {
  item: string;
  quantity: number;
  unitYen: number;
}

/** The version of that number. Throws InvalidValueError where it is missing. */
export function priceListOf(lists: readonly PriceList[], version: number): PriceList {
  const list = lists.find((each) => each.version === version);
  if (list === undefined) throw new InvalidValueError(`第${version}版の料金表がありません。`);
  return list;
}

/**
 * The fee of one period (第6条1項): the plan once, options by code, licences above the included ones; nothing of 0 pieces.
 * `planFeeYen` stands for the list price of the plan. Throws InvalidValueError for what the price list lacks.
 */
export function feeItems(
  list: PriceList,
  contents: Contents,
  kind: ContractKind,
  planFeeYen: number | null,
): FeeItem[] {
  const plan = list.plans.find(({ code }) => code === contents.planCode);
  if (plan === undefined) throw lacks(list, `プラン「${contents.planCode}」`);
  const items: FeeItem[] = [
    { item: `plan:${plan.code}`, quantity: 1, unitYen: planFeeYen ?? unitFee(plan, kind) },
  ];
  for (const { code, quantity } of contents.options.toSorted((a, b) => compareTexts(a.code, b.code))) {
    const option = list.options.find((each) => each.code === code);
    if (option === undefined) throw lacks(list, `オプション「${code}」`);
    items.push({ item: `option:${code}`, quantity, unitYen: unitFee(option, kind) });
  }
  const { extraLicenceAnnualYen, extraLicenceMonthlyYen, includedLicences } = plan;
  const unitYen = kind === 'annual' ? extraLicenceAnnualYen : extraLicenceMonthlyYen;
  items.push({ item: 'licence', quantity: Math.max(0, contents.licences - includedLicences), unitYen });
  return items.filter(({ quantity }) => quantity > 0);
}

/** The sum of the items, yen without tax (第6条1項). */
export function feeYenOf(items: readonly FeeItem[]): number {
  return periodFee(items.map(({ item, ...priced }) => ({ name: item, ...priced }))).value;
}

/** The price of a category of usage, as a decimal text. Throws InvalidValueError where the price list has none. */
export function usagePriceOf(list: PriceList, category: string): string {
  const price = list.usage.find((each) => each.category === category);
  if (price === undefined) throw lacks(list, `通信「${category}」`);
  return price.unitPrice;
}

/** By code unit: the same everywhere, whatever the locale. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unitFee({ annualFeeYen, monthlyFeeYen }: OptionPrice, kind: ContractKind): number {
  return kind === 'annual' ? annualFeeYen : monthlyFeeYen;
}

function lacks(list: PriceList, what: string): InvalidValueError {
  return new InvalidValueError(`第${list.version}版の料金表に${what}がありません。`);
}
