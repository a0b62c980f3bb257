import { wideKey } from './look-alikes.ts';
import { takeNotes } from './person-notes.ts';
import { type Reading, readingOf } from './reading.ts';
import { bareLetters, foldText, hasKanji } from './text.ts';

/** One reading of a person's name as entered: some words may be titles, so that one entry can be read in several ways. */
export interface PersonName {
  original: string;
  /** The words of the name, folded: surname and given name where they are separated. */
  parts: readonly string[];
  /** The words joined. */
  core: string;
  wide: string;
  hasKanji: boolean;
  reading: Reading | null;
  /** The reading with the words in reverse order; null for one word. */
  reversed: Reading | null;
}

const TITLES = [
  '代表取締役会長兼社長|代表取締役社長執行役員|代表取締役会長|代表取締役副会長|代表取締役社長|代表取締役副社長|代表取締役専務|代表取締役常務|代表取締役|代表執行役社長|代表執行役|代表社員|代表理事',
  '代表者名?|代表清算人|代表|取締役会長|取締役副会長|取締役社長|取締役副社長|取締役相談役|専務取締役|常務取締役|専務執行役員|常務執行役員|上席執行役員|執行役員社長|執行役員|執行役',
  '社外取締役|独立社外取締役|取締役監査等委員|取締役\\(監査等委員\\)|取締役\\(社外\\)|取締役名?|常勤監査役|社外監査役|監査役|監査等委員|会計参与|会計監査人|業務執行社員|職務執行者|無限責任社員|有限責任社員|社員',
  '理事長|副理事長|専務理事|常務理事|常任理事|理事|監事|評議員|院長|副院長|園長|校長|学長|学院長|教授|准教授|講師|医師|弁護士|税理士|司法書士|行政書士|公認会計士|宮司|住職',
  '会長|副会長|社長|副社長|専務|常務|本部長|事業部長|副部長|部長|次長|課長|係長|主任|室長|所長|支店長|支社長|営業所長|工場長|店長|マネージヤー|マネージャー|担当者|担当|申込者|契約者|氏名|名前|役員名?|組長|組員|若頭補佐|若頭|総長|幹部|相談役|顧問|最高顧問|創業者|オーナー|支配人|局長|総裁|頭取|清算人|発起人|株主|後見人|会社役員|会社員|自営業|無職|自称[^ ]{0,6}|職業不詳|住所不定|暴力団員|暴力団組員|暴力団幹部',
  '被疑者|容疑者|被告人?|受刑者|故人?|亡|通称名?|別名|本名|旧姓|旧氏名?|通名|芸名|ceo|coo|cfo|cto|president|director|chairman|mr\\.?|mrs\\.?|ms\\.?|miss|dr\\.?|prof\\.?',
]
  .join('|')
  .split(/(?<!\\)\|/u);

const SEPARATED_SUFFIX =
  /[ ]+(?:様|殿|氏|先生|サン|クン|チヤン|チャン|君|女史|嬢|翁|氏名|御中|ジユニア|ジュニア|jr\.?|sr\.?|ceo|md|phd)$/u;
const SUFFIX =
  /(?:様|殿|氏|先生|サン|クン|君|女史|嬢|故人|(?:元|前)?(?:容疑者|被告人?|被疑者|受刑者|死刑囚|組長|組員|総長|会長|社長|代表|専務|常務|部長|課長|議員|市長|町長|知事|教授|弁護士|理事長|理事|監査役|取締役|相談役|顧問|氏))$/u;
const AGE = /[ ]*(?:[((][ ]*(?:当時)?[ ]*\d{1,3}[ ]*(?:歳|才)?[ ]*[))]|[ ]\d{1,3}[ ]*(?:歳|才))/gu;
const BULLET = /^(?:[(]?\d{1,2}[).:、]|[①-⑳・●○◆■□*-])[ ]*/u;
const TITLE = new RegExp(`^(?:元|前|現)?(?:${TITLES.join('|')})(?:兼(?:${TITLES.join('|')}))*`, 'u');
const EACH_TITLE = TITLES.map((title) => new RegExp(`^(?:元|前)?${title}(?![a-z])[ ::;/・,]*`, 'u'));
/** A title that ends a word in front of the name, whatever stands before it: 白磯会会長 風早龍. */
const TITLE_ENDS_WORD = new RegExp(`(?:${TITLES.join('|')})$`, 'u');
/** The last characters of titles: most names have none. */
const MAY_HAVE_TITLE = new RegExp(
  `[${[...new Set(TITLES.map((title) => title.replace(/[?).\\]+$/u, '').slice(-1)))].join('')}]`,
  'u',
);
/** Without a space only titles that no name has inside it count. */
const TITLE_INSIDE =
  /^[^ ]{2,}(?:代表取締役(?:社長|会長)?|取締役(?:社長|会長)?|監査役|理事長|会長|社長|組長|総長|総裁|若頭|相談役|専務|常務)(?=.{3,}$)/u;
