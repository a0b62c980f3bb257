import { judge } from './compare.ts';
import { buildListIndex, candidates, type ScreeningIndex } from './list-index.ts';
import { prepareEntry, prepareQuery } from './prepare.ts';
import { characters } from './text.ts';
import type { ListEntry, ScreeningMatch, ScreeningQuery } from './types.ts';

export type { ScreeningIndex } from './list-index.ts';
export { NORMAL_FORM_VERSION } from './text.ts';
export type { Field, ListEntry, Outcome, PersonQuery, ScreeningMatch, ScreeningQuery } from './types.ts';

const ORDER = { hit: 0, review: 1, clear: 2 };

/** Builds the index of a list version once; searching it changes nothing. */
export function buildIndex(entries: Iterable<ListEntry>): ScreeningIndex {
  return buildListIndex(entries);
}

/**
 * Compares an applicant with a list (第4条4項②③): alerts with the hits first, the better supported ones before the
 * others, then the matches that a contradicting date of birth suppressed (outcome clear), for the log.
 */
export function screen(index: ScreeningIndex, query: ScreeningQuery): ScreeningMatch[] {
  const prepared = prepareQuery(query);
  const matches = candidates(index, prepared).flatMap((i) => {
    const [list, entry] = [index.entries[i], index.prepared[i]];
    const found = list === undefined || entry === undefined ? null : judge(list, entry, prepared);
    return found !== null && (found.verdict.outcome !== 'clear' || found.verdict.rule === 'P2')
      ? [found.match()]
      : [];
  });
  return matches.sort(
    (a, b) =>
      ORDER[a.outcome] - ORDER[b.outcome] ||
      b.agreeing.length - a.agreeing.length ||
      a.contradicting.length - b.contradicting.length ||
      a.entryId.localeCompare(b.entryId),
  );
}

/** Compares a query with one entry, whatever the outcome. */
export function comparePair(list: ListEntry, query: ScreeningQuery): ScreeningMatch {
  const found = judge(list, prepareEntry(list), prepareQuery(query));
  if (found !== null) return found.match();
  return {
    entryId: list.id,
    outcome: 'clear',
    rule: query.kind === 'company' && list.kind === 'person' ? 'P6' : 'none',
    subject: query.name,
    entryName: list.name,
    subjectNormal: query.name,
    entryNormal: list.name,
    differing: {
      subject: characters(query.name).map((_, i) => i),
      entry: characters(list.name).map((_, i) => i),
    },
    agreeing: [],
    contradicting: [],
    missing: [],
    sentence: '比べる相手がいません（法人と個人は、代表者・役員を通してだけ比べます）。',
  };
}
