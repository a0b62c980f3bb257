import type { FeeChange } from '../../../db/queries/fee-change/enter.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';

/** All fee changes, the newest first (第6条4項). */
export function feeChangeListPage(props: {
  frame: ReturnType<typeof frame>;
  changes: readonly FeeChange[];
  names: ReadonlyMap<string, string>;
  mayEnter: boolean;
}) {
  const { changes, names, mayEnter } = props;
  return staffPage({
    ...props.frame,
    title: '料金変更',
    children: (
      <>
        <h1>料金変更</h1>
        <p class="lead">
          新しい料金表と変更日を登録し、適用される契約と告知の期限を確認します（第6条3項・4項）。
        </p>
        <p>
          <a href="/staff/fee-changes/preview">登録する前に試算する</a>
        </p>
        {mayEnter ? (
          <p>
            <a class="button button-primary" href="/staff/fee-changes/new">
              料金変更を登録する
            </a>
          </p>
        ) : null}
        <Table
          caption="料金変更"
          rows={changes}
          empty="料金変更はありません。"
          columns={[
            {
              head: '料金表',
              cell: ({ id, catalogueVersion }) => (
                <a href={`/staff/fee-changes/${id}`}>第{catalogueVersion}版</a>
              ),
            },
            { head: '変更日', cell: ({ effectiveOn }) => dateText(effectiveOn) },
            { head: '状態', cell: ({ status }) => <StatusBadge kind="publication" value={status} /> },
            { head: '登録した人', cell: ({ enteredBy }) => actorName(enteredBy, names) },
          ]}
        />
      </>
    ),
  });
}
