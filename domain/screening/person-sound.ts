import { type NamePart, sharedReadings, spelledOtherwise, usualReadings } from './name-readings.ts';
import type { PersonName } from './person-name.ts';
import { kanaToLatin, type Reading } from './reading.ts';
import { characters, hasKanji } from './text.ts';

/** A name as surname and given name, folded. */
interface Parted {
  surnames: string;
  given: string;
}

const LONGEST_CORE = 8;

/** The ways to part a name: as it is written, or anywhere when it is written in one. */
function partings({ parts, core }: PersonName): Parted[] {
  const [surnames = '', given = ''] = parts;
  if (parts.length === 2) return [{ surnames, given }];
  const letters = characters(core);
  if (parts.length !== 1 || letters.length > LONGEST_CORE) return [];
  return letters.slice(1).map((_, i) => ({
    surnames: letters.slice(0, i + 1).join(''),
    given: letters.slice(i + 1).join(''),
  }));
}

/** Whether what is known of a person's reading leaves room for this reading of a part. */
function fits(part: NamePart, kana: string, readings: readonly Reading[]): boolean {
  const latin = kanaToLatin(kana).replaceAll('-', '');
  return (
    readings.length === 0 ||
    readings.some((reading) =>
      part === 'given' ? reading.latin.endsWith(latin) : reading.latin.startsWith(latin),
    )
  );
}

/**
 * Whether two names have one part in common and other parts that sound alike with another character (雅人 and 雅仁, 阿部
 * and 安部), by the dictionary's readings; a フリガナ on one side must leave room for it (policy P3).
 */
export function soundAlike(
  a: { name: PersonName; readings: readonly Reading[] },
  b: { name: PersonName; readings: readonly Reading[] },
): boolean {
  if (!hasKanji(a.name.core) && !hasKanji(b.name.core)) return false;
  const alike = (part: NamePart, x: string, y: string): boolean =>
    x !== y &&
    sharedReadings(part, x, y).some((kana) => fits(part, kana, a.readings) && fits(part, kana, b.readings));
  return partings(a.name).some((x) =>
    partings(b.name).some((y) => {
      if (x.surnames === y.surnames) return alike('given', x.given, y.given);
      return x.given === y.given && alike('surnames', x.surnames, y.surnames);
    }),
  );
}

/** Whole names of which one part sounds like this one's; for finding them in a list. */
export function soundingLike(name: PersonName): string[] {
  return partings(name).flatMap(({ surnames, given }) => [
    ...spelledOtherwise('given', given).map((other) => surnames + other),
    ...spelledOtherwise('surnames', surnames).map((other) => other + given),
  ]);
}

/** A part in kanji with the readings of the other part: finds 湊川 まさと from 湊川 雅人, whose given name is in kana. */
export function partKeys(name: PersonName, ofList: boolean): string[] {
  // A list's entry is only found so where a part is in kana: all others are found by their characters.
  if (ofList && !(name.hasKanji && /[ァ-ヺ]/u.test(name.core))) return [];
  return partings(name).flatMap(({ surnames, given }) => [
    ...usualReadings('given', given).map((latin) => `${surnames}|${latin}`),
    ...usualReadings('surnames', surnames).map((latin) => `${latin}|${given}`),
  ]);
}
