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
