import { type Explained, explained } from '../base/explain.ts';
import { addDays, type CivilDate, compareDates } from '../calendar/civil-date.ts';
import { highestHeld } from '../change/changes.ts';
import { refund } from '../discontinuation/discontinuation.ts';
import { type AnnouncedDiscontinuation, type BillingContract, endKnown } from './billing-contract.ts';
import { type BillingPeriod, billingPeriods, periodOn } from './billing-periods.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { documentOf, type IssuedDocument, type PlannedDocument } from './documents.ts';
import { feeLevels, itemsFor, listFeeOf, pricesOf } from './fee-levels.ts';
import { lineOf } from './fee-lines.ts';
import { type Billed, differenceKey, feeKey } from './lines.ts';
import { partnerOn, routeOf } from './partners.ts';
import { feeYenOf, type PriceList } from './price-list.ts';
import { returnDocumentType } from './returns.ts';

export interface RefundFacts {
  contract: BillingContract;
  lists: readonly PriceList[];
  billed: Billed;
  standing: readonly IssuedDocument[];
  policy: BillingPolicy;
}

/** What was invoiced for the period of a discontinuation's last day, yen without tax (第16条). */
export interface Invoiced {
  period: BillingPeriod;
  /** The highest fee that was in force by the last day and invoiced before the announcement; 0 where none was. */
  feeYen: number;
  /** What can still go back: never more than was invoiced less what went back before. */
  leftYen: number;
  /** The invoice of the period's fee, else of a difference inside it; null where nothing stands. */
  original: IssuedDocument | null;
}

/**
 * What papers that stand say of the period that a discontinuation ends in: lists of refunds and the return paper go by it, so that
 * they say the same (第16条). Null where the last day lies in no period.
 */
export function invoicedBy(
  facts: RefundFacts,
  { lastDay, announcedOn }: Pick<AnnouncedDiscontinuation, 'lastDay' | 'announcedOn'>,
): Invoiced | null {
  const { contract, billed, standing } = facts;
  const limit = { through: lastDay, end: null };
  const period = periodOn(billingPeriods(contract, billed, addDays(lastDay, 1), limit), lastDay);
  if (period === null) return null;
  const invoices = invoicesOf(standing, period);
  return {
    period,
    feeYen: invoicedFee(facts, period, { lastDay, announcedOn }),
    leftYen: leftToReturn(standing, invoices),
    original: invoices[0] ?? null,
  };
}

/**
 * What goes back when the service ends before a period that was invoiced whole (第16条), dated the day after the last one: the
 * highest fee that was in force by then and invoiced before the announcement, for the days that are left of the period or of
 * the contract; null where nothing does, or it went already. It goes to the payer of the period's first day, at that payer's prices.
 */
export function planRefund(facts: RefundFacts, lastDay: CivilDate): Explained<PlannedDocument | null> {
  const { contract, policy } = facts;
  const on = addDays(lastDay, 1);
  const { discontinuation, ownEnd } = endKnown(contract, on);
  if (discontinuation?.lastDay !== lastDay) return explained(null);
  const invoiced = invoicedBy(facts, discontinuation);
  const key = `refund:${on}`;
  if (invoiced === null || invoiced.original === null || facts.billed.has(key)) return explained(null);
  const { period, original, feeYen, leftYen } = invoiced;
  const found = refund({
    ...{ feeYen, leftYen, period, lastDay, balanceYen: 0, taxRounding: policy.taxRounding },
    noticeOn: discontinuation.noticeOn,
    forceMajeure: discontinuation.forceMajeure,
    endsOn: ownEnd,
  });
  const netYen = found.value.feeYen;
  if (netYen <= 0) return explained(null, ...found.steps);
  const to = addDays(lastDay, found.value.unusableDays);
  const line = lineOf(on, {
    ...{ key, item: 'refund', quantity: 1, unitPrice: netYen, from: on, to },
    why: found.steps,
  });
  const partner = partnerOn(contract.payers, period.from);
  const route = { ...routeOf(partner), type: 'returnInvoice' as const };
  const { document, steps } = documentOf(route, [line], on, policy);
  const type = returnDocumentType(document.totalYen, partner?.mode === 'intermediary');
  const { number, issuedOn } = original;
  return explained({ ...document, type, dueOn: null, of: { number, issuedOn } }, ...found.steps, ...steps);
}

/** The highest fee of the period that was in force by its last day and invoiced before the announcement (第16条). */
function invoicedFee(
  { contract, lists, billed }: RefundFacts,
  period: BillingPeriod,
  { lastDay, announcedOn }: { lastDay: CivilDate; announcedOn: CivilDate },
): number {
  const prices = pricesOf(contract, period, lists);
  const levels = feeLevels(contract, period, billed, addDays(lastDay, 1), lastDay);
  const [base, ...later] = levels.filter(({ billedOn }) => before(billedOn, announcedOn));
  if (base === undefined) return 0;
  const highest = period.kind === 'annual' ? highestHeld([base, ...later], listFeeOf(prices, period)) : base;
  return feeYenOf(itemsFor(prices, period, highest.contents, partnerOn(contract.payers, period.from)));
}

/** The standing invoices of a period: of its fee first, then of differences inside it. */
function invoicesOf(standing: readonly IssuedDocument[], { from, to }: BillingPeriod): IssuedDocument[] {
  const holdsFee = ({ lines }: IssuedDocument) => lines.some(({ key }) => key === feeKey(from));
  const holdsDifference = ({ lines }: IssuedDocument) =>
    lines.some(
      (line) =>
        line.key === differenceKey(line.from) &&
        compareDates(from, line.from) <= 0 &&
        compareDates(line.from, to) <= 0,
    );
  const rest = standing.filter((document) => !holdsFee(document) && holdsDifference(document));
  return [...standing.filter(holdsFee), ...rest];
}

/** What can still go back of invoices, without tax: never more than was invoiced less what went back before. */
function leftToReturn(standing: readonly IssuedDocument[], invoices: readonly IssuedDocument[]): number {
  const numbers = invoices.map(({ number }) => number);
  const sum = (documents: readonly IssuedDocument[]) =>
    documents.reduce((all, { netYen }) => all + netYen, 0);
  return sum(invoices) - sum(standing.filter(({ of }) => of !== null && numbers.includes(of.number)));
}

function before(billedOn: CivilDate | null, day: CivilDate): boolean {
  return billedOn !== null && compareDates(billedOn, day) < 0;
}
