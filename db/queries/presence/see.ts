import { and, asc, eq, lt, ne, sql } from 'drizzle-orm';
import type { Subject } from '../../../domain/desk/subjects.ts';
import type { Executor } from '../../client.ts';
import { presences, staff } from '../../schema/index.ts';

/** A page whose process died says nothing more: after so many seconds it counts as closed. */
const SILENT_SECONDS = 10;
const FORGOTTEN_SECONDS = 60;

const ago = (seconds: number) => sql`now() - ${seconds} * interval '1 second'`;

/** A page of a case was opened, or still is; by the clock of the database, which all processes share. */
export async function notePresence(
  db: Executor,
  page: Subject & { id: string; staffId: string },
): Promise<void> {
  const { id, staffId, subjectType, subjectId } = page;
  const seenAt = sql`now()`;
  await db
    .insert(presences)
    .values({ id, staffId, subjectType, subjectId })
    .onConflictDoUpdate({ target: presences.id, set: { seenAt } });
}

/** The page was closed. Takes along what dead processes have left. */
export async function endPresence(db: Executor, id: string): Promise<void> {
  await db.delete(presences).where(eq(presences.id, id));
  await db.delete(presences).where(lt(presences.seenAt, ago(FORGOTTEN_SECONDS)));
}

/** The others who have a page of the case open, by name. */
export async function othersAt(db: Executor, subject: Subject, staffId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ name: staff.name })
    .from(presences)
    .innerJoin(staff, eq(staff.id, presences.staffId))
    .where(
      and(
        eq(presences.subjectType, subject.subjectType),
        eq(presences.subjectId, subject.subjectId),
        ne(presences.staffId, staffId),
        sql`${presences.seenAt} > ${ago(SILENT_SECONDS)}`,
      ),
    )
    .orderBy(asc(staff.name));
  return rows.map(({ name }) => name);
}
