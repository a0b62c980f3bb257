import { createHash } from 'node:crypto';
import type { OfficerRow } from '../../db/queries/application/find.ts';
import type { ApplicationField } from '../../domain/application/application-input.ts';
import type { PersonQuery, ScreeningQuery } from '../../domain/screening/index.ts';
import { foldText } from '../../domain/screening/text.ts';

/** What an application or a customer says of a company, as far as the lists are concerned. */
export interface CompanyFacts {
  name: string;
  kana: string;
  address: string;
  phone: string;
  corporateNumber: string;
  officersText: string;
}

type Officer = Pick<OfficerRow, 'name' | 'kana' | 'birthDate' | 'representative'>;

/** The query of a company with its people; `aliases` are former and trade names known from the registries. */
export function queryOf(
  company: CompanyFacts,
  officers: readonly Officer[],
  aliases: readonly string[] = [],
): ScreeningQuery {
  const representative = officers.find((officer) => officer.representative);
  const { name, kana, address, phone, corporateNumber, officersText } = company;
  return {
    kind: 'company',
    name,
    ...(kana === '' ? {} : { kana }),
    ...(aliases.length === 0 ? {} : { aliases: [...aliases] }),
    ...(address === '' ? {} : { address }),
    ...(phone === '' ? {} : { phone }),
    ...(corporateNumber === '' ? {} : { corporateNumber }),
    ...(representative === undefined ? {} : { representative: personOf(representative) }),
    officers: officers.filter((officer) => !officer.representative).map(personOf),
    ...(officersText === '' ? {} : { officersText }),
  };
}

function personOf({ name, kana, birthDate }: Officer): PersonQuery {
  return { name, ...(kana === '' ? {} : { kana }), ...(birthDate === '' ? {} : { birthDate }) };
}

const spaceless = (name: string) => foldText(name).replace(/\s/gu, '');

/** The field of the application in which a subject stands. */
export function fieldOf(query: ScreeningQuery, subject: string): ApplicationField {
  if (query.representative !== undefined && spaceless(query.representative.name) === spaceless(subject)) {
    return 'representativeName';
  }
  return [query.name, ...(query.aliases ?? [])].includes(subject) ? 'companyName' : 'officersText';
}

/**
 * Fingerprint of a subject: the corporation and every value that a comparison may use. A decision holds for as long as
 * it stays the same, also in another round, application or re-screening.
 */
export function subjectKeyOf(query: ScreeningQuery, subject: string): string {
  const corporation = query.corporateNumber ?? query.name;
  const people = [
    ...(query.representative === undefined ? [] : [query.representative]),
    ...(query.officers ?? []),
  ];
  const person = people.find(({ name }) => spaceless(name) === spaceless(subject));
  const company = fieldOf(query, subject) === 'companyName';
  const values = company ? [query.kana, query.address, query.phone] : [person?.kana, person?.birthDate];
  const text = JSON.stringify([corporation, company, subject, ...values.map((value) => value ?? '')]);
  return createHash('sha256').update(text).digest('hex');
}

/** Every name of a query in normal form, one on each line: evidence of what was asked. */
export function normalFormOf(query: ScreeningQuery): string {
  const { name, aliases = [], representative, officers = [] } = query;
  const people = representative === undefined ? officers : [representative, ...officers];
  return [name, ...aliases, ...people.map((person) => person.name)].map(foldText).join('\n');
}
