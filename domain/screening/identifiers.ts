import { normalisePhone } from '../application/numbers.ts';
import { normaliseCorporateNumber } from '../corporation/corporate-number.ts';

/** The 13 digits of a corporate number as typed, whatever its check digit; null for anything else. */
export function corporateNumberKey(raw: string): string | null {
  const number = normaliseCorporateNumber(raw);
  return /^\d{13}$/.test(number) ? number : null;
}

/**
 * The digits of a Japanese phone number as typed; null for anything else. Spreadsheets drop the leading 0, and exports write
 * 81 without its plus: both are put right here, where a number only helps to find the same one.
 */
export function phoneKey(raw: string): string | null {
  const typed = /^0[\d-]+$/.test(raw) ? raw : normalisePhone(raw);
  const national = typed.replaceAll('-', '').replace(/^(?:(?:00)?81(?=[1-9]\d{8,9}$))?(?=[1-9])/, '0');
  return /^0\d{9,10}$/.test(national) ? national : null;
}
