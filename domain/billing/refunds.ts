import { type Explained, explained } from '../base/explain.ts';
import { addDays, type CivilDate, compareDates } from '../calendar/civil-date.ts';
import { refund } from '../discontinuation/discontinuation.ts';
import { type BillingContract, endKnown } from './billing-contract.ts';
import { type BillingPeriod, billingPeriods, periodOn } from './billing-periods.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { documentOf, type IssuedDocument, type PlannedDocument } from './documents.ts';
import { feeLevels, highestLevel, itemsFor, pricesOf } from './fee-levels.ts';
import { lineOf } from './fee-lines.ts';
import { type Billed, differenceKey, feeKey } from './lines.ts';
import { type Partner, partnerOn, routeOf } from './partners.ts';
import { feeYenOf, type PriceList } from './price-list.ts';
import { returnDocumentType } from './returns.ts';

export interface RefundFacts {
  contract: BillingContract;
  lists: readonly PriceList[];
  billed: Billed;
  standing: readonly IssuedDocument[];
  policy: BillingPolicy;
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
  const { announcedOn, noticeOn, forceMajeure } = discontinuation;
  const limit = { through: lastDay, end: null };
  const period = periodOn(billingPeriods(contract, facts.billed, on, limit), lastDay);
  if (period === null) return explained(null);
  const key = `refund:${on}`;
  const invoices = invoicesOf(facts.standing, period);
  const [original] = invoices;
  if (original === undefined || facts.billed.has(key)) return explained(null);
  const partner = partnerOn(contract.payers, period.from);
  const feeYen = invoicedFee(facts, period, { lastDay, announcedOn, partner });
  const found = refund({
    feeYen,
    period,
    lastDay,
    balanceYen: 0,
    noticeOn,
    forceMajeure,
    endsOn: ownEnd,
  });
  const netYen = Math.min(found.value.feeYen, leftToReturn(facts.standing, invoices));
  if (netYen <= 0) return explained(null, ...found.steps);
  const to = addDays(lastDay, found.value.unusableDays);
  const line = lineOf(on, {
    key,
    item: 'refund',
    quantity: 1,
    unitPrice: netYen,
    from: on,
    to,
    why: found.steps,
  });
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
  known: { lastDay: CivilDate; announcedOn: CivilDate; partner: Partner | null },
): number {
  const prices = pricesOf(contract, period, lists);
  const levels = feeLevels(contract, period, billed, addDays(known.lastDay, 1), known.lastDay);
  const [base, ...later] = levels.filter(({ billedOn }) => before(billedOn, known.announcedOn));
  if (base === undefined) return 0;
  const highest = period.kind === 'annual' ? highestLevel([base, ...later], prices, period) : base;
  return feeYenOf(itemsFor(prices, period, highest.contents, known.partner));
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
