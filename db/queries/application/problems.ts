import { and, eq, like, type SQL } from 'drizzle-orm';
import { FIELD_LABELS } from '../../../domain/application/application-input.ts';
import type { Executor } from '../../client.ts';
import { findings } from '../../schema/index.ts';
import { readAsked } from './field-marks.ts';

/** Findings of the current round that the applicant mends: missing and mistaken entries (第4条4項①). */
export function isEntryProblem(application: { id: string; round: number }): SQL | undefined {
  return and(
    eq(findings.applicationId, application.id),
    eq(findings.round, application.round),
    eq(findings.ground, 1),
    like(findings.key, 'entry/%'),
  );
}

/**
 * What an applicant is asked to correct in the current round, in words (第4条4項①): missing and mistaken entries, and what the
 * reviewer found to differ. What a registry says stays inside until a person makes it theirs.
 */
export async function applicationProblems(
  db: Executor,
  application: { id: string; round: number },
): Promise<string[]> {
  const [rows, asked] = await Promise.all([
    db
      .select({ summary: findings.summary })
      .from(findings)
      .where(isEntryProblem(application))
      .orderBy(findings.createdAt, findings.key),
    readAsked(db, application),
  ]);
  return [
    ...rows.map(({ summary }) => summary),
    ...asked.map(({ field, note }) => `${FIELD_LABELS[field]}：${note}`),
  ];
}
