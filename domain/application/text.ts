import { DASH_CHARACTERS, INVISIBLE_CHARACTERS } from '../base/digits.ts';

/**
 * Normal forms of what people type (申込書の各欄). A normaliser never refuses and never loses text: what it does not
 * understand comes back trimmed, and a check names the problem. Names keep their characters as they are: NFKC would turn
 * ㈱ into (株) and merge variants, so it is used on numbers and addresses of machines only.
 */

/** Without white space at either end, also the full-width one; line breaks as \n. */
export function trimText(raw: string): string {
  return raw.replace(/\r\n?/g, '\n').replace(/^[\s\u3000]+|[\s\u3000]+$/gu, '');
}

/** Full-width letters, digits and marks as half-width ones. For numbers and machine addresses, never for names. */
export function toHalfWidth(raw: string): string {
  return trimText(raw.normalize('NFKC'));
}

const DASHES = new RegExp(`[${DASH_CHARACTERS}]`, 'gu');
const INVISIBLE = new RegExp(`[${INVISIBLE_CHARACTERS}]`, 'gu');

/** Every dash that people use between digits, as "-", and without what copying leaves between them. */
export function plainHyphens(text: string): string {
  return text.replace(DASHES, '-').replace(INVISIBLE, '');
}

/** A whole number of any width, with or without thousands separators; null when it is something else. */
export function readInteger(raw: string): number | null {
  const digits = toHalfWidth(raw).replace(/,/g, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

/**
 * Whether the text holds what no field may hold: control characters, invisible direction marks, half surrogates.
 * Line breaks count only where `lines` is false.
 */
export function hasForbiddenCharacter(text: string, lines = false): boolean {
  const rest = lines ? text.replace(/\n/g, '') : text;
  return /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/u.test(rest);
}

/** Characters as people count them, not UTF-16 units. */
export function characterCount(text: string): number {
  return Array.from(text).length;
}
