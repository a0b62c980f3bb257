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
