import type { ListedWatchCase } from '../../../db/queries/watch/read.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import { WATCH_OUTCOMES } from '../../../domain/watch/outcomes.ts';
import { SandboxMark } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Pills } from '../../components/pills.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import type { frame } from '../console.ts';
import { clauseText, PATH } from './words.ts';

/** Cases of the watchers that wait for a person, or that somebody has judged. */
export function watchCaseListPage(props: {
  frame: ReturnType<typeof frame>;
  rows: readonly ListedWatchCase[];
  more: boolean;
  status: keyof typeof STATUS.watchCase;
  page: number;
}) {
  const { rows, more, status, page } = props;
  const at = (to: number) => `${PATH}?status=${status}&page=${to}`;
  return staffPage({
    ...props.frame,
    title: '利用の検知',
    children: (
      <>
        <h1>利用の検知</h1>
        <p class="lead">
          禁止行為にあたりうる利用（第18条1項）を、通話・SMS・電話番号の記録から検知したものです。違反かどうかと対応は、人が判断します。
        </p>
        <nav class="filters" aria-label="絞り込み">
          <Pills
            links={keysOf(STATUS.watchCase).map((each) => ({
              href: `${PATH}?status=${each}`,
              label: STATUS.watchCase[each].label,
              current: each === status,
            }))}
          />
        </nav>
        <Table
          caption="利用の検知の一覧"
          rows={rows}
          empty="該当する検知はありません。"
          columns={[
            {
              head: '根拠・お客様',
              cell: ({ row, customerName, sandbox }) => (
                <>
                  <a class="row-link" href={`${PATH}/${row.id}`}>
                    {clauseText(row.clause)}
                  </a>
                  <small class="under">
                    {customerName} {sandbox ? <SandboxMark /> : null}
                  </small>
                </>
              ),
            },
            { head: '検知', cell: ({ row }) => instantText(row.openedAt) },
            {
              head: '内容',
              cell: ({ standing }) => (standing === 0 ? 'すべて取り消されました' : `${standing}件`),
            },
            {
              head: '判断',
              cell: ({ row }) => (row.outcome === null ? '' : WATCH_OUTCOMES[row.outcome]),
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
