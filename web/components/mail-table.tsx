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

/** Mails of a case with what the customer's server answered. */
export function MailTable({ mails }: { mails: readonly MailRow[] }) {
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
              <small class="under">{mail.recipient}</small>
            </>
          ),
        },
        {
          head: '配信',
          cell: (mail) => (
            <>
              <StatusBadge kind="mail" value={mail.status} />
              {mail.serverAnswer === '' ? null : <small class="under">{mail.serverAnswer}</small>}
            </>
          ),
        },
        { head: '日時', cell: (mail) => instantText(mail.businessAt) },
      ]}
    />
  );
}
