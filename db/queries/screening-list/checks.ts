import type { Executor } from '../../client.ts';
import { screeningChecks } from '../../schema/index.ts';

type CheckRow = typeof screeningChecks.$inferInsert;
export type CheckSubject = Pick<CheckRow, 'subjectType' | 'subjectId' | 'cause'>;
/** One list that was asked about a subject: the version, the query's normal form, what came near. */
export type NewCheck = Omit<CheckRow, 'id' | keyof CheckSubject>;

/** Keeps the evidence of a screening; a repeat for the same cause keeps the first. */
export async function recordChecks(
  tx: Executor,
  subject: CheckSubject,
  checks: readonly NewCheck[],
): Promise<void> {
  if (checks.length === 0) return;
  await tx
    .insert(screeningChecks)
    .values(checks.map((check) => ({ ...check, ...subject })))
    .onConflictDoNothing();
}
