import { and, asc, eq } from 'drizzle-orm';
import type { SubjectType } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { auditEntries } from '../../schema/index.ts';

export type AuditRow = typeof auditEntries.$inferSelect;

/** Enough for any application and for decades of a contract; older entries stay in the evidence export. */
const LIMIT = 500;

/** The audit entries of a subject in the order in which they were written. */
export async function readTimeline(
  db: Executor,
  subject: { subjectType: SubjectType | 'list'; subjectId: string },
): Promise<AuditRow[]> {
  return db
    .select()
    .from(auditEntries)
    .where(
      and(eq(auditEntries.subjectType, subject.subjectType), eq(auditEntries.subjectId, subject.subjectId)),
    )
    .orderBy(asc(auditEntries.sequence))
    .limit(LIMIT);
}

/** Those of several subjects together. */
export async function readTimelines(
  db: Executor,
  subjects: readonly Parameters<typeof readTimeline>[1][],
): Promise<AuditRow[]> {
  const timelines = await Promise.all(subjects.map((subject) => readTimeline(db, subject)));
  return timelines.flat().toSorted((a, b) => a.sequence - b.sequence);
}
