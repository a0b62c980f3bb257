import { DASH_CHARACTERS, INVISIBLE_CHARACTERS, weightedSum } from '../base/digits.ts';

/** Where a My Number stands in a text (UTF-16 offsets, `end` excluded). The number itself is never handed on. */
export type MyNumberSpot = { start: number; end: number };

type Join = 'space' | 'dash' | 'mark' | 'none';
type DigitGroup = {
  digits: string;
  start: number;
  end: number /** What stands between this group and the one before. */;
  join: Join;
};

const LENGTH = 12;
const INVISIBLE = `[${INVISIBLE_CHARACTERS}]*`;
const DIGIT_GROUP = new RegExp(`[0-9０-９](?:${INVISIBLE}[0-9０-９])*`, 'gu');
const SPACE = /^[^\S\r\n]{1,3}$/u;
const DASH = new RegExp(`^\\s{0,2}[${DASH_CHARACTERS}]{1,2}\\s{0,2}$`, 'u');
const MARK = /^[./_・．／＿｡･]$/u;
const PHONE_PREFIX = /^0\d{1,3}$/;
/** Sizes of groups in which people write the 12 digits; other splits are phone numbers, dates, amounts. */
const GROUPINGS = new Set([
  '12',
  '4,4,4',
  '6,6',
  '4,8',
  '8,4',
  '3,3,3,3',
  '2,2,2,2,2,2',
  Array(LENGTH).fill(1).join(','),
]);

/** The check digit that follows the 11 digits of a My Number: 11 − (weights 2…7, 2…6 from the right, mod 11), 0 for 10 and 11. */
export function myNumberCheckDigit(base: string): number {
  const remainder = weightedSum(base, (position) => (position <= 6 ? position + 1 : position - 5)) % 11;
  return remainder <= 1 ? 0 : 11 - remainder;
}

function joinKind(between: string): Join {
  const visible = between.replace(new RegExp(INVISIBLE, 'gu'), '');
  if (SPACE.test(visible)) return 'space';
  if (DASH.test(visible)) return 'dash';
  return MARK.test(visible) ? 'mark' : 'none';
}

function digitGroups(text: string): DigitGroup[] {
  const groups: DigitGroup[] = [];
  for (const match of text.matchAll(DIGIT_GROUP)) {
    const start = match.index;
    const digits = match[0].normalize('NFKC').replace(/\D/g, '');
    const before = groups.at(-1);
    const join = before === undefined ? 'none' : joinKind(text.slice(before.end, start));
    groups.push({ digits, start, end: start + match[0].length, join });
  }
  return groups;
}

/** Whether the groups around a candidate make it a piece of something longer: a card number, a phone number. */
function isPieceOfLonger(
  candidate: readonly DigitGroup[],
  before: DigitGroup | undefined,
  after: DigitGroup | undefined,
): boolean {
  const [first, second] = candidate;
  // Twelve digits in one go stand for themselves, whatever list they are in.
  if (first === undefined || second === undefined) return false;
  const left = before === undefined ? 'none' : first.join;
  const right = after === undefined ? 'none' : after.join;
  if ((left !== 'none' && left !== 'space') || (right !== 'none' && right !== 'space')) return true;
  if (candidate.slice(1).some(({ join }) => join !== 'space')) return false;
  const size = first.digits.length;
  return (
    (left === 'space' &&
      before !== undefined &&
      (before.digits.length === size || PHONE_PREFIX.test(before.digits))) ||
    (right === 'space' && after !== undefined && after.digits.length === size)
  );
}

/** The groups from `from` on that make up exactly 12 digits in one of the usual groupings; null when they do not. */
function candidateAt(groups: readonly DigitGroup[], from: number): DigitGroup[] | null {
  const candidate: DigitGroup[] = [];
  let digits = 0;
  for (const group of groups.slice(from, from + LENGTH)) {
    if (candidate.length > 0 && group.join === 'none') return null;
    candidate.push(group);
    digits += group.digits.length;
    if (digits >= LENGTH) break;
  }
  if (digits !== LENGTH) return null;
  const grouping = candidate.map((group) => group.digits.length).join(',');
  const marked = candidate.slice(1).some(({ join }) => join === 'mark');
  // Dots and slashes make addresses and dates too: with them only the grouping of the card counts.
  return GROUPINGS.has(grouping) && (!marked || grouping === '4,4,4') ? candidate : null;
}

/**
 * Finds My Numbers (個人番号, 第21条) in any text: 12 digits, half- or full-width, with a valid check digit, in one go or split by
 * spaces, hyphens of any kind or dots into the usual groups. Longer runs of digits (法人番号, card numbers) and phone numbers,
 * also international ones after a plus sign, are not flagged.
 */
export function findMyNumbers(text: string): MyNumberSpot[] {
  const groups = digitGroups(text);
  const found: MyNumberSpot[] = [];
  for (let from = 0; from < groups.length; from += 1) {
    const candidate = candidateAt(groups, from);
    const first = candidate?.[0];
    const last = candidate?.at(-1);
    if (!candidate || !first || !last || /[+＋]/.test(text.charAt(first.start - 1))) continue;
    const digits = candidate.map((group) => group.digits).join('');
    if (Number(digits.at(-1)) !== myNumberCheckDigit(digits.slice(0, -1))) continue;
    if (isPieceOfLonger(candidate, groups[from - 1], groups[from + candidate.length])) continue;
    found.push({ start: first.start, end: last.end });
    from += candidate.length - 1;
  }
  return found;
}

/** Whether a text holds a My Number (第21条1項): it is then refused or quarantined before it is stored, indexed or logged. */
export function containsMyNumber(text: string): boolean {
  return findMyNumbers(text).length > 0;
}
