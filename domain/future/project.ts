import { type Explained, explained } from '../base/explain.ts';
import { type FeeVersion, feeVersionOn, feeVersions } from '../billing/fee-versions.ts';
import { type CivilDate, compareDates } from '../calendar/civil-date.ts';
import { upgradeDifference, withHighestBefore } from '../change/changes.ts';
import { type CampaignTerms, campaignFeeYen } from './campaign.ts';
import type { Contents } from './contents.ts';
import type { ContractFacts, PriceFacts, Version } from './facts.ts';
import type { KindPeriod } from './period-line.ts';
import { feeYenOf, type PriceList, priceListOf } from './prices.ts';
import { judgeSequence, type Sequence } from './sequence.ts';

/**
 * The future of a contract as it is decided now: the one projection that what-if, strip, reminders, tasks, renewals,
 * discontinuations, mails and billing read. Plain JSON.
 */
export interface ContractFuture extends Sequence {
  /** By which versions of the price list it pays, and from when (第6条3項・4項). */
  feeVersions: FeeVersion[];
  prices: Pick<PriceFacts, 'lists'>;
  campaign: CampaignTerms | null;
}

/** The one projection of a contract's future (第5条, 第6条, 第8条, 第10条, 第16条). */
export function projectContract(facts: ContractFacts): ContractFuture {
  const sequence = judgeSequence(facts);
  const { lists } = facts.prices;
  const { campaign } = facts;
  return { ...sequence, feeVersions: feeVersionsOf(facts, sequence).value, prices: { lists }, campaign };
}

/** From when by which version of the price list, with the reasons; a change of kind moves what a fee change can reach. */
export function feeVersionsOf(
  { prices }: ContractFacts,
  { line }: Pick<Sequence, 'line'>,
): Explained<FeeVersion[]> {
  const { sold, feeChanges } = prices;
  if (feeChanges.length > 0) return feeVersions(line, sold, feeChanges);
  return explained([{ version: sold.version, from: null }, ...sold.recorded]);
}

/** What is contracted on a day. */
export function contentsOn({ versions }: Pick<Sequence, 'versions'>, day: CivilDate): Contents {
  const version = versions.findLast(({ from }) => from === null || compareDates(from, day) <= 0);
  return (version ?? versions[0]).contents;
}

/** The price list by which a period is paid: that of its first day (第6条3項). */
function listFor({ feeVersions: held, prices }: ContractFuture, { from }: KindPeriod): PriceList {
  return priceListOf(prices.lists, feeVersionOn(held, from));
}

/** The fee of a period with some contents, at the prices and the campaign of its first day, yen without tax (第5条4項, 第6条). */
export function feeFor(future: ContractFuture, period: KindPeriod, contents: Contents): number {
  const planFeeYen = campaignFeeYen(future.campaign, period, contents.planCode);
  return feeYenOf(listFor(future, period), { ...contents, kind: period.kind }, planFeeYen);
}

/** The fee of a period: what is contracted on its first day, yen without tax (第6条1項). */
export function feeOfPeriod(future: ContractFuture, period: KindPeriod): number {
  return feeFor(future, period, contentsOn(future, period.from));
}

/** What an upgrade inside an annual period adds until the end of it, yen without tax (第8条2項). */
export interface Upgrade {
  on: CivilDate;
  /** The highest fee that the period had before, and the new one. */
  oldFeeYen: number;
  newFeeYen: number;
  months: number;
  differenceYen: number;
}

/**
 * The upgrades inside an annual period, by day: (new fee − highest fee of the period so far) × whole remaining months ÷ 12,
 * below a yen cut off (第6条2項, 第8条). A lower fee gives nothing back, and is not paid twice when it rises again.
 */
export function upgradesIn(future: ContractFuture, period: KindPeriod): Upgrade[] {
  if (period.kind !== 'annual') return [];
  const feeOf = ({ contents }: Pick<Version, 'contents'>) => feeFor(future, period, contents);
  const inside = future.versions.filter(
    ({ from }) => from !== null && compareDates(from, period.from) > 0 && compareDates(from, period.to) <= 0,
  );
  const first: Version = { from: period.from, contents: contentsOn(future, period.from) };
  return withHighestBefore([first, ...inside], feeOf).flatMap(({ each, highest }) => {
    const [oldFeeYen, newFeeYen] = [feeOf(highest), feeOf(each)];
    if (each.from === null || newFeeYen <= oldFeeYen) return [];
    const input = { oldFeeYen, newFeeYen, period, effectiveOn: each.from };
    const { months, differenceYen } = upgradeDifference(input).value;
    return [{ on: each.from, oldFeeYen, newFeeYen, months, differenceYen }];
  });
}

/** The highest fee that a period has through a day: what is paid for it stays paid (第6条7項). Yen without tax. */
export function feePaidThrough(future: ContractFuture, period: KindPeriod, day: CivilDate): number {
  const last = upgradesIn(future, period).findLast(({ on }) => compareDates(on, day) <= 0);
  return last?.newFeeYen ?? feeOfPeriod(future, period);
}
