import { findCommand } from '../../../db/queries/command/record.ts';
import { recordBounce } from '../../../db/queries/mail/bounce.ts';
import { settleByPost } from '../../../db/queries/mail/settle-by-post.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { taskWatchId } from '../../../domain/desk/task-watch.ts';
import { jstDate } from '../draft.ts';
import type { CommandOf } from '../lines.ts';
import type { Giving } from './giving.ts';
import { idOf, type Office } from './office.ts';

const KINDS = { certificate: 'certificateIssued', acceptance: 'applicationAccepted' } as const;

const lastMail = ({ office, subject }: Giving, of: keyof typeof KINDS) =>
  office.db.query.mails.findFirst({
    where: (t, { and, eq, inArray }) =>
      and(eq(t.kind, KINDS[of]), inArray(t.subjectId, [subject.contractId ?? '', subject.applicationId])),
    orderBy: (t, { desc }) => [desc(t.businessAt), desc(t.createdAt)],
  });

/** A mail comes back: what the mailbox for bounces or the relay's webhook would tell (第12条2項). */
export async function bounce(giving: Giving, { of }: CommandOf<'bounce'>): Promise<void> {
  const { office, subject, nowMs } = giving;
  if (!subject.live) return;
  const mail = await lastMail(giving, of);
  if (mail === undefined) return;
  const { messageId, subjectId } = mail;
  await recordBounce(office.db, { messageId, status: '5.1.1', answer: '550 no such user' }, new Date(nowMs));
  await watched(office, subjectId);
}

/** The task has its watch at once, as after the web process's next sweep. */
async function watched({ db, outbox }: Office, subjectId: string): Promise<void> {
  const task = await findOpenTask(db, { subjectId, kind: 'mailProblem' });
  const begun =
    task === null ? null : await findCommand(db, `begin/${taskWatchId({ subjectId, taskId: task.id })}`);
  if (begun !== null) await outbox.resume(begun);
}

/** Somebody posts a letter instead of the mail that came back last. */
export async function settleBounce(
  { office, subject, nowMs }: Giving,
  { id, by }: CommandOf<'settleBounce'>,
): Promise<void> {
  const { contractId, applicationId, live } = subject;
  if (contractId === null || !live) return;
  const task = await office.db.query.tasks.findFirst({
    where: (t, { and, eq, inArray }) =>
      and(eq(t.kind, 'mailProblem'), eq(t.status, 'open'), inArray(t.subjectId, [contractId, applicationId])),
    orderBy: (t, { desc }) => desc(t.createdAt),
  });
  if (task === undefined) return;
  await settleByPost(office.db, {
    ...{ taskId: task.id, postedOn: civilDate(jstDate(nowMs)), note: '書留' },
    ...{ staffId: idOf(by), commandId: idOf(`command/${id}`), at: new Date(nowMs) },
  });
}
