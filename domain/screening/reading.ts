import { bareLetters, characters, foldText, hasKanji, hasLatin } from './text.ts';

/**
 * One reading, folded for each use. `kana`: between two texts in kana, long vowels in one spelling; `plain`: the kana
 * themselves. `latin`: where one side is in Latin
 * letters; Hepburn, Kunrei and passport spellings meet, and long vowels are lost, as most spellings lose them.
 */
export interface Reading {
  kana: string | null;
  plain: string | null;
  latin: string;
}

const ROWS: Record<string, string> = {
  '': 'アイウエオ',
  k: 'カキクケコ',
  g: 'ガギグゲゴ',
  s: 'サシスセソ',
  z: 'ザジズゼゾ',
  t: 'タチツテト',
  d: 'ダヂヅデド',
  n: 'ナニヌネノ',
  h: 'ハヒフヘホ',
  b: 'バビブベボ',
  p: 'パピプペポ',
  m: 'マミムメモ',
  r: 'ラリルレロ',
  y: 'ヤ ユ ヨ',
  w: 'ワ   ヲ',
};

function moraTable(): ReadonlyMap<string, string> {
  const table = new Map<string, string>([
    ['ン', 'n'],
    ['ー', '-'],
  ]);
  for (const [consonant, row] of Object.entries(ROWS)) {
    characters(row).forEach((kana, i) => {
      if (kana !== ' ') table.set(kana, consonant + 'aiueo'.charAt(i));
    });
  }
  return table.set('ヂ', 'zi').set('ヅ', 'zu').set('ヲ', 'o');
}

const MORA = moraTable();

/** The vowel that a kana ends in, '' for ン and the long mark. */
export function vowelOf(kana: string): string {
  const latin = MORA.get(kana) ?? '';
  return /[aiueo]$/.test(latin) ? latin.slice(-1) : '';
}

const LONG: Record<string, string> = { a: 'アー', i: 'イー', u: 'ウー', e: 'エイー', o: 'オウー' };

/** Kana with ヂヅヲ folded and every long vowel as ー, however it is spelt. Input: kana with small kana folded. */
function kanaKey(kana: string): string {
  let key = '';
  let vowel = '';
  for (const raw of kana) {
    const letter = raw === 'ヂ' ? 'ジ' : raw === 'ヅ' ? 'ズ' : raw === 'ヲ' ? 'オ' : raw;
    const long = vowel !== '' && (LONG[vowel]?.includes(letter) ?? false);
    key += long ? 'ー' : letter;
    vowel = long ? '' : vowelOf(letter);
  }
  return key;
}

/** Long vowels shortened, as most spellings in Latin letters lose them. */
export function collapseLong(latin: string): string {
  if (!/-|([aiueo])\1|ou|niy/.test(latin)) return latin;
  return latin
    .replace(/([aiueo])-+/g, '$1')
    .replace(/o[ou]+/g, 'o')
    .replace(/([aiue])\1+/g, '$1')
    .replace(/niy(?=[aiueo])/g, 'ny')
    .replace(/-/g, '');
}

/** Kana (small kana folded) one by one in Latin letters; other characters unchanged. */
export function kanaToLatin(kana: string): string {
  let latin = '';
  for (const letter of kana) latin += MORA.get(letter) ?? letter;
  return latin;
}

/** Romaji of any common spelling in the spelling that kanaToLatin writes; null when the letters are not Japanese. */
function romajiToLatin(word: string): string | null {
  const plain = word
    .normalize('NFD')
    .replace(/[\u0302\u0304]/gu, '-')
    .replace(/[^a-z\d-]/g, '')
    .replace(/l/g, 'r')
    .replace(/v/g, 'b')
    .replace(/c(?=[auo])/g, 'k')
    .replace(/tch/g, 'cch')
    .replace(/(?<=[aiueo])h(?=$|[^aiueoy-])/g, '')
    .replace(/m(?=[bpm])/g, 'n')
    .replace(/(k|s|t|h|b|p|g|d|z|r|c|j)(?=\1)/g, 'tu')
    .replace(/tsu/g, 'tu')
    .replace(/dzu|du/g, 'zu')
    .replace(/sh(?=[aueo])/g, 'siy')
    .replace(/shi/g, 'si')
    .replace(/ch(?=[aueo])/g, 'tiy')
    .replace(/chi/g, 'ti')
    .replace(/jy?(?=[aueo])/g, 'ziy')
    .replace(/ji|di/g, 'zi')
    .replace(/(siy|tiy|ziy)e/g, (match) => `${match.slice(0, 2)}e`)
    .replace(/fu/g, 'hu')
    .replace(/f(?=[aieo])/g, 'hu')
    .replace(/wo/g, 'o')
    .replace(/([kgsztdnhbpmr])y(?=[aueo])/g, '$1iy');
  return /^(?:(?:[kgsztdnhbpmr]?[aiueo]|y[auo]|wa)-*|n(?![aiueo])|\d)+$/.test(plain) ? plain : null;
}

const ROMAN = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix'];

/**
 * The reading of a text in kana or Latin letters; null with kanji, with letters that are not romaji, or with nothing
 * left. Works on the words in order, without spaces.
 */
export function readingOf(text: string): Reading | null {
  const folded = foldText(text);
  if (hasKanji(folded)) return null;
  if (!hasLatin(folded)) {
    const bare = bareLetters(folded);
    if (bare === '' || /[^ァ-ヺー\d]/u.test(bare) || /^\d*$/.test(bare)) return null;
    const kana = kanaKey(bare);
    return { kana, plain: bare, latin: collapseLong(kanaToLatin(bare)) };
  }
  const latin = folded
    .replace(/(?<![a-z])(?:i{2,3}|iv|vi{1,3}|ix)(?![a-z])/g, (roman) => String(ROMAN.indexOf(roman)))
    .replace(/&/g, ' ando ')
    .replace(/(?<![a-z])and(?![a-z])/g, 'ando')
    .replace(/(?<=[a-z])['’-](?=[a-z])/g, '')
    .replace(/[ァ-ヺー]+/gu, (kana) => kanaToLatin(bareLetters(kana)))
    .split(/[^\p{L}\p{M}\p{N}-]+/u)
    .filter((word) => word !== '' && word !== '-')
    .map(romajiToLatin);
  if (latin.length === 0 || latin.includes(null)) return null;
  return { kana: null, plain: null, latin: collapseLong(latin.join('')) };
}

/** Whether two readings agree: by kana when both are in kana, else by Latin letters. */
export function readingsAgree(a: Reading, b: Reading): boolean {
  return a.kana !== null && b.kana !== null ? a.kana === b.kana : a.latin === b.latin;
}
