import { instantText } from '../format.ts';
import { StatusBadge } from './badge.tsx';
import { Table } from './table.tsx';

interface MailRow {
  subjectLine: string;
  recipient: string;
  status: string;
  serverAnswer: string;
  acceptedAt: Date | null;
  businessAt: Date;
}

/** Mails of a case with what the customer's server answered; its answer may name the recipient too. */
export function MailTable({ mails, recipients }: { mails: readonly MailRow[]; recipients: boolean }) {
  return (
    <Table
      caption="送信したメール"
      rows={mails}
      empty="送信したメールはありません。"
      columns={[
        {
          head: '件名・宛先',
          cell: (mail) => (
            <>
              {mail.subjectLine}
              <small class="under">
                {recipients ? mail.recipient : '（宛先は連絡先の画面で確認できます）'}
              </small>
            </>
          ),
        },
        {
          head: '配信',
          cell: (mail) => (
            <>
              <StatusBadge kind="mail" value={mail.status} />
              {mail.serverAnswer === '' || !recipients ? null : (
                <small class="under">{mail.serverAnswer}</small>
              )}
            </>
          ),
        },
        { head: '日時', cell: (mail) => instantText(mail.businessAt) },
      ]}
    />
  );
}
