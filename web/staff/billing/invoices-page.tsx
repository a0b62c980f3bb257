import type { ItemName } from '../../../db/queries/billing/names.ts';
import type { ShownPaper } from '../../../db/queries/billing/read.ts';
import { staffPage } from '../../components/layout.tsx';
import { Paging } from '../../components/paging.tsx';
import { MonthField } from '../../components/query-fields.tsx';
import type { frame } from '../console.ts';
import { PapersTable } from './papers-table.tsx';
import type { PartnerNames } from './words.ts';

/** Issued invoices, searched by number or customer and by month (電子帳簿保存法 has its own search in the archive). */
export function invoicesPage(props: {
  frame: ReturnType<typeof frame>;
  list: { rows: readonly ShownPaper[]; count: number };
  query: { text: string; hidden: string | null; month: string };
  nameOf: (item: string) => ItemName;
  partners: PartnerNames;
  mayOpen: boolean;
  page: number;
  pageSize: number;
}) {
  const { list, query, page, pageSize } = props;
  return staffPage({
    ...props.frame,
    title: '請求書',
    wide: true,
    children: (
      <>
        <h1>請求書</h1>
        <search>
          <form class="search" method="post" action="/staff/invoices/search">
            <input type="hidden" name="csrf" value={props.frame.signedIn.csrfToken} />
            <div>
              <label for="q">検索</label>
              <input
                class="input"
                id="q"
                name="q"
                type="search"
                value={query.text}
                aria-describedby="q-hint"
                autocomplete="off"
              />
              <small class="hint" id="q-hint">
                請求書番号・発行時の宛名
              </small>
            </div>
            <MonthField label="発行月" value={query.month} />
            <button class="button button-secondary" type="submit">
              検索する
            </button>
          </form>
        </search>
        <p>{list.count.toLocaleString('ja-JP')}通</p>
        <PapersTable
          caption="請求書"
          rows={list.rows}
          nameOf={props.nameOf}
          partners={props.partners}
          empty="該当する請求書はありません。"
          mayOpen={props.mayOpen}
        />
        <Paging
          path="/staff/invoices"
          query={{ s: query.hidden, month: query.month }}
          {...{ page, pageSize, count: list.count }}
        />
      </>
    ),
  });
}
