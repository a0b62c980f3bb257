import type { ApplicationInput } from '../application/application-input.ts';
import { normalisePart, partProblems } from '../application/part.ts';
import type { FindUnprintable } from '../application/printable.ts';

const PEOPLE_FIELDS = [
  'representativeName',
  'representativeKana',
  'officersText',
] as const satisfies (keyof ApplicationInput)[];
export type PeopleField = (typeof PEOPLE_FIELDS)[number];

/** Representative and officers of a company as a form names them (第4条4項③). */
export type CompanyPeople = Pick<ApplicationInput, PeopleField>;

/** In their normal form; names keep their characters. */
export function normalisePeople(people: CompanyPeople): CompanyPeople {
  return normalisePart(PEOPLE_FIELDS, people);
}

/** What keeps people in their normal form from being registered, at most one problem for each field. */
export function peopleProblems(
  people: CompanyPeople,
  unprintable: FindUnprintable,
): { field: PeopleField; message: string }[] {
  return partProblems(PEOPLE_FIELDS, people, unprintable);
}
