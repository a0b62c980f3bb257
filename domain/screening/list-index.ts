import type { WrittenDate } from '../calendar/written-date.ts';
import { addressKey } from '../corporation/address.ts';
import { couldBeRead, firstSounds } from './kanji-readings.ts';
import { wideKey } from './look-alikes.ts';
import type { PersonName } from './person-name.ts';
import { partKeys, soundingLike } from './person-sound.ts';
import { type Prepared, prepareEntry } from './prepare.ts';
import { spellingKey } from './spelling.ts';
import { characters } from './text.ts';
import type { ListEntry } from './types.ts';

/** Entries by key; most keys have one entry, which then stands for itself. */
type Postings<Key> = ReadonlyMap<Key, number | number[]>;

/** A list ready to be searched: entries with their normal forms, exact keys, and bigrams of company names. */
export interface ScreeningIndex {
  readonly entries: readonly ListEntry[];
  readonly prepared: readonly Prepared[];
  readonly keys: Postings<string>;
  readonly bigrams: Postings<string>;
  /** Names of people with a gap. */
  readonly gaps: Postings<number>;
  /** Bigrams of the shortest company name of each entry. */
  readonly shortest: Uint16Array;
}

/** Candidates by bigrams that are compared for one name: the best ones by shared rarity. */
const MOST_CANDIDATES = 80;
/** Share of the rarity of the shorter name's bigrams that a candidate must have in common. */
const SHARED_SHARE = 0.4;

/** Neighbouring pairs of characters, with marks for the start and the end. */
export function bigramsOf(text: string): string[] {
  const marked = ['^', ...characters(text), '$'];
  return marked.slice(1).map((character, i) => (marked[i] ?? '') + character);
}

function add<Key>(map: Map<Key, number | number[]>, key: Key, entry: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, entry);
  else if (typeof known === 'number') {
    if (known !== entry) map.set(key, [known, entry]);
  } else if (known.at(-1) !== entry) known.push(entry);
}

function entriesOf<Key>(map: Postings<Key>, key: Key): readonly number[] {
  const found = map.get(key) ?? [];
  return typeof found === 'number' ? [found] : found;
}

function identifierKeys({ identifiers }: Prepared): string[] {
  const { corporateNumber, phone, address } = identifiers;
  return [
    ...(corporateNumber === null ? [] : [`n${corporateNumber}`]),
    ...(phone === null ? [] : [`t${phone}`]),
    ...(address === null ? [] : [`a${addressKey(address)}`]),
  ];
}

function companyKeys(company: Prepared): string[] {
  return [
    ...company.companies.flatMap(({ name, readings }) => [
      `c${name.wide}`,
      ...[name.reading, ...readings].flatMap((reading) => (reading === null ? [] : [`r${reading.latin}`])),
    ]),
    ...identifierKeys(company),
  ];
}

const birthKey = (date: WrittenDate | null): string[] =>
  date?.month == null || date.day === null ? [] : [`b${date.year}-${date.month}-${date.day}`];

/** A name from elsewhere by its spelling and its words. */
function spellingKeys({ parts, hasKanji }: PersonName): string[] {
  return hasKanji || parts.length < 2 ? [] : [`g${spellingKey(parts)}`, ...parts.map((part) => `f${part}`)];
}

const LONGEST_WITH_GAPS = 8;

/**
 * A name in kanji without one of its characters, for each of them: finds names with another character in its place. Numbers
 * made of the characters take less room than texts; two names of one number are only compared for nothing.
 */
function gapKeys({ people }: Prepared): number[] {
  const keys: number[] = [];
  for (const { name } of people.flatMap(({ names }) => names)) {
    if (!name.hasKanji || name.core.length > LONGEST_WITH_GAPS) continue;
    for (let gap = 0; gap < name.core.length; gap += 1) {
      let key = gap;
      for (let i = 0; i < name.core.length; i += 1) {
        if (i !== gap) key = (Math.imul(key, 31) + name.core.charCodeAt(i)) & 0x3fffffff;
      }
      keys.push(key);
    }
  }
  return keys;
}

function personKeys({ people }: Prepared): string[] {
  return people.flatMap(({ names }) => [
    ...names.map(({ name }) => `p${name.wide}`),
    ...names.flatMap(({ name }) => spellingKeys(name)),
    ...names.flatMap(({ name }) => partKeys(name, true).map((key) => `m${key}`)),
    // A フリガナ is read in both orders of its words: the entry keeps the first, the query asks for both.
    ...names.flatMap(({ name, readings }) =>
      [name.reading, readings[0]].flatMap((reading) => (reading == null ? [] : [`q${reading.latin}`])),
    ),
    ...names.flatMap(({ birthDate }) => birthKey(birthDate)),
  ]);
}

/** More keys of a query: its words and its reading in other orders, and names that sound like one of its parts. */
function otherOrderKeys({ people }: Prepared): string[] {
  return people.flatMap(({ names }) =>
    names.flatMap(({ name, readings }) => [
      ...soundingLike(name).map((core) => `p${wideKey(core)}`),
      ...partKeys(name, false).map((key) => `m${key}`),
      ...orders(name.parts).map((parts) => `p${wideKey(parts.join(''))}`),
      ...[name.reversed, ...readings].flatMap((reading) => (reading === null ? [] : [`q${reading.latin}`])),
    ]),
  );
}

