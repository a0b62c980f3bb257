import { isTitle } from './person-name.ts';
import { characters, foldText, hasKanji } from './text.ts';

/** A person named in a company's application. */
export interface NamedPerson {
  name: string;
  kana?: string;
  birthDate?: string;
}

const BIRTH_DATE =
  /[(（]?(?:生年月日[ :：]*)?(?:(?:明治|大正|昭和|平成|[MTSH])[ ]?[\d元０-９一二三四五六七八九十]{1,3}|[\d０-９]{4})[-/.年／．－][ ]?[\d０-９一二三四五六七八九十]{1,3}[-/.月／．－][ ]?[\d０-９一二三四五六七八九十]{1,3}日?(?:生(?:まれ)?)?[)）]?/gu;
const SEPARATORS =
  /[\n\r\t、，,;；|｜①-⑳]+|(?<!\d)[/／](?!\d)|[ 　]+(?:及び|並びに|および|ならびに)[ 　]*|及び|並びに|および|ならびに/u;

function isKanaText(text: string): boolean {
  const folded = foldText(text);
  return folded !== '' && !hasKanji(folded) && /^[ァ-ヺー ・]+$/u.test(folded);
}

/** Words of one segment without titles as the people they can be: never words that a title parts. */
function peopleOf(words: readonly string[]): string[] {
  const [first = '', second = '', third = ''] = words;
  if (words.length <= 1) return [...words];
  if (words.length === 2)
    return [`${first} ${second}`, first, second].filter((name, i) => i === 0 || characters(name).length >= 3);
  if (words.length === 3) {
    const people: string[] = [];
    if (characters(third).length >= 3) people.push(`${first} ${second}`, third);
    if (characters(first).length >= 3) people.push(first, `${second} ${third}`);
    if (people.length === 0) people.push(words.join(' '));
    return [...new Set([...people, ...words.filter((word) => characters(word).length >= 4)])];
  }
  const allFull = words.every((word) => characters(word).length >= 3);
  const pairs: string[] = [];
  for (let i = 0; i + 1 < words.length; i += 2) pairs.push(`${words[i]} ${words[i + 1]}`);
  return allFull || words.length % 2 === 1
    ? [...new Set([...words.filter((word) => characters(word).length >= 3), ...(allFull ? [] : pairs)])]
    : pairs;
}

function segmentPeople(segment: string): NamedPerson[] {
  const dates = segment.match(BIRTH_DATE) ?? [];
  const plain = segment.replace(BIRTH_DATE, ' ');
  const kana = [...plain.matchAll(/[(（]([^()（）]+)[)）]/gu)].flatMap(([, inner = '']) =>
    isKanaText(inner) ? [inner] : [],
  );
  const text = plain.replace(/[(（]([^()（）]+)[)）]/gu, (whole: string, inner: string) =>
    isKanaText(inner) || /^[\d０-９]+[歳才]?$/u.test(inner) || isTitle(foldText(inner)) ? ' ' : whole,
  );
  const groups: string[][] = [[]];
  for (const word of text.split(/[ 　:：]+/u)) {
    if (word === '') continue;
    if (isTitle(foldText(word))) groups.push([]);
    else groups.at(-1)?.push(word);
  }
  const people = groups.filter((group) => group.length > 0).flatMap(peopleOf);
  const [birthDate] = dates;
  const only = dates.length === 1 && groups.filter((group) => group.length > 0).length === 1;
  const [reading] = kana;
  return people.map((name) => ({
    name,
    ...(only && birthDate !== undefined
      ? { birthDate: birthDate.replace(/[()（）]|生年月日[ :：]*|生(?:まれ)?/gu, '') }
      : {}),
    ...(kana.length === 1 && reading !== undefined && people.length === 1 ? { kana: reading } : {}),
  }));
}

const TITLE_INSIDE =
  /(?<=\p{Script=Han})(代表取締役|専務取締役|常務取締役|社外取締役|取締役|常勤監査役|社外監査役|監査役|執行役員|代表理事|代表社員|業務執行社員)/gu;
const TITLE_PREFIX = /(?:代表|専務|常務|社外|常勤|上席|独立|業務|執行)$/u;

/** Titles in a text without spaces part the people: 代表取締役甲野太郎取締役乙野花子. */
function partAtTitles(segment: string): string {
  return segment.replace(TITLE_INSIDE, (title: string, _: string, at: number) =>
    TITLE_PREFIX.test(segment.slice(0, at)) ? title : ` ${title}`,
  );
}

/** Two kanji names joined by a middle dot are two people; in katakana the dot parts the words of one name. */
function splitDots(segment: string): string[] {
  return segment.split(/(?<=\p{Script=Han})[・･](?=\p{Script=Han})/u);
}

/**
 * The people named in free text as it stands on a form (第4条4項③): titles, bullets and separators part them, and words
 * of two people are never joined (policy P6).
 */
export function peopleInText(text: string): NamedPerson[] {
  return text
    .split(SEPARATORS)
    .flatMap(splitDots)
    .map((segment) => partAtTitles(segment).trim())
    .filter((segment) => segment !== '')
    .flatMap(segmentPeople);
}
