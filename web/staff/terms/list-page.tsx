import type { TermsEdition } from '../../../db/queries/read/terms-edition.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import type { frame } from '../console.ts';

/** All editions of the terms, the newest first (第17条). */
export function termsListPage(props: {
  frame: ReturnType<typeof frame>;
  editions: readonly TermsEdition[];
  inForceId: string | null;
  mayUpload: boolean;
  /** The public page, which may be at another address than the console. */
  publicUrl: string;
}) {
  const { editions, inForceId, mayUpload, publicUrl } = props;
  return staffPage({
    ...props.frame,
    title: '利用規約',
    children: (
      <>
        <h1>利用規約</h1>
        <p class="lead">
          版の登録、前の版との違い、承認と告知、お客様ごとに適用される版を扱います（第17条・民法548条の4）。
          <a href={publicUrl}>公開ページを見る</a>
        </p>
        {mayUpload ? (
          <p>
            <a class="button button-primary" href="/staff/terms/new">
              新しい版を登録する
            </a>
          </p>
        ) : null}
        <Table
          caption="利用規約の版"
          rows={editions}
          empty="登録された版はありません。"
          rowClass={({ id }) => (id === inForceId ? 'row-current' : '')}
          columns={[
            {
              head: '版',
              cell: ({ id, number, title }) => (
                <>
                  <a href={`/staff/terms/${id}`}>第{number}版</a>
                  <small class="under">{title}</small>
                </>
              ),
            },
            { head: '適用開始日', cell: ({ effectiveOn }) => dateText(effectiveOn) },
            {
              head: '状態',
              cell: ({ id, status }) => (
                <>
                  <StatusBadge kind="publication" value={status} />
                  {id === inForceId ? <b class="period-word">申込で提示中</b> : null}
                </>
              ),
            },
            { head: 'お客様に不利な変更', cell: ({ detrimental }) => (detrimental ? '含む' : '含まない') },
          ]}
        />
      </>
    ),
  });
}
