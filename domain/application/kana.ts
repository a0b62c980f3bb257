import { DASH_CHARACTERS } from '../base/digits.ts';
import { visibleText } from './text.ts';

/** Voicing marks as they are typed or pasted apart from their letter: combining, stand-alone, half-width. */
const VOICED = /([ぁ-ゖァ-ヺ])([\u3099\u309B\uFF9E\u309A\u309C\uFF9F])/gu;
/** Marks typed for the long vowel. 一 too: no kanji stands in a reading. */
const LONG_MARKS = new RegExp(`(?<=[ァ-ヺー])(?!゠)[${DASH_CHARACTERS}~～〜一]`, 'gu');
const READING =
  /^[ァ-ヺーヽヾ 0-9A-Za-z０-９Ａ-Ｚａ-ｚ・･()（）「」&＆.．,，、。'’＇\-－+＋=＝゠／/!！?？:：~～〜]+$/u;

/** A letter with its voicing mark as one character, where there is one: カ゛ as ガ; ア゛ stays. */
export function joinVoicingMarks(text: string): string {
  return text.replace(VOICED, (whole, letter: string, mark: string) => {
    const voiced = `${letter}${'\u309A\u309C\uFF9F'.includes(mark) ? '\u309A' : '\u3099'}`.normalize('NFC');
    return voiced.length === 1 ? voiced : whole;
  });
}

/**
 * フリガナ as full-width katakana: ひらがな and half-width katakana are converted, voicing marks joined to their letter,
 * runs of spaces become one, dashes and waves behind kana the long vowel mark. Other characters stay, for the check to
 * name.
 */
export function normaliseKana(raw: string): string {
  const full = visibleText(raw).replace(/[\uff61-\uff9f]+/gu, (half) => half.normalize('NFKC'));
  return joinVoicingMarks(full)
    .replace(/[ぁ-ゖゝゞ]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60))
    .replace(LONG_MARKS, 'ー')
    .replace(/[\s\u3000]+/gu, ' ');
}

/** Katakana with the marks of company and foreign names (・＝／), Latin letters and digits; at least one kana. */
export function isKana(text: string): boolean {
  return READING.test(text) && /[ァ-ヺ]/u.test(text);
}

/** The first character that no reading has, for a message that names it; null when there is none. */
export function firstNonKana(text: string): string | null {
  return Array.from(text).find((character) => !READING.test(character)) ?? null;
}
