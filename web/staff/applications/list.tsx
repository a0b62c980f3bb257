import type { Hono } from 'hono';
import { type ApplicationListRow, listApplications } from '../../../db/queries/read/application-list.ts';
import { COUNT_CAP } from '../../../db/queries/read/search.ts';
import { APPLICATION_STATUSES, type ApplicationStatus } from '../../../domain/application.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Paging } from '../../components/paging.tsx';
import { SearchForm } from '../../components/search-form.tsx';
import { Table } from '../../components/table.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { instantText } from '../../format.ts';
import { CHANNEL_LABELS, CONTRACT_KIND_LABELS, STATUS } from '../../glossary.ts';
import { requireRole } from '../../http/session.ts';
import { choiceOf, frame, PAGE_SIZE, pageNumber, searchText } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';

export function applicationListRoutes(app: Hono<WebEnv>, deps: WebDependencies): void {
  app.get('/staff/applications', async (c) => {
    requireRole(c, MAY.seeApplications);
    const page = pageNumber(c);
    const status = choiceOf(c.req.query('status'), APPLICATION_STATUSES);
    const text = searchText(c);
    const offset = (page - 1) * PAGE_SIZE;
    const list = await listApplications(deps.db, { status, text, limit: PAGE_SIZE, offset });
    return c.html(listPage({ frame: frame(c, deps, 'applications'), ...list, status, text, page }));
  });
}

function listPage(props: {
  frame: ReturnType<typeof frame>;
  rows: readonly ApplicationListRow[];
  count: number;
  status: ApplicationStatus | null;
  text: string;
  page: number;
}) {
  const { rows, count, status, text, page } = props;
  const countText = count >= COUNT_CAP ? `${COUNT_CAP - 1}件以上` : `${count}件`;
  return staffPage({
    ...props.frame,
    title: `申込（${countText}）`,
    children: (
      <>
        <div class="page-head">
          <h1>
            申込 <span class="count">{countText}</span>
          </h1>
          {hasRole(props.frame.signedIn.staff, MAY.enterApplication) ? (
            <a class="button button-secondary" href="/staff/applications/new">
              届いた申込書を入力する
            </a>
          ) : null}
        </div>
        <SearchForm
          path="/staff/applications"
          text={text}
          hint="受付番号・会社名・フリガナ・法人番号・メールアドレス"
          status={status}
          statuses={APPLICATION_STATUSES.map((value) => ({ value, label: STATUS.application[value].label }))}
          results="#results"
        />
        <div id="results">
          <Table
            caption="申込の一覧"
            rows={rows}
            empty="該当する申込はありません。"
            columns={[
              {
                head: '会社名',
                cell: (row) => (
                  <>
                    <a class="row-link" href={`/staff/applications/${row.id}`}>
                      {row.companyName || '（会社名の記入なし）'}
                    </a>
                    {row.sandbox ? <SandboxMark /> : null}
                    <small class="under">{row.receiptNumber}</small>
                  </>
                ),
              },
              { head: '状態', cell: (row) => <StatusBadge kind="application" value={row.status} /> },
              { head: '契約種別', cell: (row) => CONTRACT_KIND_LABELS[row.contractKind] },
              { head: '受付方法', cell: (row) => CHANNEL_LABELS[row.channel] },
              { head: '受付日時', cell: (row) => instantText(row.receivedAt) },
            ]}
          />
          <Paging
            path="/staff/applications"
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
