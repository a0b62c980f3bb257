import type { Context } from 'hono';
import { findMailOf, type MailRow } from '../../../db/queries/mail/records.ts';
import { type Subject, subjectPath } from '../../../domain/desk/subjects.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import { idParam } from '../console.ts';

/** The cases whose mails are read letter by letter. */
export type MailCase = 'contract' | 'application';

/** Where a mail of a case is read as it was sent. */
export const mailPath = ({ id, ...subject }: Subject & { id: string }): string =>
  `${subjectPath(subject)}/mails/${id}`;

/** The mail that the address names, with where its source is kept. Throws a 404 page where there is none any more. */
export async function requireMail(
  c: Context<WebEnv>,
  { db }: WebDependencies,
  subjectType: MailCase,
): Promise<MailRow & { storageKey: string }> {
  const subject: Subject = { subjectType, subjectId: idParam(c, 'id') };
  const row = await findMailOf(db, subject, idParam(c, 'mailId'));
  if (row === null) throw new Problem(404);
  const { storageKey } = row;
  if (storageKey === null) {
    throw new Problem(404, {
      heading: 'メールの本文は残っていません',
      message: 'このメールはまだ作成されていないか、お客様のデータとともに削除されました。',
      link: { href: subjectPath(subject), label: '手続きの画面に戻る' },
    });
  }
  return { ...row, storageKey };
}
