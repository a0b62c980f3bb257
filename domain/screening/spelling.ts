import { singleEdit } from './edits.ts';
import type { PersonName } from './person-name.ts';
import { vowelOf } from './reading.ts';
import { characters } from './text.ts';

/**
 * Foreign names, which everyone spells a little otherwise: in katakana (マイケル, マイクル) and in Latin letters (Dmitri, Dmitry).
 * Parts are folded names without kanji.
 */

const isKana = (text: string): boolean => /^[ァ-ヺー]+$/u.test(text);
const isLatin = (text: string): boolean => /^[a-z]+$/.test(text);

/** Latin letters that stand for one sound, as transliterations mix them up; doubled letters once. */
function latinSpelling(word: string): string {
  return word
    .replace(/x/g, 'ks')
    .replace(/ph/g, 'f')
    .replace(/sch|tsch|tch/g, 'sh')
    .replace(/(?<=[a-z])h(?=[^aeiouy]|$)/g, '')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/ck|c(?!h)|q/g, 'k')
    .replace(/w/g, 'v')
    .replace(/(?:ff|v)$/g, 'f')
    .replace(/[ei]y|ie|ee|y|j/g, 'i')
    .replace(/ou|oo/g, 'u')
    .replace(/([a-z])\1+/g, '$1');
}

/** Katakana without what transliterations add and drop: long marks and small ッ; ヴ is ブ already. */
function kanaSpelling(word: string): string {
  return word.replace(/ー|(?<=[ァ-ヺ])ツ(?=[カ-ヺ])/gu, '');
}

function spellingOf(part: string): string {
  return isKana(part) ? kanaSpelling(part) : latinSpelling(part);
}

/** One key for all spellings that differ only in the ways above; for finding and for comparing. */
export function spellingKey(parts: readonly string[]): string {
  return parts.map(spellingOf).sort().join(' ');
}

const VOWELS = /[aeiouy]/;
const NEAR_CONSONANTS = ['bp', 'dt', 'gkcq', 'szc', 'vwfb', 'jyg', 'mn', 'lr'];

/** Whether two letters are taken for one another in transliterations. */
function nearLetters(a: string, b: string): boolean {
  if (isKana(a) && isKana(b)) {
    const [rowA, rowB] = [rowOf(a), rowOf(b)];
    return rowA === rowB || vowelOf(a) === vowelOf(b);
  }
  if (VOWELS.test(a) || VOWELS.test(b)) return VOWELS.test(a) && VOWELS.test(b);
  return NEAR_CONSONANTS.some((group) => group.includes(a) && group.includes(b));
}

const ROWS = [
  'アイウエオ',
  'カキクケコガギグゲゴ',
  'サシスセソザジズゼゾ',
  'タチツテトダヂヅデド',
  'ナニヌネノン',
  'ハヒフヘホバビブベボパピプペポ',
  'マミムメモ',
  'ヤユヨ',
  'ラリルレロ',
  'ワヲ',
];
const rowOf = (kana: string): number => ROWS.findIndex((row) => row.includes(kana));

/** One kana or letter apart, where that is a matter of spelling; short words differ by it. */
function oneSpellingApart(a: string, b: string): boolean {
  const length = Math.max(characters(a).length, characters(b).length);
  const edit = singleEdit(a, b);
  if (edit === null || length < 3) return false;
  switch (edit.kind) {
    case 'added':
      return length >= (isKana(a) ? 4 : 5) || VOWELS.test(edit.character) || 'hー'.includes(edit.character);
    case 'swapped':
      return length >= 5;
    case 'substituted':
      return nearLetters(edit.from, edit.to) || length >= 8;
  }
}

function sameScript(a: PersonName, b: PersonName): boolean {
  return [...a.parts, ...b.parts].every(isKana) || [...a.parts, ...b.parts].every(isLatin);
}

/** Marks of a name from elsewhere: Latin letters, a dot or double hyphen, long marks and sounds that Japanese names lack. */
function looksForeign({ original, parts }: PersonName): boolean {
  return parts.some(isLatin) || /[・･=＝゠]|ー|[ァィゥェォヴ]|[テデ][ィュ]|ﾃｨ|ﾃﾞｨ/u.test(original);
}

/** Whether two foreign names are one spelling apart: all parts but one equal, whatever their order (policy P3). */
export function spelledAlike(a: PersonName, b: PersonName): boolean {
  if (a.hasKanji || b.hasKanji || a.parts.length < 2 || a.parts.length !== b.parts.length) return false;
  if (!sameScript(a, b) || !(looksForeign(a) && looksForeign(b))) return false;
  if (spellingKey(a.parts) === spellingKey(b.parts)) return true;
  const left = [...a.parts];
  const right = [...b.parts];
  for (const part of a.parts) {
    const at = right.indexOf(part);
    if (at < 0) continue;
    right.splice(at, 1);
    left.splice(left.indexOf(part), 1);
  }
  const [x, y] = [left[0], right[0]];
  return (
    left.length === 1 && x !== undefined && y !== undefined && oneSpellingApart(spellingOf(x), spellingOf(y))
  );
}
