import type { ApplicationInput } from '../application/application-input.ts';
import { normalisePart, partProblems } from '../application/part.ts';

/** Representative and officers of a company as a form names them (第4条4項③). */
export type CompanyPeople = Pick<
  ApplicationInput,
  'representativeName' | 'representativeKana' | 'officersText'
>;

const PEOPLE_FIELDS = [
  'representativeName',
  'representativeKana',
  'officersText',
] as const satisfies (keyof CompanyPeople)[];
export type PeopleField = (typeof PEOPLE_FIELDS)[number];

/** In their normal form; names keep their characters. */
export function normalisePeople(people: CompanyPeople): CompanyPeople {
  const { representativeName, representativeKana, officersText } = normalisePart(people);
  return { representativeName, representativeKana, officersText };
}

/** What keeps people in their normal form from being registered, at most one problem for each field. */
export function peopleProblems(people: CompanyPeople): { field: PeopleField; message: string }[] {
  return partProblems(PEOPLE_FIELDS, people);
}
