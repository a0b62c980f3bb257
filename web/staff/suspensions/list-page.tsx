import type { SuspensionRow } from '../../../db/queries/suspension/find.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Paging } from '../../components/paging.tsx';
import { Table } from '../../components/table.tsx';
import type { frame } from '../console.ts';
import { groundText, PATH, SCOPE_LABELS, timesText } from './words.ts';

export interface SuspensionListPage {
  frame: ReturnType<typeof frame>;
  rows: readonly (SuspensionRow & { customerName: string | null })[];
  planNames: ReadonlyMap<string, string>;
  count: number;
  page: number;
  pageSize: number;
  mayEnter: boolean;
}

/** All suspensions, the newest first. */
export function suspensionListPage(page: SuspensionListPage) {
  const { rows, count, mayEnter } = page;
  return staffPage({
    ...page.frame,
    title: '停止・再開',
    children: (
      <>
        <h1>停止・再開</h1>
        <p class="lead">
          サービス全体、料金プラン、一つの契約を一時的に止める手続きです（第15条・第18条2項）。停止の間も契約と利用料金は続きます。
        </p>
        {mayEnter ? (
          <p>
            <a class="button button-primary" href={`${PATH}/new`}>
              停止を入力する
            </a>
          </p>
        ) : null}
        <Table
          caption="停止の一覧"
          rows={rows}
          empty="停止の記録はまだありません。"
          columns={[
            {
              head: '対象',
              cell: (row) => (
                <>
                  <a class="row-link" href={`${PATH}/${row.id}`}>
                    {subjectText(row, page.planNames)}
                  </a>
                  {row.sandbox ? <SandboxMark /> : null}
                </>
              ),
            },
            { head: '状態', cell: ({ status }) => <StatusBadge kind="suspension" value={status} /> },
            { head: '根拠', cell: ({ ground }) => groundText(ground) },
            { head: '期間', cell: timesText },
          ]}
        />
        <Paging path={PATH} query={{}} page={page.page} pageSize={page.pageSize} count={count} />
      </>
    ),
  });
}

export function subjectText(
  row: Pick<SuspensionRow, 'scope' | 'planCode'> & { customerName: string | null },
  planNames: ReadonlyMap<string, string>,
): string {
  switch (row.scope) {
    case 'service':
      return SCOPE_LABELS.service;
    case 'plan':
      return `料金プラン「${planNames.get(row.planCode ?? '') ?? row.planCode ?? ''}」`;
    case 'contract':
      return row.customerName ?? SCOPE_LABELS.contract;
  }
}
