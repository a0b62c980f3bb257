import { and, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { applications, officers } from '../../schema/index.ts';

export type ApplicationRow = typeof applications.$inferSelect;
export type OfficerRow = typeof officers.$inferSelect;

/** One application with its officers, or null. */
export async function findApplication(
  db: Executor,
  applicationId: string,
): Promise<{ application: ApplicationRow; officers: OfficerRow[] } | null> {
  const [application] = await db.select().from(applications).where(eq(applications.id, applicationId));
  if (application === undefined) return null;
  const rows = await db
    .select()
    .from(officers)
    .where(and(eq(officers.applicationId, applicationId), isNull(officers.changeId)))
    .orderBy(officers.createdAt);
  return { application, officers: rows };
}
