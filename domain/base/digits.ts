/** Every character that people type for a hyphen, the long-vowel marks and box lines included. */
export const DASH_CHARACTERS = '\\p{Pd}\\u2212\\u02D7\\u207B\\u208B\\u2043\\u2500\\u2501\\u30FC\\uFF70';

/** Characters without width that copying from web pages and PDFs leaves between digits. */
export const INVISIBLE_CHARACTERS = '\\u00AD\\u200B-\\u200F\\u2060\\uFEFF';

/** Σ digit × weight, the weights given from the last digit on. */
export function weightedSum(digits: string, weightFromEnd: (position: number) => number): number {
  let sum = 0;
  for (let position = 1; position <= digits.length; position += 1) {
    sum += Number(digits[digits.length - position]) * weightFromEnd(position);
  }
  return sum;
}
