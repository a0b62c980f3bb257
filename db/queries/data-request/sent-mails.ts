import { and, asc, eq, or } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { mails } from '../../schema/index.ts';

/** The mails about a contract and its application, in their order. */
export async function readSentMails(db: Executor, of: { contractId: string; applicationId: string }) {
  return db
    .select()
    .from(mails)
    .where(
      or(
        and(eq(mails.subjectType, 'contract'), eq(mails.subjectId, of.contractId)),
        and(eq(mails.subjectType, 'application'), eq(mails.subjectId, of.applicationId)),
      ),
    )
    .orderBy(asc(mails.createdAt));
}
