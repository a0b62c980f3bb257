import type { DiscontinuationRow } from '../../../db/queries/discontinuation/find.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Paging } from '../../components/paging.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { PATH } from './words.ts';

export interface DiscontinuationListPage {
  frame: ReturnType<typeof frame>;
  rows: readonly DiscontinuationRow[];
  planNames: ReadonlyMap<string, string>;
  names: ReadonlyMap<string, string>;
  count: number;
  page: number;
  pageSize: number;
  mayPropose: boolean;
}

/** All discontinuations, the newest first. */
export function discontinuationListPage(page: DiscontinuationListPage) {
  const { rows, planNames, names, count } = page;
  return staffPage({
    ...page.frame,
    title: '廃止',
    children: (
      <>
        <h1>廃止</h1>
        <p class="lead">
          サービス全体または料金プランの提供を終える手続きです（第16条）。まず計画で影響と返金を確かめます。
        </p>
        {page.mayPropose ? (
          <p>
            <a class="button button-primary" href={`${PATH}/new`}>
              廃止の計画を立てる
            </a>
          </p>
        ) : null}
        <Table
          caption="廃止の一覧"
          rows={rows}
          empty="廃止の手続きはまだありません。"
          columns={[
            {
              head: '対象',
              cell: ({ id, planCode, sandbox }) => (
                <>
                  <a class="row-link" href={`${PATH}/${id}`}>
                    {planCode === null
                      ? 'サービス全体'
                      : `料金プラン「${planNames.get(planCode) ?? planCode}」`}
                  </a>
                  {sandbox ? <SandboxMark /> : null}
                </>
              ),
            },
            { head: '状態', cell: ({ status }) => <StatusBadge kind="discontinuation" value={status} /> },
            { head: '最終日', cell: ({ lastDay }) => dateText(lastDay) },
            { head: '提案', cell: ({ enteredBy }) => actorName(enteredBy, names) },
            { head: '提案日時', cell: ({ createdAt }) => instantText(createdAt) },
          ]}
        />
        <Paging path={PATH} query={{}} page={page.page} pageSize={page.pageSize} count={count} />
      </>
    ),
  });
}
