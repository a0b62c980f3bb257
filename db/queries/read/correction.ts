import { and, desc, eq } from 'drizzle-orm';
import type { askedFields } from '../../../domain/application/field-marks.ts';
import type { Executor } from '../../client.ts';
import { applications, decisions, findings } from '../../schema/index.ts';
import { readAsked } from '../application/field-marks.ts';
import { isEntryProblem } from '../application/problems.ts';

export type ApplicationRow = typeof applications.$inferSelect;

/** The application that a correction link leads to, by the SHA-256 (hex) of its token. */
export async function findByCorrectionToken(db: Executor, tokenHash: string): Promise<ApplicationRow | null> {
  const [row] = await db.select().from(applications).where(eq(applications.correctionTokenHash, tokenHash));
  return row ?? null;
}

/**
 * What the applicant has to mend: the missing and mistaken entries of this round, the fields that the reviewer asks about with
 * the words for each (`asked`), and the words of the reviewer who last sent the application back. Grounds ② to ④, and what
 * the registries say, stay inside (第4条4項).
 */
export async function readCorrectionReasons(
  db: Executor,
  application: { id: string; round: number },
): Promise<{
  findings: { field: string; summary: string }[];
  asked: ReturnType<typeof askedFields>;
  words: string | null;
}> {
  const [found, [returned], asked] = await Promise.all([
    db
      .select({ evidence: findings.evidence, summary: findings.summary })
      .from(findings)
      .where(isEntryProblem(application)),
    db
      .select({ reason: decisions.reason })
      .from(decisions)
      .where(
        and(
          eq(decisions.subjectId, application.id),
          eq(decisions.stage, 'review'),
          eq(decisions.verdict, 'return'),
          eq(decisions.outcome, 'effective'),
        ),
      )
      .orderBy(desc(decisions.createdAt))
      .limit(1),
    readAsked(db, application),
  ]);
  return {
    findings: found.map(({ evidence, summary }) => ({ field: evidence.field, summary })),
    asked,
    words: returned?.reason ?? null,
  };
}
