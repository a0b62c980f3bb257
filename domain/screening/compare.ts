import { sameRoom } from '../corporation/address.ts';
import { compareCompanyNames, type ReadName, type Verdict } from './company-rules.ts';
import { compareBirthDates } from './dates.ts';
import { differingIndexes } from './edits.ts';
import { comparePersons, type ReadPerson } from './person-rules.ts';
import type { Prepared } from './prepare.ts';
import { type Reading, readingsAgree } from './reading.ts';
import { sentenceOf } from './sentences.ts';
import type { Field, ListEntry, ScreeningMatch } from './types.ts';

const RANK = { hit: 3, review: 2, clear: 0 };

/** A clear outcome of birth dates that contradict is logged, so it wins over "nothing alike". */
const rank = ({ outcome, rule }: Verdict): number =>
  rule === 'P2' && outcome === 'clear' ? 1 : RANK[outcome];

interface Best<Name> {
  verdict: Verdict;
  entry: Name;
  query: Name;
}

function best<Name>(
  entries: readonly Name[],
  queries: readonly Name[],
  compare: (entry: Name, query: Name) => Verdict,
): Best<Name> | null {
  let found: Best<Name> | null = null;
  for (const entry of entries) {
    for (const query of queries) {
      const verdict = compare(entry, query);
      const better =
        found === null ||
        rank(verdict) > rank(found.verdict) ||
        (rank(verdict) === rank(found.verdict) && found.verdict.rule === 'none');
      if (better) found = { verdict, entry, query };
      if (rank(verdict) === RANK.hit) return found;
    }
  }
  return found;
}

interface Fields {
  agreeing: Field[];
  contradicting: Field[];
  missing: Field[];
}

/** `required`: the field would settle doubts, so it is named even when neither side has it. */
function note(
  fields: Fields,
  field: Field,
  a: unknown,
  b: unknown,
  agrees: () => boolean,
  required: boolean,
): void {
  const [hasA, hasB] = [a !== null, b !== null];
  if (hasA && hasB) (agrees() ? fields.agreeing : fields.contradicting).push(field);
  else if (hasA || hasB || required) fields.missing.push(field);
}

function noteReadings(fields: Fields, a: readonly Reading[], b: readonly Reading[]): void {
  const agrees = (): boolean => a.some((x) => b.some((y) => readingsAgree(x, y)));
  if (a.length > 0 && b.length > 0) note(fields, 'kana', a, b, agrees, false);
}

function companyFields(entry: Prepared, query: Prepared, names: Best<ReadName>): Fields {
  const fields: Fields = { agreeing: [], contradicting: [], missing: [] };
  const [a, b] = [entry.identifiers, query.identifiers];
  (names.verdict.outcome === 'hit' || names.verdict.rule === 'C2'
    ? fields.agreeing
    : fields.contradicting
  ).push('name');
  noteReadings(fields, names.entry.readings, names.query.readings);
  note(
    fields,
    'corporateNumber',
    a.corporateNumber,
    b.corporateNumber,
    () => a.corporateNumber === b.corporateNumber,
    true,
  );
  note(fields, 'phone', a.phone, b.phone, () => a.phone === b.phone, false);
  note(fields, 'address', a.address, b.address, () => sameRoom(a.address, b.address), false);
  return fields;
}

/** C3 and C2: identifiers act on what the names say. */
function withIdentifiers(names: Verdict, { agreeing, contradicting }: Fields): Verdict {
  if (agreeing.includes('corporateNumber')) return { outcome: 'hit', rule: 'C3', reason: 'corporateNumber' };
  if (names.outcome === 'hit' && contradicting.includes('corporateNumber')) {
    return { outcome: 'review', rule: 'C2', reason: 'otherCorporateNumber' };
  }
  if (names.outcome !== 'clear') return names;
  if (agreeing.includes('phone')) return { outcome: 'review', rule: 'C3', reason: 'phone' };
  return agreeing.includes('address') ? { outcome: 'review', rule: 'C3', reason: 'address' } : names;
}

function personFields(entry: Prepared, query: Prepared, found: Best<ReadPerson>): Fields {
  const fields: Fields = { agreeing: [], contradicting: [], missing: [] };
  const { entry: a, query: b, verdict } = found;
  const equal = verdict.reason === 'equal' || verdict.reason === 'homoglyph' || verdict.rule === 'P2';
  (equal ? fields.agreeing : fields.contradicting).push('name');
  noteReadings(fields, a.readings, b.readings);
  const dates = compareBirthDates(a.birthDate, b.birthDate);
  if (dates === 'unknown') fields.missing.push('birthDate');
  else (dates === 'equal' ? fields.agreeing : fields.contradicting).push('birthDate');
  // A company's address and phone say nothing about its officers.
  if (query.kind === 'person') {
    const [x, y] = [entry.identifiers, query.identifiers];
    note(fields, 'address', x.address, y.address, () => sameRoom(x.address, y.address), false);
    note(fields, 'phone', x.phone, y.phone, () => x.phone === y.phone, false);
  }
  return fields;
}

type Name = { original: string; core: string };

function matchOf(
  entryId: string,
  verdict: Verdict,
  entry: Name,
  subject: Name,
  fields: Fields,
  officer: string | null,
): ScreeningMatch {
  const { a, b } = differingIndexes(entry.original, subject.original);
  return {
    entryId,
    outcome: verdict.outcome,
    rule: verdict.rule,
    subject: subject.original,
    entryName: entry.original,
    subjectNormal: subject.core,
    entryNormal: entry.core,
    differing: { subject: b, entry: a },
    ...fields,
    sentence: sentenceOf(verdict.reason, verdict.outcome, fields, officer),
  };
}

/** The verdict on an entry; the match with its explanation is only made when it is asked for. */
export interface Judgement {
  verdict: Verdict;
  match: () => ScreeningMatch;
}

/** Compares a prepared query with a prepared entry; null when they cannot be compared (a person with a company, no name). */
export function judge(list: ListEntry, entry: Prepared, query: Prepared): Judgement | null {
  if (entry.kind === 'company') {
    const names = best(entry.companies, query.companies, compareCompanyNames);
    if (names === null) return null;
    const fields = companyFields(entry, query, names);
    const verdict = withIdentifiers(names.verdict, fields);
    return {
      verdict,
      match: () => matchOf(list.id, verdict, names.entry.name, names.query.name, fields, null),
    };
  }
  const entryNames = entry.people.flatMap(({ names }) => names);
  const people = query.people.flatMap(({ names }) => names);
  const found = best(entryNames, people, comparePersons);
  if (found === null) return null;
  const officer = query.kind === 'company' ? found.query.name.original : null;
  const { verdict } = found;
  return {
    verdict,
    match: () =>
      matchOf(
        list.id,
        verdict,
        found.entry.name,
        found.query.name,
        personFields(entry, query, found),
        officer,
      ),
  };
}
