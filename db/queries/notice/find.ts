import { and, asc, desc, eq } from 'drizzle-orm';
import type { NoticeCause } from '../../../domain/notice/notice.ts';
import type { Executor } from '../../client.ts';
import { notices } from '../../schema/index.ts';

export type NoticeRow = typeof notices.$inferSelect;

/** One notice, or null. */
export async function findNotice(db: Executor, noticeId: string): Promise<NoticeRow | null> {
  const [row] = await db.select().from(notices).where(eq(notices.id, noticeId));
  return row ?? null;
}

/** The notice of a cause; the newest one where it has several, unless a step names which. Null when there is none. */
export async function findNoticeByCause(
  db: Executor,
  cause: { type: NoticeCause; id: string; step?: string },
): Promise<NoticeRow | null> {
  const [row] = await db
    .select()
    .from(notices)
    .where(
      and(
        eq(notices.causeType, cause.type),
        eq(notices.causeId, cause.id),
        cause.step === undefined ? undefined : eq(notices.causeStep, cause.step),
      ),
    )
    .orderBy(desc(notices.createdAt))
    .limit(1);
  return row ?? null;
}

/** All notices of a cause, the oldest first. */
export async function noticesOfCause(
  db: Executor,
  cause: { type: NoticeCause; id: string },
): Promise<NoticeRow[]> {
  return db
    .select()
    .from(notices)
    .where(and(eq(notices.causeType, cause.type), eq(notices.causeId, cause.id)))
    .orderBy(asc(notices.createdAt));
}
