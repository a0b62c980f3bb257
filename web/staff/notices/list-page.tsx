import type { NoticeListRow } from '../../../db/queries/read/notices.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { NOTICE_STATUSES, type NoticeStatus } from '../../../domain/notice/notice.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { addressOf, Paging } from '../../components/paging.tsx';
import { Pills } from '../../components/pills.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { PAGE_SIZE } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { CAUSE_LABELS, CLASS_LABELS } from './words.ts';

/** All notices, newest first. */
export function noticeListPage(page: {
  frame: ReturnType<typeof frame>;
  rows: readonly NoticeListRow[];
  count: number;
  status: NoticeStatus | null;
  page: number;
  names: ReadonlyMap<string, string>;
}) {
  const { rows, count, status, names } = page;
  return staffPage({
    ...page.frame,
    title: '通知',
    children: (
      <>
        <div class="page-head">
          <h1>通知</h1>
          {hasRole(page.frame.signedIn.staff, MAY.draftNotices) ? (
            <a class="button button-primary" href="/staff/notices/new">
              通知を作成する
            </a>
          ) : null}
        </div>
        <p class="lead">
          お客様へのお知らせを、二人の承認のあとに一斉に送ります。いつ、だれに届いたかが証拠として残ります（第17条3項）。
        </p>
        <nav class="filters" aria-label="絞り込み">
          <Pills
            links={[null, ...keysOf(NOTICE_STATUSES)].map((value) => ({
              href: addressOf('/staff/notices', { status: value }),
              label: value === null ? 'すべて' : STATUS.notice[value].label,
              current: value === status,
            }))}
          />
        </nav>
        <Table
          caption="通知の一覧"
          rows={rows}
          empty="該当する通知はありません。"
          columns={[
            {
              head: '表題',
              cell: (row) => (
                <>
                  <a class="row-link" href={`/staff/notices/${row.id}`}>
                    {row.title}
                  </a>
                  {row.sandbox ? <SandboxMark /> : null}
                  <small class="under">
                    {CLASS_LABELS[row.noticeClass]}・{CAUSE_LABELS[row.causeType]}
                  </small>
                </>
              ),
            },
            { head: '状態', cell: (row) => <StatusBadge kind="notice" value={row.status} /> },
            {
              head: '宛先',
              numeric: true,
              cell: (row) =>
                row.recipientCount === null ? '未確定' : `${row.recipientCount.toLocaleString('ja-JP')}件`,
            },
            { head: 'Web掲載', cell: (row) => (row.postedAt === null ? '—' : instantText(row.postedAt)) },
            {
              head: '作成',
              cell: (row) => (
                <>
                  {actorName(row.createdBy, names)}
                  <small class="under">{instantText(row.createdAt)}</small>
                </>
              ),
            },
          ]}
        />
        <Paging
          path="/staff/notices"
          query={{ status }}
          page={page.page}
          pageSize={PAGE_SIZE}
          count={count}
        />
      </>
    ),
  });
}
