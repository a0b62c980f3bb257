import { instantText } from '../format.ts';
import { StatusBadge } from './badge.tsx';
import { Table } from './table.tsx';

interface MailRow {
  id: string;
  storageKey: string | null;
  subjectLine: string;
  recipient: string;
  status: string;
  serverAnswer: string;
  acceptedAt: Date | null;
  businessAt: Date;
}

/**
 * Mails of a case with what the customer's server answered; its answer may name the recipient too. Each leads to its words as they were
 * sent, below the `path` of the case; null
 * for whoever may not read them.
 */
export function MailTable(props: { mails: readonly MailRow[]; recipients: boolean; path: string | null }) {
  const { mails, recipients, path } = props;
  return (
    <Table
      caption="送信したメール"
      rows={mails}
      empty="まだメールは送られていません。"
      columns={[
        {
          head: '件名・宛先',
          cell: (mail) => (
            <>
              {mail.storageKey === null || path === null ? (
                mail.subjectLine
              ) : (
                <a href={`${path}/mails/${mail.id}`}>{mail.subjectLine}</a>
              )}
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
