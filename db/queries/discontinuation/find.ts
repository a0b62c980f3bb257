import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { ANNOUNCED_STATUSES } from '../../../domain/discontinuation/discontinuation-status.ts';
import type { Executor } from '../../client.ts';
import { discontinuations, discontinuationVersions } from '../../schema/index.ts';

export type DiscontinuationRow = typeof discontinuations.$inferSelect;
export type DiscontinuationVersion = typeof discontinuationVersions.$inferSelect;

/** One discontinuation, or null. */
export async function findDiscontinuation(db: Executor, id: string): Promise<DiscontinuationRow | null> {
  const [row] = await db.select().from(discontinuations).where(eq(discontinuations.id, id));
  return row ?? null;
}

/** Discontinuations, the newest first. */
export async function listDiscontinuations(
  db: Executor,
  page: { limit: number; offset: number },
): Promise<{ rows: DiscontinuationRow[]; count: number }> {
  const [rows, [counted]] = await Promise.all([
    db
      .select()
      .from(discontinuations)
      .orderBy(desc(discontinuations.createdAt), desc(discontinuations.id))
      .limit(page.limit)
      .offset(page.offset),
    db.select({ count: sql<number>`count(*)::int` }).from(discontinuations),
  ]);
  return { rows, count: counted?.count ?? 0 };
}

/** Its frozen figures, the first version first. */
export async function discontinuationVersionsOf(
  db: Executor,
  discontinuationId: string,
): Promise<DiscontinuationVersion[]> {
  return db
    .select()
    .from(discontinuationVersions)
    .where(eq(discontinuationVersions.discontinuationId, discontinuationId))
    .orderBy(asc(discontinuationVersions.version));
}

/** Announced discontinuations of the whole service or of plans; without a plan all of them (第16条). */
export async function announcedDiscontinuations(
  db: Executor,
  scope: { sandbox: boolean; planCode?: string },
): Promise<{ planCode: string | null; lastDay: CivilDate }[]> {
  return db
    .select({ planCode: discontinuations.planCode, lastDay: discontinuations.lastDay })
    .from(discontinuations)
    .where(
      and(
        eq(discontinuations.sandbox, scope.sandbox),
        inArray(discontinuations.status, [...ANNOUNCED_STATUSES]),
        scope.planCode === undefined
          ? undefined
          : or(isNull(discontinuations.planCode), eq(discontinuations.planCode, scope.planCode)),
      ),
    )
    .orderBy(asc(discontinuations.lastDay));
}
