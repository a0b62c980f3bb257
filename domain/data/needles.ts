import { CUSTOMER_TABLES, type DataKind, namesOf } from '../data-map/index.ts';
import { bareLetters, foldText } from '../screening/text.ts';

/**
 * Shortest text, in folded characters, that is searched for. Shorter ones would be found everywhere; what they belong to is
 * found by the longer values beside them.
 */
const SHORTEST: Partial<Record<DataKind, number>> = {
  companyName: 3,
  personName: 3,
  address: 6,
  phone: 9,
  email: 6,
  corporateNumber: 13,
  freeText: 12,
};

/** Postal codes and birth dates are numbers that others have too, and partners are named in the records of others. */
const NOT_SEARCHED = ['postal_code', 'birth_date', 'partner_name'];

/** Columns of a table whose values are searched for after the deletion, with their kind. */
export function searchedColumns(table: string): { name: string; kind: DataKind }[] {
  const entry = CUSTOMER_TABLES[table];
  if (entry === undefined) return [];
  const typed = namesOf(entry.words);
  return (Object.entries(entry.holds) as [DataKind, string][])
    .filter(([kind]) => SHORTEST[kind] !== undefined)
    .flatMap(([kind, names]) => namesOf(names).map((name) => ({ name, kind })))
    .filter(
      ({ name, kind }) => !NOT_SEARCHED.includes(name) && (kind !== 'freeText' || typed.includes(name)),
    );
}

/** As texts are compared: width, case, kana, old characters, spaces, dots and hyphens do not matter. */
export const foldForNeedles = (text: string): string => bareLetters(foldText(text));

/** What to search for of a value: the whole and, of one in lines, each line; folded. */
export function needlesOf(kind: DataKind, value: string): string[] {
  const shortest = SHORTEST[kind];
  if (shortest === undefined) return [];
  const pieces = [value, ...value.split(/[\r\n]+/)].map(foldForNeedles);
  return [...new Set(pieces)].filter((piece) => [...piece].length >= shortest);
}

/** Tells whether a text has one of the needles in it, in whatever writing. Null needles: nothing is looked for. */
export function needleSearch(needles: readonly string[]): (text: string) => boolean {
  if (needles.length === 0) return () => false;
  const pattern = new RegExp(
    needles.map((needle) => needle.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'),
    'u',
  );
  return (text) => text.length > 0 && pattern.test(foldForNeedles(text));
}
