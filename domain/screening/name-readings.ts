import names from './ipadic/names.json' with { type: 'json' };
import { couldBeReadInKana } from './kanji-readings.ts';
import { readingOf } from './reading.ts';
import { characters, hasKanji } from './text.ts';

/**
 * How surnames and given names in kanji are read, by the names of IPADIC (ipadic/COPYING; written by dev/name-readings.ts).
 * Only good for "sounds alike, so a reviewer looks" (policy P3): a dictionary never makes two names equal.
 */
export type NamePart = 'surnames' | 'given';

/** The readings of one name in kana with one spelling of long vowels; the rare ones are known, but nobody is taken for them. */
interface KnownReadings {
  usual: ReadonlySet<string>;
  rare: ReadonlySet<string>;
}

interface Dictionary {
  byName: ReadonlyMap<string, KnownReadings>;
  byReading: ReadonlyMap<string, readonly string[]>;
}

function unpacked(text: string): Dictionary {
  const byName = new Map<string, { usual: Set<string>; rare: Set<string> }>();
  const byReading = new Map<string, string[]>();
  for (const group of text.split(',')) {
    const [reading = '', list = ''] = group.split(':');
    const usual: string[] = [];
    for (const marked of list.split(' ')) {
      const name = marked.replace(/^-/, '');
      const known = byName.get(name) ?? { usual: new Set(), rare: new Set() };
      byName.set(name, known);
      if (name === marked) {
        known.usual.add(reading);
        usual.push(name);
      } else known.rare.add(reading);
    }
    byReading.set(reading, usual);
  }
  return { byName, byReading };
}

const loaded = new Map<NamePart, Dictionary>();

/** Unpacked at the first use: most processes never compare names. */
function dictionary(part: NamePart): Dictionary {
  const found = loaded.get(part) ?? unpacked(names[part]);
  loaded.set(part, found);
  return found;
}

const NOTHING: KnownReadings = { usual: new Set(), rare: new Set() };

function readingsOf(part: NamePart, name: string): KnownReadings {
  if (hasKanji(name)) return dictionary(part).byName.get(name) ?? NOTHING;
  const kana = readingOf(name)?.kana ?? null;
  return kana === null ? NOTHING : { usual: new Set([kana]), rare: NOTHING.rare };
}

/** The names of the dictionary that sound like this one, itself not among them. */
export function spelledOtherwise(part: NamePart, name: string): string[] {
  const { byReading } = dictionary(part);
  const found = [...readingsOf(part, name).usual].flatMap((reading) => byReading.get(reading) ?? []);
  return [...new Set(found)].filter((other) => other !== name);
}

/** How a name is usually read, in the Latin letters of reading.ts. */
export function usualReadings(part: NamePart, name: string): string[] {
  return [...new Set([...readingsOf(part, name).usual].map(latinOf))];
}

/** The usual readings of a first name that could be readings of the second which no dictionary has. */
function couldSound(first: KnownReadings, second: string, known: KnownReadings): string[] {
  return [...first.usual].filter((kana) => !known.rare.has(kana) && couldBeReadInKana(second, kana));
}

const latinOf = (kana: string): string => readingOf(kana)?.latin ?? '';

function oneCharacterApart(a: string, b: string): boolean {
  const [left, right] = [characters(a), characters(b)];
  return left.length === right.length && left.filter((character, i) => character !== right[i]).length === 1;
}

/** The readings that two different names can share, in kana; empty when they do not sound alike. Folded names. */
export function sharedReadings(part: NamePart, a: string, b: string): string[] {
  const [readingsA, readingsB] = [readingsOf(part, a), readingsOf(part, b)];
  const shared = [...readingsA.usual].filter((kana) => readingsB.usual.has(kana));
  if (shared.length > 0 || !hasKanji(a) || !hasKanji(b) || !oneCharacterApart(a, b)) return shared;
  return [...couldSound(readingsA, b, readingsB), ...couldSound(readingsB, a, readingsA)];
}