const TITLE_WITH_SPACE = new RegExp(`${TITLE.source}(?:[ ::;/・,]+|$)`, 'u');

function bare(text: string): string {
  return bareLetters(text);
}

/** The text without the bullet or number in front of it; works on raw text too. */
export function withoutBullet(text: string): string {
  return text.replace(/^[ 　]*(?:[(（]?[\d０-９]{1,2}[)）.．:：][ 　]*|[①-⑳・●○◆■□*＊‐-][ 　]*)/u, '');
}

/** Whether a word is nothing but titles (代表取締役, 取締役兼…). Works on folded text. */
export function isTitle(word: string): boolean {
  return word !== '' && word.replace(TITLE, '').replace(TITLE, '') === '';
}

/** The ways to read a text with titles before and honorifics after a name, the text as it is among them. */
function withoutTitles(text: string): string[] {
  const found = new Set([text]);
  for (const candidate of found) {
    const spaced = candidate.replace(TITLE_WITH_SPACE, '');
    if (spaced !== candidate && bare(spaced).length >= 2) found.add(spaced.trim());
    else if (TITLE.test(candidate)) {
      for (const title of EACH_TITLE) {
        const rest = candidate.replace(title, '').trim();
        if (rest !== candidate && bare(rest).length >= 2) found.add(rest);
      }
    }
    for (const rest of behindOrganisation(candidate)) found.add(rest);
    for (const suffix of [SEPARATED_SUFFIX, SUFFIX]) {
      const rest = candidate.replace(suffix, '').trim();
      // A surname alone is no name: then the honorific character is the given name (佐伯 君).
      const enough = rest.includes(' ') || bare(rest).length >= 3;
      if (rest !== candidate && enough) found.add(rest);
      else if (rest !== candidate && bare(rest).length === 2 && !candidate.includes(' ')) found.add(rest);
    }
    if (found.size > 24) break;
  }
  return [...found];
}

/** The name behind an organisation and a title in it (株式会社潮路 代表取締役 湊川健). */
function behindOrganisation(text: string): string[] {
  if (!MAY_HAVE_TITLE.test(text)) return [];
  const words = text.split(' ');
  const last = words.findLastIndex((word, i) => i + 1 < words.length && TITLE_ENDS_WORD.test(word));
  const rest = words.slice(last + 1).join(' ');
  if (last >= 0 && bare(rest).length >= 2) return [rest];
  const inside = text.replace(TITLE_INSIDE, '');
  return inside === text ? [] : [inside];
}

function split(text: string): string[] {
  const words = /[a-z]/u.test(text) ? text.replace(/(?<=[a-z])[-'’](?=[a-z])/gu, '') : text;
  return words
    .split(/[ ・=＝゠,、.·•/]+/u)
    .map(bare)
    .filter((part) => part !== '');
}

function normalOf(original: string, text: string): PersonName {
  const parts = split(text);
  const core = parts.join('');
  const kanji = hasKanji(core);
  const words = text.split(/[ ・=＝゠,、.·•/]+/u);
  return {
    original,
    parts,
    core,
    wide: wideKey(core),
    hasKanji: kanji,
    reading: kanji ? null : readingOf(words.join(' ')),
    reversed: kanji || words.length < 2 ? null : readingOf(words.toReversed().join(' ')),
  };
}

/** The normal forms of a person's name as entered: without titles, honorifics and ages, with the other names it gives. */
export function personNames(original: string): PersonName[] {
  const folded = foldText(original).replace(AGE, ' ').replace(BULLET, '').trim();
  if (folded === '') return [];
  const { rest, others } = takeNotes(folded);
  const texts = new Set([rest, ...others].filter((text) => bare(text) !== '').flatMap(withoutTitles));
  return [...texts].map((text) => normalOf(original, text));
}

/** The readings of a フリガナ in both orders of its words. */
export function personReadings(kana: string): Reading[] {
  const words = split(foldText(kana));
  const orders = words.length < 2 ? [words] : [words, words.toReversed()];
  return orders.map((order) => readingOf(order.join(' '))).filter((reading) => reading !== null);
}
