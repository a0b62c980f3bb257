import { characters, foldText } from './text.ts';

/** A date of birth as far as it is given. */
export interface BirthDate {
  year: number;
  month: number | null;
  day: number | null;
}

const ERAS: Record<string, number> = {
  明治: 1867,
  大正: 1911,
  昭和: 1925,
  平成: 1988,
  令和: 2018,
  m: 1867,
  t: 1911,
  s: 1925,
  h: 1988,
  r: 2018,
  明: 1867,
  大: 1911,
  昭: 1925,
  平: 1988,
  令: 2018,
};
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const KANJI_DIGITS = '〇一二三四五六七八九';

function kanjiNumber(text: string): string {
  if (!text.includes('十'))
    return characters(text)
      .map((digit) => KANJI_DIGITS.indexOf(digit))
      .join('');
  const [tens = '', ones = ''] = text.split('十');
  return String(
    (tens === '' ? 1 : KANJI_DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : KANJI_DIGITS.indexOf(ones)),
  );
}

function dateOf(year: number, month: string | undefined, day: string | undefined): BirthDate | null {
  const [monthNumber, dayNumber] = [month, day].map((part) => (part === undefined ? null : Number(part)));
  if (year < 1868 || year > 2100) return null;
  if (monthNumber != null && (monthNumber < 1 || monthNumber > 12)) return null;
  if (dayNumber != null && (dayNumber < 1 || dayNumber > 31)) return null;
  return { year, month: monthNumber ?? null, day: dayNumber ?? null };
}

/**
 * A date of birth as people write it: 1981-07-13, 1981年7月13日, 19810713, 昭和56年7月13日, S56.7.13, 13 Jul 1981, or only
 * the year or the month; null when it cannot be read.
 */
export function parseBirthDate(raw: string): BirthDate | null {
  const text = foldText(raw)
    .replace(/ー/gu, '-')
    .replace(/[〇一二三四五六七八九十]+/gu, kanjiNumber)
    .replace(/生(?:マレ)?|生年月日[ ::]*|\((?:月|火|水|木|金|土|日)\)/gu, '')
    .trim();
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (compact !== null) return dateOf(Number(compact[1]), compact[2], compact[3]);
  const match =
    /^(明治|大正|昭和|平成|令和|[明大昭平令mtshr])?[. ]?(\d{1,4}|元)(?:[ ]?[-/.年][ ]?(\d{1,2})(?:[ ]?[-/.月][ ]?(\d{1,2})[ ]?日?|月)?|年)?$/u.exec(
      text,
    );
  if (match !== null) {
    const [, era, year = '', month, day] = match;
    return dateOf(
      (era === undefined ? 0 : (ERAS[era] ?? 0)) + (year === '元' ? 1 : Number(year)),
      month,
      day,
    );
  }
  const both = /^(\d{4})年?\(.{1,6}年\)(.+)$/u.exec(text);
  if (both !== null) return parseBirthDate(`${both[1]}年${both[2]}`);
  const english = /^(?:(\d{1,2}) ?([a-z]{3})[a-z]*\.?|([a-z]{3})[a-z]*\.? ?(\d{1,2})),? ?(\d{4})$/.exec(text);
  if (english === null) return null;
  const month = MONTHS.indexOf(english[2] ?? english[3] ?? '') + 1;
  return month === 0 ? null : dateOf(Number(english[5]), String(month), english[1] ?? english[4]);
}

/** equal: the full dates agree; near: a slip of the pen apart; contradicts: two people; unknown: not enough is given. */
export type DateComparison = 'equal' | 'near' | 'contradicts' | 'unknown';

const digits = ({ year, month, day }: BirthDate): string =>
  `${year}${String(month ?? 0).padStart(2, '0')}${String(day ?? 0).padStart(2, '0')}`;

/** Compares two dates of birth: near is one digit off, two neighbouring digits swapped, month and day swapped, or the year off by one (policy P2). */
export function compareBirthDates(a: BirthDate | null, b: BirthDate | null): DateComparison {
  if (a === null || b === null) return 'unknown';
  if (a.month === null || b.month === null || a.day === null || b.day === null) {
    const monthsDiffer = a.month !== null && b.month !== null && a.month !== b.month;
    if (a.year === b.year && !monthsDiffer) return 'unknown';
    return Math.abs(a.year - b.year) === 1 && !monthsDiffer ? 'near' : 'contradicts';
  }
  const [left, right] = [digits(a), digits(b)];
  if (left === right) return 'equal';
  if (a.year === b.year && a.month === b.day && a.day === b.month) return 'near';
  if (Math.abs(a.year - b.year) === 1 && a.month === b.month && a.day === b.day) return 'near';
  const differing = characters(left).flatMap((digit, i) => (digit === right[i] ? [] : [i]));
  const [first, second] = differing;
  if (differing.length === 1) return 'near';
  const swapped =
    differing.length === 2 &&
    first !== undefined &&
    second === first + 1 &&
    left[first] === right[second] &&
    left[second] === right[first];
  return swapped ? 'near' : 'contradicts';
}
