import type { PriceList } from '../lines.ts';
import { type Fields, licencesOf, optionsOf, planOf } from './contents.ts';
import { type Day, iso } from './dates.ts';
import { contractOf, type Life } from './life.ts';
import type { NumberedPeriod } from './periods.ts';
import { priceListOf, versionOn } from './prices.ts';
import { future } from './projection.ts';
import type { Kind } from './rules.ts';

/** 6: plan, options by quantity, licences beyond those that the plan includes; for one period, yen without tax. */
function listFee({ plans, options }: PriceList, contents: Fields, kind: Kind, campaignYen: number | null) {
  const plan = plans.find(({ code }) => code === planOf(contents));
  if (plan === undefined) throw new Error(`there is no plan ${planOf(contents)}`);
  const each = (item: { annualFeeYen: number; monthlyFeeYen: number } | undefined) =>
    (kind === 'annual' ? item?.annualFeeYen : item?.monthlyFeeYen) ?? Number.NaN;
  const extra = Math.max(0, licencesOf(contents) - plan.includedLicences);
  const licence = kind === 'annual' ? plan.extraLicenceAnnualYen : plan.extraLicenceMonthlyYen;
  const chosen = optionsOf(contents).map(
    ({ code, quantity }) => quantity * each(options.find((option) => option.code === code)),
  );
  return (campaignYen ?? each(plan)) + extra * licence + chosen.reduce((sum, yen) => sum + yen, 0);
}

/** 5-4: the price of a campaign holds for periods of its kind that begin by its last day on its plan. */
function campaignYen(life: Life, { kind, from }: NumberedPeriod, plan: string): number | null {
  const { campaign } = contractOf(life);
  if (campaign === null || campaign.price === null) return null;
  const { price, until } = campaign;
  return price.plan === plan && price.kind === kind && iso(from) <= until ? price.feeYen : null;
}

/**
 * 6, 8: the fee that is paid for a period by a day: that of its first day, and of an annual one the highest since, for what an
 * upgrade added is paid and nothing is given back.
 */
export function feePaidBy(life: Life, period: NumberedPeriod, day: Day): number {
  const { contentsOn } = future(life);
  const list = priceListOf(life.lists, versionOn(life, period.from));
  const feeOn = (date: Day) => {
    const contents = contentsOn(date);
    return listFee(list, contents, period.kind, campaignYen(life, period, planOf(contents)));
  };
  let highest = feeOn(period.from);
  if (period.kind === 'monthly') return highest;
  for (let date = period.from + 1; date <= Math.min(day, period.to); date += 1)
    highest = Math.max(highest, feeOn(date));
  return highest;
}
