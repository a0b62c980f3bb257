import type { Hono } from 'hono';
import { type ContractListRow, listContracts } from '../../../db/queries/read/contract-list.ts';
import { COUNT_CAP } from '../../../db/queries/read/search.ts';
import { CONTRACT_STATUSES, type ContractStatus } from '../../../domain/contract.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Paging } from '../../components/paging.tsx';
import { SearchForm } from '../../components/search-form.tsx';
import { Table } from '../../components/table.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { dateText, masked } from '../../format.ts';
import { CONTRACT_KIND_LABELS, STATUS } from '../../glossary.ts';
import { choiceOf, frame, PAGE_SIZE, pageNumber, searchText } from '../console.ts';

export function contractListRoutes(app: Hono<WebEnv>, deps: WebDependencies): void {
  app.get('/staff/contracts', async (c) => {
    const page = pageNumber(c);
    const status = choiceOf(c.req.query('status'), CONTRACT_STATUSES);
    const text = searchText(c);
    const offset = (page - 1) * PAGE_SIZE;
    const list = await listContracts(deps.db, { status, text, limit: PAGE_SIZE, offset });
    return c.html(listPage({ frame: frame(c, deps, 'contracts'), ...list, status, text, page }));
  });
}

function listPage(props: {
  frame: ReturnType<typeof frame>;
  rows: readonly ContractListRow[];
  count: number;
  status: ContractStatus | null;
  text: string;
  page: number;
}) {
  const { rows, count, status, text, page } = props;
  const countText = count >= COUNT_CAP ? `${COUNT_CAP - 1}件以上` : `${count}件`;
  return staffPage({
    ...props.frame,
    title: `契約（${countText}）`,
    children: (
      <>
        <h1>
          契約 <span class="count">{countText}</span>
        </h1>
        <SearchForm
          path="/staff/contracts"
          text={text}
          hint="契約番号・会社名・フリガナ・法人番号"
          status={status}
          statuses={CONTRACT_STATUSES.map((value) => ({ value, label: STATUS.contract[value].label }))}
          results="#results"
        />
        <div id="results">
          <Table
            caption="契約の一覧"
            rows={rows}
            empty="該当する契約はありません。"
            columns={[
              {
                head: '契約者',
                cell: (row) => (
                  <>
                    <a class="row-link" href={`/staff/contracts/${row.id}`}>
                      {row.customerName}
                    </a>
                    {row.sandbox ? <SandboxMark /> : null}
                    <small class="under">契約番号 {masked(row.contractNumber)}</small>
                  </>
                ),
              },
              { head: '状態', cell: (row) => <StatusBadge kind="contract" value={row.status} /> },
              { head: '契約種別', cell: (row) => CONTRACT_KIND_LABELS[row.kind] },
              { head: '料金プラン', cell: (row) => row.planName ?? '—' },
              { head: '締結日', cell: (row) => dateText(row.concludedOn) },
              { head: '終了日', cell: (row) => (row.endsOn === null ? '—' : dateText(row.endsOn)) },
            ]}
          />
          <Paging
            path="/staff/contracts"
            query={{ q: text, status }}
            page={page}
            pageSize={PAGE_SIZE}
            count={Math.min(count, COUNT_CAP - 1)}
          />
        </div>
      </>
    ),
  });
}
