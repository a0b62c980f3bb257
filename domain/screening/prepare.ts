import { readWrittenDate, type WrittenDate } from '../calendar/written-date.ts';
import { type Address, readAddress } from '../corporation/address.ts';
import { companyNames, companyReading } from './company-name.ts';
import type { ReadName } from './company-rules.ts';
import { corporateNumberKey, phoneKey } from './identifiers.ts';
import { peopleInText } from './officers.ts';
import { personNames, personReadings } from './person-name.ts';
import type { ReadPerson } from './person-rules.ts';
import type { ListEntry, PersonQuery, ScreeningQuery } from './types.ts';

/** The numbers and places that identify a company or person besides the name. */
export interface Identifiers {
  corporateNumber: string | null;
  phone: string | null;
  address: Address | null;
}

/** A person with every way to read the names given. */
export interface PreparedPerson {
  source: PersonQuery;
  names: readonly ReadPerson[];
}

/** An entry or a query with its normal forms; a company's query has people, an entry that is a person has one. */
export interface Prepared {
  kind: 'company' | 'person';
  companies: readonly ReadName[];
  people: readonly PreparedPerson[];
  identifiers: Identifiers;
}

function preparePerson(source: PersonQuery, aliases: readonly string[]): PreparedPerson {
  const readings = source.kana === undefined || source.kana === '' ? [] : personReadings(source.kana);
  const birthDate = source.birthDate === undefined ? null : readWrittenDate(source.birthDate);
  const names = [
    ...personNames(source.name).map((name) => ({ name, readings, birthDate })),
    // The フリガナ belongs to the name, not to the aliases.
    ...aliases.flatMap(personNames).map((name) => ({ name, readings: [], birthDate })),
  ];
  return { source, names };
}

function prepareCompany(name: string, kana: string | undefined, aliases: readonly string[]): ReadName[] {
  const reading = kana === undefined || kana === '' ? null : companyReading(kana);
  const readings = reading === null ? [] : [reading];
  const [first, ...others] = companyNames(name);
  return [
    ...(first === undefined ? [] : [{ name: first, readings }]),
    ...[...others, ...aliases.flatMap(companyNames)].map((each) => ({ name: each, readings: [] })),
  ];
}

function identifiersOf({ corporateNumber, phone, address }: ListEntry | ScreeningQuery): Identifiers {
  return {
    corporateNumber: corporateNumber === undefined ? null : corporateNumberKey(corporateNumber),
    phone: phone === undefined ? null : phoneKey(phone),
    address: address === undefined ? null : readAddress(address),
  };
}

/** The normal forms of a list's entry. */
export function prepareEntry(entry: ListEntry): Prepared {
  const company = entry.kind === 'company';
  const aliases = entry.aliases ?? [];
  return {
    kind: entry.kind,
    companies: company ? prepareCompany(entry.name, entry.kana, aliases) : [],
    people: company ? [] : [preparePerson(entry, aliases)],
    identifiers: identifiersOf(entry),
  };
}

/**
 * The same people stand in a form's fields and in its text, often with the date of birth in one of the places only: a name
 * without a date is taken for the one with it, or for each of them.
 */
function withLentDates(people: readonly PreparedPerson[]): PreparedPerson[] {
  const dates = new Map<string, WrittenDate[]>();
  for (const { name, birthDate } of people.flatMap(({ names }) => names)) {
    if (birthDate !== null) dates.set(name.core, [...(dates.get(name.core) ?? []), birthDate]);
  }
  if (dates.size === 0) return [...people];
  return people.map((person) => ({
    ...person,
    names: person.names.flatMap((each) =>
      each.birthDate === null
        ? (dates.get(each.name.core) ?? [null]).map((birthDate) => ({ ...each, birthDate }))
        : [each],
    ),
  }));
}

/** The normal forms of a query; each person of a company's query stays apart (policy P6). */
export function prepareQuery(query: ScreeningQuery): Prepared {
  if (query.kind === 'person') {
    return {
      kind: 'person',
      companies: [],
      people: [preparePerson(query, query.aliases ?? [])],
      identifiers: identifiersOf(query),
    };
  }
  const people = [
    ...(query.representative === undefined ? [] : [query.representative]),
    ...(query.officers ?? []),
    ...peopleInText(query.officersText ?? ''),
  ];
  return {
    kind: 'company',
    companies: prepareCompany(query.name, query.kana, query.aliases ?? []),
    people: withLentDates(
      people.filter(({ name }) => name.trim() !== '').map((person) => preparePerson(person, [])),
    ),
    identifiers: identifiersOf(query),
  };
}