/** The orders that two or three words can be written in. */
function orders(parts: readonly string[]): string[][] {
  const [a = '', b = '', c = ''] = parts;
  if (parts.length === 2) return [[b, a]];
  if (parts.length !== 3) return [];
  return [
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ];
}

/** Where a name in kanji without フリガナ is found by what its first character can sound like. */
function soundKeys({ companies, people }: Prepared): string[] {
  return [
    ...companies.flatMap(({ name, readings }) =>
      name.hasKanji && readings.length === 0 ? firstSounds(name.core).map((sound) => `u${sound}`) : [],
    ),
    ...people.flatMap(({ names }) =>
      names.flatMap(({ name, readings }) =>
        name.hasKanji && readings.length === 0 ? firstSounds(name.core).map((sound) => `v${sound}`) : [],
      ),
    ),
  ];
}

/** The longest first piece that is looked for. */
const LONGEST_SOUND = 12;

/** Entries in kanji without フリガナ that could be read as a query without kanji. */
function unreadCandidates(index: ScreeningIndex, query: Prepared): number[] {
  const found: number[] = [];
  const look = (prefix: string, latin: string, coresOf: (entry: Prepared) => string[]): void => {
    const lengths = Array.from({ length: Math.min(LONGEST_SOUND, latin.length) }, (_, i) => i + 1);
    for (const sound of ['?', ...lengths.map((length) => latin.slice(0, length))]) {
      for (const i of entriesOf(index.keys, prefix + sound)) {
        const entry = index.prepared[i];
        if (entry !== undefined && coresOf(entry).some((core) => couldBeRead(core, latin))) found.push(i);
      }
    }
  };
  for (const { name } of query.companies) {
    if (name.reading !== null)
      look('u', name.reading.latin, (entry) => entry.companies.map((each) => each.name.core));
  }
  for (const { name } of query.people.flatMap(({ names }) => names)) {
    for (const reading of [name.reading, name.reversed]) {
      if (reading === null) continue;
      look('v', reading.latin, (entry) =>
        entry.people.flatMap(({ names }) => names.map((each) => each.name.core)),
      );
    }
  }
  return found;
}

/** Builds the index of a list. */
export function buildListIndex(source: Iterable<ListEntry>): ScreeningIndex {
  const entries = [...source];
  const keys = new Map<string, number | number[]>();
  const bigrams = new Map<string, number | number[]>();
  const gaps = new Map<number, number | number[]>();
  const prepared = entries.map(prepareEntry);
  const shortest = new Uint16Array(entries.length);
  prepared.forEach((entry, i) => {
    shortest[i] = Math.min(0xffff, ...entry.companies.map(({ name }) => name.wide.length + 1));
    for (const key of entry.kind === 'company' ? companyKeys(entry) : personKeys(entry)) add(keys, key, i);
    for (const key of soundKeys(entry)) add(keys, key, i);
    for (const key of gapKeys(entry)) add(gaps, key, i);
    for (const { name } of entry.companies)
      for (const bigram of bigramsOf(name.wide)) add(bigrams, bigram, i);
  });
  return { entries, prepared, keys, bigrams, gaps, shortest };
}

function bigramCandidates(index: ScreeningIndex, wide: string): number[] {
  const total = index.entries.length;
  const weights = new Float32Array(total);
  const touched: number[] = [];
  let all = 0;
  const wanted = new Set(bigramsOf(wide));
  for (const bigram of wanted) {
    const found = entriesOf(index.bigrams, bigram);
    const weight = Math.log1p(total / (found.length + 1));
    all += weight;
    for (const entry of found) {
      const known = weights[entry] ?? 0;
      if (known === 0) touched.push(entry);
      weights[entry] = known + weight;
    }
  }
  const average = all / wanted.size;
  const scored: [entry: number, share: number][] = [];
  for (const entry of touched) {
    const share = (weights[entry] ?? 0) / Math.min(all, average * (index.shortest[entry] ?? 0));
    if (share >= SHARED_SHARE) scored.push([entry, share]);
  }
  return scored
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_CANDIDATES)
    .map(([entry]) => entry);
}

/** The entries that a query has to be compared with, each once. */
export function candidates(index: ScreeningIndex, query: Prepared): number[] {
  const found = new Set<number>();
  const keys = [
    ...(query.kind === 'company' ? companyKeys(query) : []),
    ...personKeys(query),
    ...otherOrderKeys(query),
  ];
  for (const key of keys) for (const entry of entriesOf(index.keys, key)) found.add(entry);
  for (const key of gapKeys(query)) for (const entry of entriesOf(index.gaps, key)) found.add(entry);
  for (const { name } of query.companies)
    for (const entry of bigramCandidates(index, name.wide)) found.add(entry);
  for (const entry of unreadCandidates(index, query)) found.add(entry);
  return [...found];
}
