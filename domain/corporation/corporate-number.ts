import { DASH_CHARACTERS, INVISIBLE_CHARACTERS, weightedSum } from '../base/digits.ts';
import { type Explained, explained, step } from '../base/explain.ts';

const SEPARATORS = new RegExp(`[\\s${DASH_CHARACTERS}${INVISIBLE_CHARACTERS}]`, 'gu');

/** `number`: the 13 half-width digits to store; null unless valid. */
export type CorporateNumberCheck = { valid: boolean; number: string | null };

/** The check digit that goes before the 12 digits of the base number: 9 − (weights 1, 2, 1, … from the right, mod 9). */
export function corporateCheckDigit(base: string): number {
  return 9 - (weightedSum(base, (position) => (position % 2 === 1 ? 1 : 2)) % 9);
}

/**
 * Checks a corporate number (法人番号, 第2条1項) as typed: full-width digits, spaces and hyphens are accepted.
 * Valid means 13 digits with the right check digit; whether the number is registered only the tax agency knows.
 */
export function checkCorporateNumber(typed: string): Explained<CorporateNumberCheck> {
  const number = typed.normalize('NFKC').replace(SEPARATORS, '');
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
