import type { Database } from '../../db/client.ts';
import type { NewFinding } from '../../db/queries/finding/store.ts';
import type { NewCheck } from '../../db/queries/screening-list/checks.ts';
import { type DecisionKey, findDecisions } from '../../db/queries/screening-list/decisions.ts';
import { NORMAL_FORM_VERSION, type ScreeningQuery } from '../../domain/screening/index.ts';
import { type CheckedList, findingOf, type ListMatch } from './screener.ts';
import { normalFormOf } from './subjects.ts';

/** By what a decision about a match is kept. */
export const decisionKeyOf = ({ list, entryVersion, subjectKey, match }: ListMatch): DecisionKey => ({
  list,
  entryId: match.entryId,
  entryVersion,
  subjectKey,
});

/**
 * Matches as findings. One that a person has decided before, about the same unchanged subject and entry, comes with that
 * decision: who, when and why.
 */
export async function decidedFindings(
  db: Database,
  matches: readonly ListMatch[],
  checkedMs: number,
): Promise<NewFinding[]> {
  const earlier = await findDecisions(db, matches.map(decisionKeyOf));
  return matches.map((match) => {
    const finding = findingOf(match, checkedMs);
    const decision = earlier(decisionKeyOf(match));
    if (decision === null) return finding;
    const { verdict: status, decidedBy, decidedAt, reason: decisionReason, findingId } = decision;
    const evidence = { ...finding.evidence, carriedFrom: findingId };
    const word = status === 'released' ? '該当しない' : '該当';
    const summary = `${finding.summary}（以前の判断「${word}」を引き継いでいます）`;
    return { ...finding, summary, evidence, status, decidedBy, decidedAt, decisionReason };
  });
}

/** The lists that were asked, as evidence. */
export function checksOf(
  checked: readonly CheckedList[],
  query: ScreeningQuery,
  checkedMs: number,
): NewCheck[] {
  return checked.map(({ list, version: listVersion, matches, cleared }) => ({
    list,
    listVersion,
    normalForm: NORMAL_FORM_VERSION,
    query: normalFormOf(query),
    matches,
    cleared,
    checkedAt: new Date(checkedMs),
  }));
}
