import type { Child } from 'hono/jsx';
import { COUNT_CAP } from '../../db/queries/read/search.ts';
import type { frame } from '../staff/console.ts';
import { PAGE_SIZE } from '../staff/console.ts';
import { staffPage } from './layout.tsx';
import { Paging } from './paging.tsx';
import { SearchForm } from './search-form.tsx';
import { type Column, Table } from './table.tsx';

export interface RecordList<Row> {
  frame: ReturnType<typeof frame>;
  /** What is listed, as the heading says it. */
  name: string;
  path: string;
  /** What the search finds. */
  hint: string;
  /** Beside the heading. */
  action?: Child;
  statuses: readonly { value: string; label: string }[];
  columns: readonly Column<Row>[];
  list: { rows: readonly Row[]; count: number };
  query: { status: string | null; text: string; hidden: string | null; page: number };
}

/** A page of the console that lists records, to be searched and filtered by status. */
export function recordListPage<Row>(props: RecordList<Row>) {
  const { name, path, hint, action, statuses, columns, list } = props;
  const { status, text, hidden, page } = props.query;
  const countText = list.count >= COUNT_CAP ? `${COUNT_CAP - 1}件以上` : `${list.count}件`;
  return staffPage({
    ...props.frame,
    title: `${name}（${countText}）`,
    children: (
      <>
        <div class="page-head">
          <h1>
            {name} <span class="count">{countText}</span>
          </h1>
          {action}
        </div>
        <SearchForm
          action={`${path}/search`}
          csrf={props.frame.signedIn.csrfToken}
          text={text}
          hint={hint}
          status={status}
          statuses={statuses}
          results="#results"
        />
        <div id="results">
          <Table
            caption={`${name}の一覧`}
            rows={list.rows}
            empty={`該当する${name}はありません。`}
            columns={columns}
          />
          <Paging
            path={path}
            query={{ s: hidden, status }}
            page={page}
            pageSize={PAGE_SIZE}
            count={Math.min(list.count, COUNT_CAP - 1)}
          />
        </div>
      </>
    ),
  });
}
