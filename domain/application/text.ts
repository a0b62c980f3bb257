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

const DASHES = new RegExp(`[${DASH_CHARACTERS}]`, 'gu');
const INVISIBLE = new RegExp(`[${INVISIBLE_CHARACTERS}]`, 'gu');
/** A selector chooses among the shapes of the kanji before it; behind anything else, or of another kind, it does nothing. */
const IDLE_SELECTOR = /(?<!\p{Script=Han})[\uFE00-\uFE02\u{E0100}-\u{E01EF}]+|[\uFE03-\uFE0F]+/gu;
const THIN_SPACES = /[\u00A0\u1680\u2000-\u200A\u202F\u205F]/gu;

/**
 * What people see of a text: characters without a picture are taken out, spaces of odd widths become plain ones (the
 * full-width one stays). Nothing visible changes: names keep their characters and the selectors that choose their shape.
 */
export function visibleText(raw: string): string {
  return trimText(raw.replace(INVISIBLE, '').replace(IDLE_SELECTOR, '').replace(THIN_SPACES, ' '));
}

/** Full-width letters, digits and marks as half-width ones. For numbers and machine addresses, never for names. */
export function toHalfWidth(raw: string): string {
  return visibleText(raw.normalize('NFKC'));
}

/** Every dash that people use between digits, as "-". */
export function plainHyphens(text: string): string {
  return text.replace(DASHES, '-');
}

/** A whole number of any width, with or without thousands separators; null when it is something else. */
export function readInteger(raw: string): number | null {
  const digits = toHalfWidth(raw).replace(/,/g, '');
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

/**
 * Whether the text holds what no field may hold: control characters, invisible direction marks, half surrogates, and the mark
 * that stands for a lost character. Line breaks count only where `lines` is false.
 */
export function hasForbiddenCharacter(text: string, lines = false): boolean {
  const rest = lines ? text.replace(/\n/g, '') : text;
  return /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffd-\uffff]/u.test(rest);
}

/** Characters as people count them, not UTF-16 units. */
export function characterCount(text: string): number {
  return Array.from(text).length;
}

/**
 * A scheme, www., or a host with a port, path or query: what programs make a link of. A name alone is none: trade names look
 * like 価格.com.
 */
const LINK = /[a-z][a-z0-9+.-]*:\/\/|\bmailto:|\bwww\d*\.|(?:[\p{L}\p{N}-]+\.)+[a-z]{2,}(?::\d|[/?#])/iu;

/** Whether a text holds an address of the web, in letters of any width. */
export function hasLink(text: string): boolean {
  return LINK.test(toHalfWidth(text).replaceAll('。', '.'));
}
