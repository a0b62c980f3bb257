import type { listDunnings } from '../../../db/queries/dunning/read.ts';
import { DUNNING_WORDS } from '../../../domain/billing/dunning.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import type { DunningStatus } from '../../../workflows/dunning/messages.ts';
import { SandboxMark } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Paging } from '../../components/paging.tsx';
import { Pills } from '../../components/pills.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';

export const DUNNINGS_PATH = '/staff/dunnings';
export const DUNNING_STATUSES: readonly DunningStatus[] = ['running', 'paid', 'writtenOff', 'replaced'];

/** Papers that are overdue, or were (第10条2項④). */
export function dunningsPage(page: {
  frame: ReturnType<typeof frame>;
  list: Awaited<ReturnType<typeof listDunnings>>;
  status: DunningStatus;
  page: number;
  pageSize: number;
}) {
  const { list, status } = page;
  return staffPage({
    ...page.frame,
    title: '督促',
    children: (
      <>
        <h1>督促</h1>
        <p class="lead">
          支払期限を過ぎた請求書です。銀行営業日を数えて、確認・督促・最終通知・解約の提案の順に進みます（第10条2項④）。入金があればその時点で終わります。
        </p>
        <nav class="filters" aria-label="絞り込み">
          <Pills
            links={DUNNING_STATUSES.map((each) => ({
              href: `${DUNNINGS_PATH}?status=${each}`,
              label: STATUS.dunning[each].label,
              current: each === status,
            }))}
          />
        </nav>
        <Table
          caption="督促の一覧"
          rows={list.rows}
          empty="該当する請求書はありません。"
          columns={[
            {
              head: '請求書・お客様',
              cell: ({ dunning, paper, customerName }) => (
                <>
                  <a class="row-link" href={`${DUNNINGS_PATH}/${dunning.id}`}>
                    {paper.number}
                  </a>{' '}
                  {dunning.sandbox ? <SandboxMark /> : null}
                  <small class="under">{customerName}</small>
                </>
              ),
            },
            { head: '支払期限', cell: ({ paper }) => (paper.dueOn === null ? '—' : dateText(paper.dueOn)) },
            { head: '段階', cell: ({ step }) => (step === null ? '—' : DUNNING_WORDS[step]) },
            { head: '未払い', numeric: true, cell: ({ openYen }) => yenText(openYen) },
          ]}
        />
        <Paging
          path={DUNNINGS_PATH}
          query={{ status }}
          {...{ page: page.page, pageSize: page.pageSize, count: list.count }}
        />
      </>
    ),
  });
}
