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

/** The tax on a net amount, what is below a yen cut off. */
export function taxOn(netYen: number, percent: number = TAX_PERCENT): number {
  return shareOfYen(netYen, percent, 100);
}

/** '12,300円', for texts. */
export function formatYen(yen: number): string {
  return `${String(yen).replace(/\B(?=(\d{3})+$)/g, ',')}円`;
}
