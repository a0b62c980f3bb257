import { plainHyphens, toHalfWidth } from '../application/text.ts';
import { weightedSum } from '../base/digits.ts';
import { type Explained, explained, step } from '../base/explain.ts';

/** `number`: the 13 half-width digits to store; null unless valid. */
export type CorporateNumberCheck = { valid: boolean; number: string | null };

/** The check digit that goes before the 12 digits of the base number: 9 − (weights 1, 2, 1, … from the right, mod 9). */
export function corporateCheckDigit(base: string): number {
  return 9 - (weightedSum(base, (position) => (position % 2 === 1 ? 1 : 2)) % 9);
}

/**
 * 法人番号 as 13 digits, the one way to read it: any width, spaces and hyphens between, a leading T as on qualified
 * invoices, its label (第3条). What is something else comes back trimmed, for a check to name.
 */
export function normaliseCorporateNumber(raw: string): string {
  const plain = plainHyphens(toHalfWidth(raw));
  const digits = plain
    .replace(/^(?:法人|登録)番号[:\s]*/u, '')
    .replace(/[\s-]/gu, '')
    .replace(/^[Tt]/, '');
  return /^\d+$/.test(digits) ? digits : plain;
}

/**
 * Checks a corporate number (法人番号, 第2条1項) as typed, in every way that `normaliseCorporateNumber` reads.
 * Valid means 13 digits with the right check digit; whether the number is registered only the tax agency knows.
 */
export function checkCorporateNumber(typed: string): Explained<CorporateNumberCheck> {
  const number = normaliseCorporateNumber(typed);
  if (!/^\d{13}$/.test(number)) {
    return explained({ valid: false, number: null }, step('法人番号は13桁の数字です。', '第2条1項'));
  }
  if (Number(number[0]) !== corporateCheckDigit(number.slice(1))) {
    return explained(
      { valid: false, number: null },
      step('法人番号の検査用数字（先頭の1桁）が合いません。', '第2条1項'),
    );
  }
  return explained({ valid: true, number }, step('法人番号は13桁で、検査用数字も合っています。', '第2条1項'));
}

/** Whether a text, as typed, is a corporate number with a valid check digit (第2条1項). */
export function isCorporateNumber(typed: string): boolean {
  return checkCorporateNumber(typed).value.valid;
}
