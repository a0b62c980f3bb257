import type { WrittenDate } from '../calendar/written-date.ts';
import type { Verdict } from './company-rules.ts';
import { compareBirthDates } from './dates.ts';
import { differingPairs } from './edits.ts';
import { couldBeRead } from './kanji-readings.ts';
import { lookAlike, sameFamily, skeleton } from './look-alikes.ts';
import type { PersonName } from './person-name.ts';
import { soundAlike } from './person-sound.ts';
import { type Reading, readingsAgree } from './reading.ts';
import { spelledAlike } from './spelling.ts';

/** One way to read a person's name, with the readings and the date of birth known for the person. */
export interface ReadPerson {
  name: PersonName;
  readings: readonly Reading[];
  birthDate: WrittenDate | null;
}

const ownReadings = ({ reading, reversed }: PersonName): Reading[] =>
  [reading, reversed].filter((each): each is Reading => each !== null);

const sorted = (parts: readonly string[]): string => [...parts].sort().join(' ');

function equalNames(a: PersonName, b: PersonName): boolean {
  if (a.core === b.core) return true;
  return a.parts.length >= 2 && a.parts.length === b.parts.length && sorted(a.parts) === sorted(b.parts);
}

/** Whether the surname or the given name is the same, as far as the names are parted. */
function partEqual(a: PersonName, b: PersonName): boolean {
  const [parted, other] = a.parts.length >= 2 ? [a, b] : [b, a];
  const [surname = '', given = ''] = [parted.parts[0], parted.parts.at(-1)];
  if (other.parts.length >= 2) return surname === other.parts[0] || given === other.parts.at(-1);
  if (parted.parts.length >= 2) return other.core.startsWith(surname) || other.core.endsWith(given);
  return a.core.slice(0, 2) === b.core.slice(0, 2) || a.core.slice(-2) === b.core.slice(-2);
}

/** P3: the same reading; null when the readings do not agree. */
function byReading(a: ReadPerson, b: ReadPerson): boolean {
  const readingsA = [...ownReadings(a.name), ...a.readings];
  const readingsB = [...ownReadings(b.name), ...b.readings];
  if (readingsA.some((x) => readingsB.some((y) => readingsAgree(x, y)))) return true;
  return unreadName(a, b) || unreadName(b, a);
}

function unreadName(read: ReadPerson, unread: ReadPerson): boolean {
  if (read.name.hasKanji || !unread.name.hasKanji || unread.readings.length > 0) return false;
  return ownReadings(read.name).some(({ latin }) => couldBeRead(unread.name.core, latin));
}

/** Whether the names match before the dates of birth are looked at. */
function byName(a: ReadPerson, b: ReadPerson): Verdict {
  if (equalNames(a.name, b.name)) return { outcome: 'hit', rule: 'P1', reason: 'equal' };
  if (skeleton(a.name.core) === skeleton(b.name.core))
    return { outcome: 'hit', rule: 'C8', reason: 'homoglyph' };
  const pairs = differingPairs(a.name.core, b.name.core);
  if (pairs?.every(([x, y]) => sameFamily(x, y)) === true)
    return { outcome: 'review', rule: 'P3', reason: 'family' };
  if (
    pairs !== null &&
    pairs.length <= 2 &&
    pairs.every(([x, y]) => skeleton(x) === skeleton(y) || lookAlike(x, y))
  ) {
    return { outcome: 'review', rule: 'C8', reason: 'lookAlike' };
  }
  const kana = !a.name.hasKanji && !b.name.hasKanji && a.name.core.length >= 5;
  if (kana && a.name.core.replaceAll('ー', '') === b.name.core.replaceAll('ー', '')) {
    return { outcome: 'review', rule: 'C6', reason: 'longMark' };
  }
  if (byReading(a, b)) return { outcome: 'review', rule: 'P3', reason: 'reading' };
  if (soundAlike(a, b)) return { outcome: 'review', rule: 'P3', reason: 'soundAlike' };
  if (spelledAlike(a.name, b.name)) return { outcome: 'review', rule: 'P3', reason: 'spelledAlike' };
  return { outcome: 'clear', rule: 'P4', reason: partEqual(a.name, b.name) ? 'otherName' : 'otherPerson' };
}

/** Compares two persons by the ordered rules P1–P4 (and C8 for look-alikes); the date of birth acts last. */
export function comparePersons(a: ReadPerson, b: ReadPerson): Verdict {
  const found = byName(a, b);
  const dates = compareBirthDates(a.birthDate, b.birthDate);
  switch (dates) {
    case 'unknown':
      return found;
    case 'equal':
      if (found.outcome === 'review') return { ...found, outcome: 'hit', reason: 'readingAndBirthDate' };
      if (found.outcome === 'clear' && (found.reason === 'otherName' || sameReading(a, b))) {
        return { outcome: 'review', rule: 'P4', reason: 'partAndBirthDate' };
      }
      return found;
    case 'near':
      return found.outcome === 'hit' ? { outcome: 'review', rule: 'P2', reason: 'birthDateNear' } : found;
    case 'contradicts':
      return found.outcome === 'clear'
        ? found
        : { outcome: 'clear', rule: 'P2', reason: 'birthDateContradicts' };
  }
}

function sameReading(a: ReadPerson, b: ReadPerson): boolean {
  return a.readings.some((x) => b.readings.some((y) => readingsAgree(x, y)));
}
