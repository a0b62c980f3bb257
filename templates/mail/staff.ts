import { formatInstantJa } from '../../domain/calendar/civil-date.ts';
import { japaneseDateWithWeekday } from '../japanese-date.ts';
import { definitions, link, type Mail, type MailSender, note, paragraph } from './blocks.ts';
import { renderMail } from './render.ts';

/** Carries no personal data: who and what stands behind the link, for people who may see it. */
export interface StaffReminderMail {
  sender: MailSender;
  /** Kind of the task, for example `申込審査`. */
  taskKind: string;
  taskUrl: string;
  waitingSince: string;
  dueOn?: string;
  /** True where the reminder goes to others because those first asked did not answer. */
  escalated: boolean;
}

/** Tells staff that a task waits for them. */
export function staffReminder(mail: StaffReminderMail): Mail {
  const due: [string, string][] =
    mail.dueOn === undefined ? [] : [['対応期限', japaneseDateWithWeekday(mail.dueOn)]];
  const subject = mail.escalated ? '【要対応】担当タスクが未対応です' : '担当タスクの対応をお願いします';
  return renderMail(mail.sender, 'staff', `${subject}（${mail.taskKind}）`, [
    paragraph(
      mail.escalated
        ? '次の担当タスクが未対応のままとなっているため、あらためてお知らせします。対応または担当者の割り当てをお願いします。'
        : '次の担当タスクが対応を待っています。',
    ),
    definitions(['種類', mail.taskKind], ['受付日', japaneseDateWithWeekday(mail.waitingSince)], ...due),
    link('タスクを開く', mail.taskUrl),
    note('お客様の情報は、リンク先の画面でのみ確認できます。'),
  ]);
}

/** The link by which a member of staff chooses a password. Whoever has the mailbox has the account: it names nobody. */
export function staffInvitation(mail: { sender: MailSender; url: string; until: Date }): Mail {
  return renderMail(mail.sender, 'staff', '運用管理のアカウントのパスワードを設定してください', [
    paragraph('運用管理のアカウントが用意されました。次のリンクを開いて、パスワードを設定してください。'),
    link('パスワードを設定する', mail.url),
    definitions(['リンクの期限', `${formatInstantJa(mail.until.getTime())}（日本時間）`]),
    paragraph('リンクは一度だけ使えます。期限が過ぎたときは、管理者に新しい招待を依頼してください。'),
    note('心当たりがないときは、リンクを開かずに管理者に知らせてください。'),
  ]);
}
