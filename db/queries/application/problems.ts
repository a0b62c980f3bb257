import { and, eq, like, type SQL } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { findings } from '../../schema/index.ts';

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
 * What an applicant is asked to correct in the current round: missing and mistaken entries, in words (第4条4項①). What a
 * registry says stays inside until a person makes it theirs.
 */
export async function applicationProblems(
  db: Executor,
  application: { id: string; round: number },
): Promise<string[]> {
  const rows = await db
    .select({ summary: findings.summary })
    .from(findings)
    .where(isEntryProblem(application))
    .orderBy(findings.createdAt, findings.key);
  return rows.map(({ summary }) => summary);
}
