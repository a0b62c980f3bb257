import { and, eq, lt, notExists, sql } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { applications, mails } from '../../schema/index.ts';

/**
 * Applications that were stored but whose review may never have started, because the form's process or Temporal died
 * in between: still `received`, older than `before`, and not even the receipt mail was prepared.
 */
export async function applicationsNotStarted(
  db: Database,
  before: Date,
): Promise<{ id: string; sandbox: boolean; submissionKey: string }[]> {
  return db
    .select({ id: applications.id, sandbox: applications.sandbox, submissionKey: applications.submissionKey })
    .from(applications)
    .where(
      and(
        eq(applications.status, 'received'),
        lt(applications.createdAt, before),
        notExists(
          db
            .select({ one: sql`1` })
            .from(mails)
            .where(eq(mails.key, sql`'receipt/' || ${applications.id}`)),
        ),
      ),
    )
    .orderBy(applications.createdAt)
    .limit(100);
}
