import { and, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { evidenceOwner, ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { screeningChecks } from '../../schema/index.ts';
import { currentLists, type ListVersion } from './current.ts';

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
  const ownerId = evidenceOwner(await ownerOf(tx, subject));
  await tx
    .insert(screeningChecks)
    .values(checks.map((check) => sealRow(screeningChecks, ownerId, { ...check, ...subject })))
    .onConflictDoNothing();
}

/** The current lists that one round of an application was not compared with: a version came in since (第4条4項). */
export async function listsNotAsked(
  db: Executor,
  { applicationId, round }: { applicationId: string; round: number },
): Promise<ListVersion[]> {
  const asked = await db
    .select({ list: screeningChecks.list, version: screeningChecks.listVersion })
    .from(screeningChecks)
    .where(and(eq(screeningChecks.subjectId, applicationId), eq(screeningChecks.cause, `round/${round}`)));
  const current = await currentLists(db);
  return current.filter(
    ({ list, version }) => !asked.some((check) => check.list === list && check.version === version),
  );
}
