/** Every character that people type for a hyphen, the long-vowel marks and box lines included. */
export const DASH_CHARACTERS = '\\p{Pd}\\u2212\\u02D7\\u207B\\u208B\\u2043\\u2500\\u2501\\u30FC\\uFF70';

/**
 * Characters that nobody sees, which copying from web pages, contact cards and PDFs leaves behind: format characters
 * (zero width, direction), fillers, the empty braille cell. Variation selectors are not among them: they choose a glyph.
 */
export const INVISIBLE_CHARACTERS =
  '\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2065\\u2800\\u3164\\uFFA0\\uFFF0-\\uFFF8';

/** Σ digit × weight, the weights given from the last digit on. */
export function weightedSum(digits: string, weightFromEnd: (position: number) => number): number {
  let sum = 0;
  for (let position = 1; position <= digits.length; position += 1) {
    sum += Number(digits[digits.length - position]) * weightFromEnd(position);
  }
  return sum;
}

const KANJI_DIGITS = '〇一二三四五六七八九';
const KANJI_UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** A number in kanji numerals as digits, with units (二十八, 千五十) or digit by digit (一九八一); 零 and ○ as 〇. */
export function kanjiNumber(kanji: string): string {
  const plain = kanji.replace(/[○零]/gu, '〇');
  if (!/[十百千]/u.test(plain)) return Array.from(plain, (digit) => KANJI_DIGITS.indexOf(digit)).join('');
  let total = 0;
  let current = 0;
  for (const character of plain) {
    const unit = KANJI_UNITS[character];
    if (unit === undefined) current = KANJI_DIGITS.indexOf(character);
    else {
      total += (current === 0 ? 1 : current) * unit;
      current = 0;
    }
  }
  return String(total + current);
}

/** Digits one by one as kanji: 12 as 一二. */
export function kanjiDigits(digits: string): string {
  return Array.from(digits, (digit) => KANJI_DIGITS.charAt(Number(digit))).join('');
}
