import { DASH_CHARACTERS } from '../base/digits.ts';
import { LARGE_KANA } from './zengin.ts';

/** Legal forms as banks shorten them, and offices (営業所 エイ, 出張所 シユツ). */
const SHORT_FORMS =
  'カ|ユ|メ|シ|ド|イ|ザイ|シヤ|シユウ|ガク|フク|ホゴ|ソ|トクヒ|ドク|チドク|ベン|チユウ|ギヨ|シホウ|ゼイ|ダイ|ノウ|カンリ|ロウム|エイ|シユツ';
const FULL_FORMS = '(?:カブシキ|ユウゲン|ゴウドウ|ゴウシ|ゴウメイ)(?:ガイシヤ|カイシヤ)';

const FORMS: readonly RegExp[] = [
  new RegExp(`\\((?:${SHORT_FORMS})\\)`, 'gu'),
  new RegExp(`^(?:${SHORT_FORMS})\\)`, 'u'),
  new RegExp(`\\((?:${SHORT_FORMS})$`, 'u'),
  new RegExp(`^${FULL_FORMS}`, 'u'),
  new RegExp(`${FULL_FORMS}$`, 'u'),
];

const DASHES = new RegExp(`[${DASH_CHARACTERS}]`, 'gu');

/**
 * What is left of a payer's name to compare (第6条2項): NFKC, capitals, katakana for hiragana, small kana large, ヲ as オ, every dash and
 * long vowel the same, no spaces, no legal form in short or in full, no marks. Empty where nothing is left.
 */
export function payerCore(name: string): string {
  const letters = name
    .replace(/゛/gu, '\u3099')
    .replace(/゜/gu, '\u309a')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[ぁ-ゖゝゞ]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60))
    .replace(/[ァ-ヺ]/gu, (kana) => LARGE_KANA[kana] ?? kana)
    .replace(DASHES, 'ー')
    .replace(/[^\p{L}\p{N}\p{M}ー()]/gu, '');
  return FORMS.reduce((text, form) => text.replace(form, ''), letters).replace(/[()]/gu, '');
}

/** A reference from a bank's line, or a document's number, as both are compared: letters and digits only. */
export function referenceCore(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
}
