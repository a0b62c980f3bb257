import { type CivilDate, compareDates } from '../calendar/civil-date.ts';
import { type BillingContract, type Contents, changesKnown, contentsOn } from './billing-contract.ts';
import type { BillingPeriod } from './billing-periods.ts';
import { type Billed, differenceKey } from './lines.ts';
import { feeForPartner, type Partner } from './partners.ts';
import { type FeeItem, feeItems, feeYenOf, type PriceList, priceListOf } from './price-list.ts';

/** What a contract held in a period from a day on. */
export interface FeeLevel {
  from: CivilDate;
  contents: Contents;
  /** The run that billed it, with the period's fee or as a difference; null while none has. */
  billedOn: CivilDate | null;
}

/** The prices of a period: those of its first day, and the campaign's where the period began on its plan by its last day (第5条4項). */
export interface PeriodPrices {
  list: PriceList;
  campaign: { planCode: string; feeYen: number } | null;
}

export function pricesOf(
  contract: BillingContract,
  period: BillingPeriod,
  lists: readonly PriceList[],
): PeriodPrices {
  const { campaign } = contract;
  const applies =
    campaign !== null &&
    compareDates(period.from, campaign.until) <= 0 &&
    (campaign.kind === undefined || campaign.kind === period.kind) &&
    period.contents.planCode === campaign.planCode;
  return { list: priceListOf(lists, period.version), campaign: applies ? campaign : null };
}

/** The items of a whole period's fee for contents that are held in it, as a partner pays them (第6条1項・2項). */
export function itemsFor(
  { list, campaign }: PeriodPrices,
  { kind }: Pick<BillingPeriod, 'kind'>,
  contents: Contents,
  partner: Partner | null,
): FeeItem[] {
  const planFeeYen = campaign?.planCode === contents.planCode ? campaign.feeYen : null;
  return feeItems(list, contents, kind, planFeeYen).map((item) => ({
    ...item,
    unitYen: feeForPartner(item.unitYen, partner),
  }));
}

/**
 * What the contract held in an annual period up to its end, in order (第8条2項): first what the period was billed by, then each
 * change inside it. A change of the first day itself is in the fee, unless it became known after the invoice.
 */
export function feeLevels(
  contract: BillingContract,
  period: BillingPeriod,
  billed: Billed,
  knownOn: CivilDate,
  through: CivilDate,
): [FeeLevel, ...FeeLevel[]] {
  const { from, contents, billedOn } = period;
  const base: FeeLevel = { from, contents, billedOn };
  const inside = changesKnown(contract, knownOn).filter(
    (change) =>
      compareDates(change.effectiveOn, through) <= 0 &&
      (compareDates(change.effectiveOn, from) > 0 ||
        (change.effectiveOn === from && billedOn !== null && compareDates(change.knownOn, billedOn) > 0)),
  );
  return [
    base,
    ...inside.map(({ effectiveOn }) => ({
      from: effectiveOn,
      contents: contentsOn(contract, effectiveOn, knownOn),
      billedOn: billed.get(differenceKey(effectiveOn))?.billedOn ?? null,
    })),
  ];
}

/** The fee of a whole period by list prices, yen without tax, by which levels are compared, whoever pays (第8条2項). */
export function listFeeOf(prices: PeriodPrices, period: BillingPeriod): (level: FeeLevel) => number {
  return ({ contents }) => feeYenOf(itemsFor(prices, period, contents, null));
}
