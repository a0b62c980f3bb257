import { BIRTH_DATE, DATE_END, dateText, OTHER_DATE } from './officer-dates.ts';
import { isTitle, withoutBullet } from './person-name.ts';
import { characters, foldText, hasKanji } from './text.ts';

/** A person named in a company's application. */
export interface NamedPerson {
  name: string;
  kana?: string;
  birthDate?: string;
}

/** Where one record of a person ends for sure. */
const RECORDS =
  /[\n\r]+|(?=[①-⑳])|(?<=[ 　])(?=[(（]?[\d０-９]{1,2}[.．)）][ 　]*\p{L})|[ 　]*(?:及び|並びに|および|ならびに)[ 　]*/u;
/** What parts the columns of a record, and people written one after the other. */
const COLUMNS = /[\t、，,;；|｜]+|(?<![\d０-９])[/／]|[/／](?![\d０-９])/u;
/** An address, a mail address, a phone number, 「他2名」. */
const NO_NAME =
  /^(?:北海道|東京都|(?:京都|大阪)府|.{2,3}県)|[市区町村].*[\d０-９]|@|^\P{L}+$|^(?:他|外|ほか)[\d０-９]/u;

function isKanaText(text: string): boolean {
  const folded = foldText(text);
  return folded !== '' && !hasKanji(folded) && /^[ァ-ヺー ・]+$/u.test(folded);
}

/** Words of one segment without titles as the people they can be: never words that a title parts. */
function peopleOf(words: readonly string[]): string[] {
  const [first = '', second = '', third = ''] = words;
  if (words.length <= 1) return [...words];
  if (words.length >= 3 && words.every((word) => characters(word).length === 1)) return [words.join('')];
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

/** What one column says: who it names, and the dates and readings that stand in it. */
interface Column {
  people: NamedPerson[];
  /** The people are one, told in one way or several. */
  single: boolean;
  dates: string[];
  readings: string[];
}

function readColumn(column: string): Column {
  const dates = (column.match(BIRTH_DATE) ?? []).map(dateText);
  const plain = withoutBullet(column.replace(BIRTH_DATE, ' '));
  const readings = [...plain.matchAll(/[(（]([^()（）]+)[)）]/gu)].flatMap(([, inner = '']) =>
    isKanaText(inner) ? [inner] : [],
  );
  const text = plain.replace(/[(（]([^()（）]*)[)）]/gu, (whole: string, inner: string) =>
    inner.trim() === '' || isKanaText(inner) || /^[\d０-９]+[歳才]?$/u.test(inner) || isTitle(foldText(inner))
      ? ' '
      : whole,
  );
  const groups: string[][] = [[]];
  for (const word of text.split(/[ 　:：]+/u)) {
    if (word === '') continue;
    if (isTitle(foldText(word))) groups.push([]);
    else if (!NO_NAME.test(word)) groups.at(-1)?.push(word.replace(/[\d０-９]{1,3}[歳才]?$/u, ''));
  }
  const named = groups.filter((group) => group.length > 0);
  return {
    people: named.flatMap(peopleOf).map((name) => ({ name })),
    single: named.length === 1,
    dates,
    readings,
  };
}

/** Whether a column is a reading of the name before it: kana, where that name has kanji and no reading yet. */
function isReadingOf({ people, single, dates }: Column, before: readonly NamedPerson[]): boolean {
  const [only] = people;
  const named = before.some(({ name, kana }) => hasKanji(foldText(name)) && kana === undefined);
  // Readings of Japanese names have no dots; names from elsewhere do.
  return (
    only !== undefined &&
    single &&
    dates.length === 0 &&
    named &&
    isKanaText(only.name) &&
    !/[・＝=]/u.test(only.name)
  );
}

/** The people of one record, column by column: a date or reading in a column of its own belongs to the name before it. */
function recordPeople(record: string): NamedPerson[] {
  const columns = record.replace(OTHER_DATE, ' ').replace(DATE_END, '$&\t').replace(/["“”]/gu, ' ');
  const found: NamedPerson[] = [];
  let last: NamedPerson[] = [];
  let waiting: string | undefined;
  for (const text of columns.split(COLUMNS).flatMap(splitDots)) {
    const column = readColumn(partAtTitles(text).trim());
    const { people, single, dates, readings } = column;
    if (isReadingOf(column, last)) {
      for (const person of last) person.kana = people.map(({ name }) => name).join(' ');
      continue;
    }
    if (people.length > 0) {
      last = single ? people : [];
      found.push(...people);
    }
    const date = dates.length === 1 ? dates[0] : undefined;
    if (people.length > 0 && waiting !== undefined) {
      // Dates stand before the names here.
      give(last, waiting);
      waiting = date;
    } else if (date !== undefined) {
      if (last.some(({ birthDate }) => birthDate === undefined)) give(last, date);
      else if (people.length === 0) waiting = date;
    }
    const [reading] = readings;
    if (readings.length === 1 && reading !== undefined && people.length === 1)
      for (const person of people) person.kana = reading;
  }
  return found;
}

function give(people: readonly NamedPerson[], birthDate: string): void {
  for (const person of people) person.birthDate ??= birthDate;
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
function splitDots(column: string): string[] {
  return column.split(/(?<=\p{Script=Han})[・･](?=[\p{Script=Han}\d０-９])(?![^(（]*[)）])/u);
}

/**
 * The people named in free text as it stands on a form (第4条4項③): lines, titles, bullets and separators part them, words of
 * two people are never joined (policy P6), and what stands in columns of its own (フリガナ, 役職, 生年月日, as the form's
 * example shows) belongs to the name before it.
 */
export function peopleInText(text: string): NamedPerson[] {
  return text.split(RECORDS).flatMap(recordPeople);
}
