import { addDecimals, decimal, wholePart } from '../base/decimal.ts';
import { step } from '../base/explain.ts';
import { TAX_PERCENT, type TaxRounding, yenOf } from '../base/money.ts';
import { type CivilDate, lastOfMonth } from '../calendar/civil-date.ts';
import type { BillingContract } from './billing-contract.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { documentOf, type PlannedDocument } from './documents.ts';
import { lineOf } from './fee-lines.ts';
import { type InvoiceLine, type InvoiceTotals, invoiceTotals, lineAmount } from './invoice.ts';
import { partnerOn, routeOf } from './partners.ts';
import { fromTotal } from './returns.ts';

/** The sums of a paper: of lines without tax, or of lines with it, whose tax is within their sum, computed once (第6条5項). */
export function paperTotals(
  lines: readonly InvoiceLine[],
  rounding: TaxRounding,
  taxIncluded: boolean,
): InvoiceTotals {
  if (!taxIncluded) return invoiceTotals(lines, rounding).value;
  const sum = lines.map((line) => decimal(lineAmount(line))).reduce(addDecimals, { units: 0n, scale: 0 });
  const { netYen, taxYen, totalYen } = fromTotal(yenOf(wholePart(sum)), rounding);
  return { rates: [{ taxPercent: TAX_PERCENT, netYen, taxYen }], netYen, taxYen, totalYen };
}

/** What no prepaid balance covered of a month's use, in yen as it was booked; a person decided that it is invoiced. */
export interface UncoveredUsage {
  month: CivilDate;
  yen: number;
}

/**
 * The invoice of use that no balance covered (第6条5項): its own, with tax included where use is taxed; where the top-up was, it was
 * booked without tax, which comes on top.
 */
export function uncoveredInvoice(
  contract: BillingContract,
  { month, yen }: UncoveredUsage,
  on: CivilDate,
  policy: BillingPolicy,
): PlannedDocument {
  const route = { ...routeOf(partnerOn(contract.payers, month)), type: 'invoice' as const };
  const why = [step('プリペイドチャージの残高で賄えなかった通信の利用額です。', '第6条5項')];
  const line = lineOf(on, {
    key: `uncovered:${month}:${on}`,
    item: 'uncovered',
    quantity: 1,
    unitPrice: yen,
    from: month,
    to: lastOfMonth(month),
    why,
  });
  const { document } = documentOf(route, [line], on, policy);
  if (policy.prepaidTaxPoint === 'topUp') return document;
  const { netYen, taxYen, totalYen } = paperTotals([line], policy.taxRounding, true);
  return { ...document, netYen, taxYen, totalYen, taxIncluded: true };
}
