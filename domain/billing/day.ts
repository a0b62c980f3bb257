import { type CivilDate, compareDates } from '../calendar/civil-date.ts';
import { type BillingContract, endKnown } from './billing-contract.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { planCorrections } from './corrections.ts';
import { billedBy, type IssuedDocument, type PlannedDocument } from './documents.ts';
import type { BillingLine } from './lines.ts';
import type { PriceList } from './price-list.ts';
import { planRefund } from './refunds.ts';
import { type UncoveredUsage, uncoveredInvoice } from './tax-included.ts';
import { planTopUp, type TopUpOrder } from './top-up.ts';

export interface DayInput {
  contract: BillingContract;
  lists: readonly PriceList[];
  standing: readonly IssuedDocument[];
  withoutDocument: readonly BillingLine[];
  /** Orders until the day that have no bill yet. */
  orders: readonly TopUpOrder[];
  /** Use that no prepaid balance covered, by month, that a person wants invoiced. */
  uncovered: readonly UncoveredUsage[];
  day: CivilDate;
  policy: BillingPolicy;
}

/** A document of a day; `about` names what it is about: the number that it corrects, the refund, the key of an order. */
export interface DayDocument {
  about: string;
  document: PlannedDocument;
}

/**
 * What a contract gets outside the month's bills, as known on a day: corrected invoices once an end is known (第10条3項), what goes
 * back after a discontinuation (第16条), bills of top-ups and of use that no balance covered (第6条5項). A refund names an invoice that stands: it waits
 * for a corrected one.
 */
export function planDay(input: DayInput): DayDocument[] {
  const { contract, lists, standing, withoutDocument, orders, uncovered, day, policy } = input;
  const corrected = planCorrections(contract, standing, day, policy).value.map((document) => ({
    about: document.corrects?.number ?? '',
    document,
  }));
  const bills = orders.flatMap((order) => {
    const document = planTopUp(contract, order, policy).value;
    return document === null ? [] : [{ about: `topUp/${order.key}`, document }];
  });
  const lacking = uncovered.map((usage) => ({
    about: `uncovered/${usage.month}/${day}`,
    document: uncoveredInvoice(contract, usage, day, policy),
  }));
  const lastDay = endKnown(contract, day).discontinuation?.lastDay ?? null;
  if (corrected.length > 0 || lastDay === null || compareDates(lastDay, day) >= 0) {
    return [...corrected, ...bills, ...lacking];
  }
  const billed = billedBy(standing, withoutDocument);
  const refund = planRefund({ contract, lists, billed, standing, policy }, lastDay).value;
  return [
    ...(refund === null ? [] : [{ about: `refund/${refund.issuedOn}`, document: refund }]),
    ...bills,
    ...lacking,
  ];
}
