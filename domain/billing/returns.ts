import { type Explained, explained, step } from '../base/explain.ts';
import {
  formatYen,
  requireYen,
  TAX_PERCENT,
  type TaxRounding,
  taxOn,
  taxWithin,
  yenOf,
} from '../base/money.ts';
import { type InvoiceLine, invoiceTotals } from './invoice.ts';

/** Below this total, tax included, no return invoice is required (消費税法施行令70条の9第3項2号): a refund notice says it. */
const RETURN_INVOICE_FROM_YEN = 10_000;

/**
 * How money that goes back is told: by a return invoice (返還インボイス), by a refund notice where the total is small, and by a
 * notice always to an intermediary, which invoices its customer itself.
 */
export function returnDocumentType(
  totalYen: number,
  toIntermediary: boolean,
): 'returnInvoice' | 'refundNotice' {
  return toIntermediary || totalYen < RETURN_INVOICE_FROM_YEN ? 'refundNotice' : 'returnInvoice';
}

/** Amounts in yen. */
export interface Amounts {
  netYen: number;
  taxYen: number;
  totalYen: number;
}

export interface ReturnInput {
  /** Of the invoice as it stands. */
  originalTotalYen: number;
  /** What went back of it before, tax included. */
  returnedBeforeYen: number;
  /** What goes back: its net amount, or its total where only that is known. */
  given: { netYen: number } | { totalYen: number };
  toIntermediary: boolean;
  rounding: TaxRounding;
}

export interface ReturnAnswer extends Amounts {
  document: 'returnInvoice' | 'refundNotice' | 'refused';
}

/**
 * Money that goes back although the invoice was right (第16条, discount, rebate, transfer fee): never more than was invoiced less
 * what went back before, and more than nothing.
 */
export function returnOf(input: ReturnInput): Explained<ReturnAnswer> {
  const { originalTotalYen, returnedBeforeYen, given, rounding } = input;
  const amounts = 'netYen' in given ? fromNet(given.netYen, rounding) : fromTotal(given.totalYen, rounding);
  requireYen(amounts.totalYen, '返金額');
  const left = originalTotalYen - returnedBeforeYen;
  if (amounts.totalYen === 0 || amounts.totalYen > left) {
    return explained(
      { document: 'refused', netYen: 0, taxYen: 0, totalYen: 0 },
      step(
        `返金できるのは1円以上、請求額から返金済みの額を除いた${formatYen(left)}までです（${formatYen(amounts.totalYen)}）。`,
      ),
    );
  }
  const document = returnDocumentType(amounts.totalYen, input.toIntermediary);
  const text =
    document === 'returnInvoice'
      ? '税込1万円以上のため、返還インボイスを交付します。'
      : '返還インボイスの交付は不要のため、返金のお知らせを送ります。';
  return explained({ document, ...amounts }, step(text, '第6条2項'));
}

export interface CorrectionAnswer extends Amounts {
  /** What the payer now owes more; negative for less. */
  differenceYen: number;
}

/** An invoice that was wrong, all its lines anew (第6条2項; 修正インボイス). */
export function correctionOf(
  originalTotalYen: number,
  lines: readonly InvoiceLine[],
  rounding: TaxRounding,
): Explained<CorrectionAnswer> {
  const { value, steps } = invoiceTotals(lines, rounding);
  const { netYen, taxYen, totalYen } = value;
  const differenceYen = totalYen - originalTotalYen;
  return explained(
    { netYen, taxYen, totalYen, differenceYen },
    ...steps,
    step(`訂正前との差額は${formatYen(differenceYen)}です。`, '第6条2項'),
  );
}

function fromNet(netYen: number, rounding: TaxRounding): Amounts {
  requireYen(netYen, '返金額（税抜）');
  const taxYen = taxOn(netYen, TAX_PERCENT, rounding);
  return { netYen, taxYen, totalYen: yenOf(BigInt(netYen) + BigInt(taxYen)) };
}

/** Of a total including tax (第6条2項): the tax within it is computed once, the rest is net. */
export function fromTotal(totalYen: number, rounding: TaxRounding): Amounts {
  requireYen(totalYen, '税込金額');
  const taxYen = taxWithin(totalYen, TAX_PERCENT, rounding);
  return { netYen: totalYen - taxYen, taxYen, totalYen };
}
