import { DASH_CHARACTERS, INVISIBLE_CHARACTERS } from '../base/digits.ts';
import { VARIANTS } from './variants.ts';

/** Raise it whenever a folding changes: stored normal forms of another version must be computed again. */
export const NORMAL_FORM_VERSION = 2;

const VARIATION_SELECTORS: readonly [first: number, last: number][] = [
  [0xfe00, 0xfe0f],
  [0xe0100, 0xe01ef],
];
const INVISIBLE = new RegExp(`[${INVISIBLE_CHARACTERS}]`, 'gu');
const ANY_DASH = new RegExp(`(?!ー)[${DASH_CHARACTERS}~〜]`, 'u');
const DASH_AFTER_KANA = new RegExp(`(?<=[ァ-ヺー])[${DASH_CHARACTERS}~〜]+`, 'gu');
const DASHES = new RegExp(`(?!ー)[${DASH_CHARACTERS}]`, 'gu');

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

function mapped(text: string, table: ReadonlyMap<string, string>): string {
  let result = '';
  for (const character of text) result += table.get(character) ?? character;
  return result;
}

/**
 * The first folding, which keeps spaces, brackets and punctuation: width and compatibility forms, variation selectors,
 * case, old characters, kana script, dashes typed for the long mark (only after kana) and repeat marks.
 */
export function foldText(raw: string): string {
  let text = raw;
  if (!/^[\x20-\x7E]*$/.test(text)) {
    // Stand-alone voicing marks would be given a space by NFKC; as combining marks they join the kana before them.
    if (/[\u309B\u309C\uFF9E\uFF9F]/.test(text)) {
      text = text.replace(/[\u309B\uFF9E] ?/gu, '\u3099').replace(/[\u309C\uFF9F]/gu, '\u309A');
    }
    text = mapped(text.normalize('NFKC'), CHARACTERS).replace(INVISIBLE, '');
    if (/[々〻ヽ]/u.test(text)) {
      const repeat = (_: string, first: string, marks: string) => first + first.repeat(marks.length);
      text = text
        .replace(/((?![々〻])\p{Script=Han})([々〻]+)/gu, repeat)
        .replace(/([ァ-ヺ])(ヽ+)/gu, repeat);
    }
    if (ANY_DASH.test(text))
      text = text.replace(DASH_AFTER_KANA, (run) => 'ー'.repeat(run.length)).replace(DASHES, '-');
  }
  return text.toLowerCase().replace(/\s+/gu, ' ').trim();
}

const KANA: ReadonlyMap<string, string> = new Map(
  'ァア ィイ ゥウ ェエ ォオ ッツ ャヤ ュユ ョヨ ヮワ ヷバ ヸビ ヹベ ヺボ ヰイ ヱエ ヶケ ヵケ'
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)]),
);
const VU: Record<string, string> = { ア: 'バ', イ: 'ビ', エ: 'ベ', オ: 'ボ' };

/** Small kana as large ones, the ヴ row as the バ row, kana out of use, and ヶ/ケ/が between kanji as ケ. */
export function foldKana(text: string): string {
  if (!/[ァ-ヺ]/u.test(text)) return text;
  let folded = mapped(text, KANA);
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
