import { DASH_CHARACTERS, INVISIBLE_CHARACTERS } from '../digits.ts';
import { foldVariants } from './variants.ts';

/** Raise it whenever a folding changes: stored normal forms of another version must be computed again. */
export const NORMAL_FORM_VERSION = 1;

const VARIATION_SELECTORS = /[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu;
const INVISIBLE = new RegExp(`[${INVISIBLE_CHARACTERS}]`, 'gu');
const DASH_AFTER_KANA = new RegExp(`(?<=[ァ-ヺー])[${DASH_CHARACTERS}~〜]`, 'gu');
const DASHES = new RegExp(`(?![ー])[${DASH_CHARACTERS}]`, 'gu');

/** Hiragana as katakana; everything else unchanged. */
export function toKatakana(text: string): string {
  return text.replace(/[ぁ-ゖゝゞ]/gu, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
}

/**
 * The first folding, which keeps spaces, brackets and punctuation: width and compatibility forms, variation selectors,
 * case, old characters, kana script, dashes typed for the long mark (only after kana) and repeat marks.
 */
export function foldText(raw: string): string {
  // Stand-alone voicing marks would be given a space by NFKC; as combining marks they join the kana before them.
  const joined = raw.replace(/[\u309B\uFF9E] ?/gu, '\u3099').replace(/[\u309C\uFF9F]/gu, '\u309A');
  let text = joined.normalize('NFKC');
  if (!/^[\x20-\x7E]*$/.test(text)) {
    text = text.replace(VARIATION_SELECTORS, '').replace(INVISIBLE, '');
    text = toKatakana(foldVariants(text))
      .replace(/(\p{Script=Han})[々〻]/gu, '$1$1')
      .replace(/([ァ-ヺ])ヽ/gu, '$1$1')
      .replace(DASH_AFTER_KANA, 'ー')
      .replace(DASHES, '-');
  }
  return text.toLowerCase().replace(/\s+/gu, ' ').trim();
}

const SMALL: Record<string, string> = {
  ァ: 'ア',
  ィ: 'イ',
  ゥ: 'ウ',
  ェ: 'エ',
  ォ: 'オ',
  ッ: 'ツ',
  ャ: 'ヤ',
  ュ: 'ユ',
  ョ: 'ヨ',
  ヮ: 'ワ',
};
const VU: Record<string, string> = { ア: 'バ', イ: 'ビ', エ: 'ベ', オ: 'ボ', '': 'ブ' };
const OLD_KANA: Record<string, string> = { ヷ: 'バ', ヸ: 'ビ', ヹ: 'ベ', ヺ: 'ボ', ヰ: 'イ', ヱ: 'エ' };

/** Small kana as large ones, the ヴ row as the バ row, kana out of use, and ヶ/ケ/が between kanji as ケ. */
export function foldKana(text: string): string {
  if (!/[ァ-ヺ]/u.test(text)) return text;
  return text
    .replace(/(?<=\p{Script=Han})[ケガヶヵ](?=\p{Script=Han})/gu, 'ケ')
    .replace(/[ヶヵ]/gu, 'ケ')
    .replace(/[ァィゥェォッャュョヮ]/gu, (kana) => SMALL[kana] ?? kana)
    .replace(/ヴ([アイエオ]?)/gu, (_, vowel: string) => VU[vowel] ?? 'ブ')
    .replace(/[ヷヸヹヺヰヱ]/gu, (kana) => OLD_KANA[kana] ?? kana);
}

/** The bare letters of a folded name: & as アンド, no spaces, no punctuation; kana folded. */
export function bareLetters(folded: string): string {
  const words = folded.replace(/&|\+|(?<![a-z])and(?![a-z])/gu, 'アンド');
  return foldKana(words.replace(/[^\p{L}\p{N}ー]/gu, ''));
}

/** Whether the text has a kanji. */
export function hasKanji(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** Whether the text has a Latin letter. */
export function hasLatin(text: string): boolean {
  return /[a-z]/iu.test(text);
}
