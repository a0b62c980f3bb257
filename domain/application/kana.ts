import { trimText } from './text.ts';

/**
 * フリガナ as full-width katakana: ひらがな and half-width katakana are converted, runs of spaces become one, dashes
 * between kana become the long vowel mark. Other characters stay, for the check to name.
 */
export function normaliseKana(raw: string): string {
  return trimText(raw)
    .replace(/[\uff61-\uff9f]+/gu, (half) => half.normalize('NFKC'))
    .replace(/[ぁ-ゖゝゞ]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60))
    .replace(/(?<=[ァ-ヺー])[-‐‑–—―−]/gu, 'ー')
    .replace(/[\s\u3000]+/gu, ' ');
}

/** Katakana, long vowel and middle dots, spaces; Latin letters, digits and the marks of company names too. */
export function isKana(text: string): boolean {
  return (
    /^[ァ-ヺーヽヾ・･ 0-9A-Za-z０-９Ａ-Ｚａ-ｚ()（）&＆.．,，'’-]+$/u.test(text) && /[ァ-ヺ]/u.test(text)
  );
}
