import {
  addDecimals,
  type Decimal,
  decimal,
  decimalText,
  multiplyDecimals,
  wholePart,
} from '../base/decimal.ts';
import { type Explained, explained, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { formatYen, TAX_PERCENT, TAX_ROUNDING_WORDS, type TaxRounding, taxOn, yenOf } from '../base/money.ts';

/** One line: prices without tax, in yen, as decimal texts; a discount has a negative price. `taxPercent` is 10 unless given. */
export type InvoiceLine = { unitPrice: string | number; quantity: string | number; taxPercent?: number };

export type TaxRateTotal = { taxPercent: number; netYen: number; taxYen: number };

export type InvoiceTotals = { rates: TaxRateTotal[]; netYen: number; taxYen: number; totalYen: number };

const ZERO: Decimal = { units: 0n, scale: 0 };

function exactAmount(line: InvoiceLine): Decimal {
  const quantity = decimal(line.quantity);
  if (quantity.units < 0n) throw new InvalidValueError(`数量は0以上で指定してください（${line.quantity}）。`);
  return multiplyDecimals(decimal(line.unitPrice), quantity);
}

/** The line's exact amount as a decimal text; lines are not rounded. */
export function lineAmount(line: InvoiceLine): string {
  return decimalText(exactAmount(line));
}

/**
 * The sums of an invoice (第6条; qualified invoice): the lines of one tax rate are added up exactly, what is below a yen is cut
 * off once per rate, and the tax is computed once from that amount, the one the recipient sees and can recompute, and rounded
 * by policy `tax.rounding`. Throws InvalidValueError for prices or quantities that are no decimal numbers.
 */
export function invoiceTotals(
  lines: readonly InvoiceLine[],
  rounding: TaxRounding = 'floor',
): Explained<InvoiceTotals> {
  const sums = new Map<number, Decimal>();
  for (const line of lines) {
    const taxPercent = line.taxPercent ?? TAX_PERCENT;
    if (!Number.isSafeInteger(taxPercent) || taxPercent < 0 || taxPercent > 100) {
      throw new InvalidValueError(`税率は0から100までの整数で指定してください（${taxPercent}）。`);
    }
    sums.set(taxPercent, addDecimals(sums.get(taxPercent) ?? ZERO, exactAmount(line)));
  }
  const byRate = [...sums].sort(([a], [b]) => b - a);
  const rates = byRate.map(([taxPercent, sum]) => {
    const netYen = yenOf(wholePart(sum));
    return { taxPercent, netYen, taxYen: taxOn(netYen, taxPercent, rounding) };
  });
  const netYen = yenOf(rates.reduce((sum, rate) => sum + BigInt(rate.netYen), 0n));
  const taxYen = yenOf(rates.reduce((sum, rate) => sum + BigInt(rate.taxYen), 0n));
  const totalYen = yenOf(BigInt(netYen) + BigInt(taxYen));
  return explained(
    { rates, netYen, taxYen, totalYen },
    ...byRate.map(([taxPercent, sum]) =>
      step(
        `${taxPercent}%対象の明細の合計は${decimalText(sum)}円です。1円未満は税率ごとに一度だけ切り捨てます。`,
        '第6条2項',
      ),
    ),
    ...rates.map((rate) =>
      step(
        `${rate.taxPercent}%対象${formatYen(rate.netYen)}に対する消費税は${formatYen(rate.taxYen)}です（1円未満${TAX_ROUNDING_WORDS[rounding]}）。`,
      ),
    ),
    step(`請求額は${formatYen(netYen)} ＋ ${formatYen(taxYen)} ＝ ${formatYen(totalYen)}です。`),
  );
}
