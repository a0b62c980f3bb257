import { InvalidValueError } from '../base/invalid-value.ts';
import { type PricedItem, periodFee } from '../billing/fees.ts';
import type { ContractKind } from '../period/periods.ts';
import type { Contents } from './contents.ts';

/** Fees of one unit for one period, yen without tax. */
interface UnitPrice {
  code: string;
  name: string;
  annualFeeYen: number;
  monthlyFeeYen: number;
}

/** A plan of a price list; a lower `rank` is a downgrade (第8条3項). */
export interface PlanPrice extends UnitPrice {
  rank: number;
  includedLicences: number;
  extraLicenceAnnualYen: number;
  extraLicenceMonthlyYen: number;
}

/** A version of the price list. */
export interface PriceList {
  version: number;
  plans: readonly PlanPrice[];
  options: readonly UnitPrice[];
}

/** The version with a number. Throws InvalidValueError where it is missing. */
export function priceListOf(lists: readonly PriceList[], version: number): PriceList {
  const list = lists.find((each) => each.version === version);
  if (list === undefined) throw new InvalidValueError(`第${version}版の料金表がありません。`);
  return list;
}

/** A plan of the list. Throws InvalidValueError for one that it lacks. */
export function planOf(list: PriceList, planCode: string): PlanPrice {
  const plan = list.plans.find(({ code }) => code === planCode);
  if (plan === undefined) throw lacks(list, `プラン「${planCode}」`);
  return plan;
}

/**
 * Plan, options and extra licences with their unit fees for one period, yen without tax (第6条1項). `planFeeYen` stands for
 * the list price of the plan. Throws InvalidValueError for what the list lacks.
 */
export function pricedItems(list: PriceList, contents: Contents, planFeeYen?: number): PricedItem[] {
  const { kind, planCode, licences } = contents;
  const plan = planOf(list, planCode);
  const items: PricedItem[] = [{ name: plan.name, unitYen: planFeeYen ?? unitFee(plan, kind), quantity: 1 }];
  for (const { code, quantity } of contents.options) {
    const option = list.options.find((candidate) => candidate.code === code);
    if (option === undefined) throw lacks(list, `オプション「${code}」`);
    items.push({ name: option.name, unitYen: unitFee(option, kind), quantity });
  }
  const extra = licences - plan.includedLicences;
  if (extra > 0) {
    const unitYen = kind === 'annual' ? plan.extraLicenceAnnualYen : plan.extraLicenceMonthlyYen;
    items.push({ name: '追加ユーザーライセンス', unitYen, quantity: extra });
  }
  return items;
}

/** The fee of one period with these contents, yen without tax (第6条1項). */
export function feeYenOf(list: PriceList, contents: Contents, planFeeYen?: number): number {
  return periodFee(pricedItems(list, contents, planFeeYen)).value;
}

function unitFee({ annualFeeYen, monthlyFeeYen }: UnitPrice, kind: ContractKind): number {
  return kind === 'annual' ? annualFeeYen : monthlyFeeYen;
}

function lacks(list: PriceList, what: string): InvalidValueError {
  return new InvalidValueError(`第${list.version}版の料金表に${what}がありません。`);
}
