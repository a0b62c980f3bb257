import { DASH_CHARACTERS, INVISIBLE_CHARACTERS } from '../base/digits.ts';
import { VARIANTS } from './variants.ts';

/** Raise it whenever a folding changes: stored normal forms of another version must be computed again. */
export const NORMAL_FORM_VERSION = 3;

const VARIATION_SELECTORS: readonly [first: number, last: number][] = [
  [0xfe00, 0xfe0f],
  [0xe0100, 0xe01ef],
];
const INVISIBLE = new RegExp(`[${INVISIBLE_CHARACTERS}]`, 'gu');
const ANY_INVISIBLE = new RegExp(`[${INVISIBLE_CHARACTERS}]`, 'u');
const ANY_DASH = new RegExp(`(?![ー゠])[${DASH_CHARACTERS}~〜]`, 'u');
const DASH_AFTER_KANA = new RegExp(`(?<=[ァ-ヺー])(?:(?!゠)[${DASH_CHARACTERS}~〜])+`, 'gu');
const DASHES = new RegExp(`(?![ー゠])[${DASH_CHARACTERS}]`, 'gu');

/** Old characters, hiragana and variation selectors in one table: names are folded by the hundred thousand. */
function characterTable(): ReadonlyMap<string, string> {
  const table = new Map(VARIANTS);
  for (let code = 0x3041; code <= 0x309e; code += 1) {
    if (code <= 0x3096 || code >= 0x309d)
      table.set(String.fromCharCode(code), String.fromCharCode(code + 0x60));
  }
  for (const [first, last] of VARIATION_SELECTORS) {
    for (let code = first; code <= last; code += 1) table.set(String.fromCodePoint(code), '');
  }
  return table;
}

const CHARACTERS = characterTable();
/** Texts without any of them need no look at each character. */
const MAPPED = new RegExp(`[${[...CHARACTERS.keys()].join('')}]`, 'u');

function mapped(text: string, table: ReadonlyMap<string, string>): string {
  let result = '';
  for (const character of text) result += table.get(character) ?? character;
  return result;
}

const LATIN_LETTERS: Record<string, string> = {
  ...{ ß: 'ss', ẞ: 'ss', æ: 'ae', Æ: 'ae', œ: 'oe', Œ: 'oe', ø: 'o', Ø: 'o', đ: 'd', Đ: 'd', ð: 'd', Ð: 'd' },
  ...{ ł: 'l', Ł: 'l', þ: 'th', Þ: 'th', ı: 'i', ħ: 'h', Ħ: 'h' },
};

/** Latin letters without their accents. */
function plainLatin(text: string): string {
  return mapped(text, new Map(Object.entries(LATIN_LETTERS)))
    .normalize('NFD')
    .replace(/(?<=[A-Za-z])[\u0300-\u036F]+/gu, '')
    .normalize('NFC');
}

/**
 * The first folding, which keeps spaces, brackets and punctuation: width and compatibility forms, variation selectors,
 * accents, case, circled abbreviations as bracketed ones, old characters, kana script, dashes typed for the long mark (only after kana) and repeat marks.
 */
export function foldText(raw: string): string {
  let text = raw;
  if (!/^[\x20-\x7E]*$/.test(text)) {
    // Stand-alone voicing marks would be given a space by NFKC; as combining marks they join the kana before them.
    if (/[\u309B\u309C\uFF9E\uFF9F]/.test(text)) {
      text = text.replace(/[\u309B\uFF9E] ?/gu, '\u3099').replace(/[\u309C\uFF9F]/gu, '\u309A');
    }
    if (/[㊀-㊰㏍]/u.test(text))
      text = text.replace(/[㊀-㊰]/gu, (mark) => `(${mark})`).replace(/㏍/gu, '(株)');
    text = text.normalize('NFKC');
    if (MAPPED.test(text)) text = mapped(text, CHARACTERS);
    if (ANY_INVISIBLE.test(text)) text = text.replace(INVISIBLE, '');
    if (/[\u00C0-\u024F\u1E00-\u1EFF]/u.test(text)) text = plainLatin(text);
    if (/[々〻ヽ]/u.test(text)) {
      const repeat = (_: string, first: string, marks: string) => first + first.repeat(marks.length);
      text = text
        .replace(/((?![々〻])\p{Script=Han})([々〻]+)/gu, repeat)
        .replace(/([ァ-ヺ])(ヽ+)/gu, repeat);
    }
    if (ANY_DASH.test(text))
      text = text.replace(DASH_AFTER_KANA, (run) => 'ー'.repeat(run.length)).replace(DASHES, '-');
  }
  const lower = text.toLowerCase();
  return /\s/u.test(lower) ? lower.replace(/\s+/gu, ' ').trim() : lower;
}

const KANA: ReadonlyMap<string, string> = new Map(
  'ァア ィイ ゥウ ェエ ォオ ッツ ャヤ ュユ ョヨ ヮワ ヷバ ヸビ ヹベ ヺボ ヰイ ヱエ ヶケ ヵケ'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
);
const SMALL_KANA = new RegExp(`[${[...KANA.keys()].join('')}]`, 'u');
const VU: Record<string, string> = { ア: 'バ', イ: 'ビ', エ: 'ベ', オ: 'ボ' };

/** Small kana as large ones, the ヴ row as the バ row, kana out of use, and ヶ/ケ/が between kanji as ケ. */
export function foldKana(text: string): string {
  if (!/[ァ-ヺ]/u.test(text)) return text;
  let folded = SMALL_KANA.test(text) ? mapped(text, KANA) : text;
  if (folded.includes('ガ')) folded = folded.replace(/(?<=\p{Script=Han})ガ(?=\p{Script=Han})/gu, 'ケ');
  return folded.includes('ヴ')
    ? folded.replace(/ヴ([アイエオ]?)/gu, (_, vowel: string) => VU[vowel] ?? 'ブ')
    : folded;
}

/** The bare letters of a folded name: & as アンド, no spaces, no punctuation; kana folded. */
export function bareLetters(folded: string): string {
  const words = /[&+]|and/u.test(folded) ? folded.replace(/&|\+|(?<![a-z])and(?![a-z])/gu, 'アンド') : folded;
  return foldKana(words.replace(/[^\p{L}\p{N}ー]/gu, ''));
}

/** The characters (code points) of a text: no emoji or combined characters are left after folding. */
export function characters(text: string): string[] {
  return Array.from(text);
}

/** Whether the text has a kanji. */
export function hasKanji(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** Whether the text has a Latin letter. */
export function hasLatin(text: string): boolean {
  return /[a-z]/iu.test(text);
}
