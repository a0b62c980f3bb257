import { and, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { findings } from '../../schema/index.ts';

/** What an applicant is asked to correct in the current round: findings of ground 1, in words (第4条4項①). */
export async function applicationProblems(
  db: Executor,
  application: { id: string; round: number },
): Promise<string[]> {
  const rows = await db
    .select({ summary: findings.summary })
    .from(findings)
    .where(
      and(
        eq(findings.applicationId, application.id),
        eq(findings.round, application.round),
        eq(findings.ground, 1),
      ),
    )
    .orderBy(findings.createdAt, findings.key);
  return rows.map(({ summary }) => summary);
}
