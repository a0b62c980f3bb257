import type { IncomingMailRow } from '../../../db/queries/incoming-mail/record.ts';
import { staffPage } from '../../components/layout.tsx';
import { Pills } from '../../components/pills.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';

export const KIND_LABELS: Record<IncomingMailRow['kind'], string> = {
  bounce: '不達の報告（どのメールか不明）',
  report: '苦情の報告',
  mail: 'メール',
  unreadable: '読めないメール',
};

/** Mails that wait for a person, or that somebody is done with. */
export function incomingListPage(props: {
  frame: ReturnType<typeof frame>;
  rows: readonly IncomingMailRow[];
  more: boolean;
  status: 'open' | 'done';
  page: number;
  names: ReadonlyMap<string, string>;
}) {
  const { rows, more, status, page, names } = props;
  const at = (to: number) => `/staff/incoming-mails?status=${status}&page=${to}`;
  return staffPage({
    ...props.frame,
    title: '届いたメール',
    children: (
      <>
        <h1>届いたメール</h1>
        <p class="lead">
          送信元のアドレスに届き、自動では処理できなかったメールです。お客様の解約の申請（第10条1項）が含まれていることがあります。
        </p>
        <nav class="filters" aria-label="絞り込み">
          <Pills
            links={(['open', 'done'] as const).map((each) => ({
              href: `/staff/incoming-mails?status=${each}`,
              label: each === 'open' ? '未確認' : '確認済み',
              current: each === status,
            }))}
          />
        </nav>
        <Table
          caption="届いたメールの一覧"
          rows={rows}
          empty="該当するメールはありません。"
          columns={[
            {
              head: '件名・差出人',
              cell: (row) => (
                <>
                  <a class="row-link" href={`/staff/incoming-mails/${row.id}`}>
                    {row.subjectLine === '' ? '（件名なし）' : row.subjectLine}
                  </a>
                  <small class="under">{row.sender}</small>
                </>
              ),
            },
            { head: '種類', cell: ({ kind }) => KIND_LABELS[kind] },
            {
              head: '到着',
              cell: ({ arrivedAt, createdAt }) =>
                arrivedAt === null ? `不明（${instantText(createdAt)} 取り込み）` : instantText(arrivedAt),
            },
            {
              head: '確認した人',
              cell: ({ handledBy }) => (handledBy === null ? '' : actorName(handledBy, names)),
            },
          ]}
        />
        <p>
          {page > 1 ? <a href={at(page - 1)}>前のページ</a> : null}{' '}
          {more ? <a href={at(page + 1)}>次のページ</a> : null}
        </p>
      </>
    ),
  });
}
