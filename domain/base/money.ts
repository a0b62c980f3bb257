import { InvalidValueError } from './invalid-value.ts';

/** Consumption tax in percent. */
export const TAX_PERCENT = 10;

/** Throws InvalidValueError unless `value` is a whole number of yen, 0 or more, that a number holds exactly. */
export function requireYen(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new InvalidValueError(`${what}は0以上の整数（円）で指定してください（${value}）。`);
  }
}

/** Back to a number. Throws InvalidValueError rather than lose a yen. */
export function yenOf(value: bigint): number {
  const yen = Number(value);
  if (!Number.isSafeInteger(yen)) throw new InvalidValueError(`金額が大きすぎて扱えません（${value}円）。`);
  return yen;
}

/** `yen × numerator ÷ denominator`, what is below a yen cut off; exact for any size. */
export function shareOfYen(yen: number, numerator: number, denominator: number): number {
  return yenOf((BigInt(yen) * BigInt(numerator)) / BigInt(denominator));
}

/** What happens to a fraction of a yen of tax (policy `tax.rounding`); `round`: half up. */
export type TaxRounding = 'floor' | 'round' | 'ceil';

/** How each rounding is called in texts. */
export const TAX_ROUNDING_WORDS: Record<TaxRounding, string> = {
  floor: '切り捨て',
  round: '四捨五入',
  ceil: '切り上げ',
};

/** The tax on a net amount; of a negative one, that of its size. */
export function taxOn(
  netYen: number,
  percent: number = TAX_PERCENT,
  rounding: TaxRounding = 'floor',
): number {
  return roundedShare(netYen, percent, 100, rounding);
}

/** The tax that an amount including tax holds: total × 10 ÷ 110. */
export function taxWithin(
  totalYen: number,
  percent: number = TAX_PERCENT,
  rounding: TaxRounding = 'floor',
): number {
  return roundedShare(totalYen, percent, 100 + percent, rounding);
}

function roundedShare(yen: number, numerator: number, denominator: number, rounding: TaxRounding): number {
  const exact = BigInt(yen) * BigInt(numerator);
  const size = exact < 0n ? -exact : exact;
  const unit = BigInt(denominator);
  const whole = size / unit;
  const rest = size % unit;
  const up = rounding === 'ceil' ? rest > 0n : rounding === 'round' && rest * 2n >= unit;
  const rounded = up ? whole + 1n : whole;
  return yenOf(exact < 0n ? -rounded : rounded);
}

/** '12,300円', for texts. */
export function formatYen(yen: number): string {
  return `${String(yen).replace(/\B(?=(\d{3})+$)/g, ',')}円`;
}
