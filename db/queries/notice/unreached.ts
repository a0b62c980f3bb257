import { and, eq, inArray, sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { noticeOfMailKey, UNREACHED_STATES } from '../../../domain/notice/notice.ts';
import type { Database, Executor } from '../../client.ts';
import { auditEntries, noticeRecipients } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/** Recipients whom no mail reached, of the ones that are named or of all. */
const unreached = (noticeId: string, contractIds: readonly string[] | null) =>
  and(
    eq(noticeRecipients.noticeId, noticeId),
    inArray(noticeRecipients.state, [...UNREACHED_STATES]),
    contractIds === null ? undefined : inArray(noticeRecipients.contractId, [...contractIds]),
  );

/**
 * Notes that letters were posted on a day (JST) to recipients whom no mail reached: to those that are named, or to all. Gives
 * how many; a repeat of the command gives the same number and changes nothing.
 */
export async function recordLetters(
  db: Database,
  input: {
    noticeId: string;
    contractIds: string[] | null;
    sentOn: CivilDate;
    staffId: string;
    commandId: string;
    businessAt: Date;
  },
): Promise<number> {
  const { noticeId, contractIds, sentOn, staffId, commandId, businessAt } = input;
  return db.transaction(async (tx) => {
    const [earlier] = await tx
      .select({ after: auditEntries.after })
      .from(auditEntries)
      .where(
        and(
          eq(auditEntries.subjectType, 'notice'),
          eq(auditEntries.subjectId, noticeId),
          eq(auditEntries.commandId, commandId),
        ),
      );
    if (earlier !== undefined) return Number(earlier.after?.letters ?? 0);
    const told = await tx
      .update(noticeRecipients)
      .set({ state: 'letter', letterSentOn: sentOn, letterRecordedBy: staffId })
      .where(unreached(noticeId, contractIds))
      .returning({ contractId: noticeRecipients.contractId });
    await recordAudit(tx, {
      actor: staffId,
      action: 'notice.lettersRecorded',
      subjectType: 'notice',
      subjectId: noticeId,
      after: { letters: told.length, sentOn },
      commandId,
      businessAt,
    });
    return told.length;
  });
}

/** Notes the letter that told one recipient what a mail of a notice could not; for the mail of anything else, nothing. */
export async function recordLetterOfMail(
  tx: Executor,
  input: { key: string; sentOn: CivilDate; staffId: string },
): Promise<void> {
  const of = noticeOfMailKey(input.key);
  if (of === null) return;
  await tx
    .update(noticeRecipients)
    .set({ state: 'letter', letterSentOn: input.sentOn, letterRecordedBy: input.staffId })
    .where(unreached(of.noticeId, [of.contractId]));
}

/**
 * Puts recipients whom no mail reached back into the queue. Who was refused or came back gets another mail with a key of its
 * own; who was only put off keeps the one that no server has taken.
 */
export async function retryRecipients(
  db: Database,
  input: { noticeId: string; staffId: string; commandId: string; businessAt: Date },
): Promise<void> {
  const { noticeId, staffId, commandId, businessAt } = input;
  await db.transaction(async (tx) => {
    const again = await tx
      .update(noticeRecipients)
      .set({
        state: 'queued',
        acceptedAt: null,
        round: sql`${noticeRecipients.round} + case when ${noticeRecipients.state} = 'deferred' then 0 else 1 end`,
      })
      .where(unreached(noticeId, null))
      .returning({ contractId: noticeRecipients.contractId });
    // A repeat finds nobody any more.
    if (again.length === 0) return;
    await recordAudit(tx, {
      actor: staffId,
      action: 'notice.retried',
      subjectType: 'notice',
      subjectId: noticeId,
      after: { recipients: again.length },
      commandId,
      businessAt,
    });
  });
}
