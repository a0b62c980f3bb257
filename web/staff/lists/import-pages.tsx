import type { ListChange } from '../../../db/queries/screening-list/read.ts';
import type { ListImportRow } from '../../../db/queries/screening-list/stage.ts';
import type { BadRow, ListName } from '../../../db/schema/index.ts';
import { listNeedsTwo } from '../../../domain/proposal/proposal.ts';
import { COLUMN_LABELS } from '../../../domain/screening/list-columns.ts';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { LIST_LABELS, labelOf } from '../../glossary.ts';
import type { frame } from '../console.ts';
import type { Reading } from './readings.ts';

type Frame = ReturnType<typeof frame>;

const SHOWN_NOTES = 100;
const CHANGE_LABELS: Record<ListChange['change'], string> = {
  added: '追加',
  changed: '変更',
  removed: '削除',
};
export const countText = (count: number): string => `${count.toLocaleString('ja-JP')}件`;

/** How far the reading of a file is; the browser asks again by itself. */
export function readingPage({ frame, list, reading }: { frame: Frame; list: ListName; reading: Reading }) {
  const { step, rows, total, fileName } = reading;
  const done = step === 'read' ? rows : total + rows;
  return staffPage({
    ...frame,
    title: 'リストを読み込んでいます',
    children: (
      <div class="narrow">
        <p class="eyebrow">{labelOf(LIST_LABELS, list)}</p>
        <h1>リストを読み込んでいます</h1>
        <p class="lead">{fileName}</p>
        <progress
          class="progress"
          max={total * 2}
          value={Math.min(done, total * 2)}
          aria-label="読み込みの進み具合"
        >
          {Math.floor((done / (total * 2)) * 100)}%
        </progress>
        <p>
          {step === 'read'
            ? '手順1/2：ファイルを確認しています'
            : '手順2/2：現在の版と比べる準備をしています'}
          （{rows.toLocaleString('ja-JP')}行 / 約{total.toLocaleString('ja-JP')}行）
        </p>
        <p class="hint">画面は自動で更新されます。この段階ではリストは変わりません。</p>
      </div>
    ),
  });
}

/** What taking the file would change. */
export function previewPage(props: {
  frame: Frame;
  list: ListName;
  staged: ListImportRow;
  changes: readonly ListChange[];
}) {
  const { frame, list, staged, changes } = props;
  const label = labelOf(LIST_LABELS, list);
  return staffPage({
    ...frame,
    title: `${label}の取り込み内容の確認`,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/lists">照合リスト</a> / <a href={`/staff/lists/${list}`}>{label}</a>
        </p>
        <h1>取り込み内容の確認</h1>
        <p class="lead">
          {staged.fileName}（{staged.encoding}）
        </p>
        {staged.status === 'taken' ? (
          <p class="flash">このファイルは第{staged.version}版として取り込み済みです。</p>
        ) : null}
        <Removal staged={staged} />
        <UnknownRows staged={staged} />
        <section class="panel">
          <h2>現在の版{staged.baseVersion === null ? '' : `（第${staged.baseVersion}版）`}との違い</h2>
          <Facts
            facts={[
              { label: '追加', value: countText(staged.added) },
              { label: '変更', value: countText(staged.changed) },
              { label: '削除', value: countText(staged.removed) },
              { label: '変更なし', value: countText(staged.same) },
              { label: '取り込めない行', value: countText(staged.badRows) },
              { label: '読めない行があり現在のまま残る登録', value: countText(staged.keptEntries) },
              { label: '一部を読めないまま取り込む行', value: countText(staged.warningCount) },
            ]}
          />
          <TakeForm {...props} />
        </section>
        <Columns staged={staged} />
        {staged.badRows === 0 ? null : (
          <Notes
            title="取り込めない行"
            hint="これらの行を除いて取り込みます。現在の版にある登録は、そのまま残ります。直したファイルを選び直すこともできます。"
            notes={staged.bad}
            total={staged.badRows}
          />
        )}
        {staged.warningCount === 0 ? null : (
          <Notes
            title="読めない欄がある行"
            hint="わかるところまでを取り込みます。"
            notes={staged.warnings}
            total={staged.warningCount}
          />
        )}
        {staged.status === 'taken' ? null : (
          <section class="panel">
            <h2>変わる行（先頭の{changes.length}件）</h2>
            <Table
              caption="変わる行"
              columns={[
                { head: '変更', cell: ({ change }) => CHANGE_LABELS[change] },
                { head: '管理番号', cell: ({ entryId }) => entryId },
                { head: '現在の名称', cell: ({ before }) => before ?? '—' },
                { head: '取り込み後の名称', cell: ({ after }) => after ?? '—' },
              ]}
              rows={changes}
              empty="変わる行はありません。"
            />
          </section>
        )}
      </>
    ),
  });
}

/** A file with only a part of the list, taken by mistake, would remove the rest. */
function Removal({ staged }: { staged: ListImportRow }) {
  const before = staged.removed + staged.changed + staged.same;
  if (staged.status === 'taken' || staged.removed * 2 <= before) return null;
  return (
    <p class="notice notice-warning">
      現在の版の{countText(before)}のうち{countText(staged.removed)}
      が削除されます。ファイルにリスト全体が入っているか確認してください。
    </p>
  );
}

/** Whom a row is about cannot be read: the entry that it keeps from the file would be shown as deleted. */
function UnknownRows({ staged }: { staged: ListImportRow }) {
  if (staged.status === 'taken' || staged.unknownRows === 0 || staged.removed === 0) return null;
  return (
    <p class="notice notice-warning">
      取り込めない行のうち{countText(staged.unknownRows)}
      は、管理番号も名称も読めません。その行の登録が「削除」に含まれている可能性があります。
    </p>
  );
}

function TakeForm({ frame, list, staged }: { frame: Frame; list: ListName; staged: ListImportRow }) {
  if (staged.status === 'taken') return null;
  if (staged.rows === 0) {
    return <p class="notice notice-warning">取り込める行が1行もありません。リストは変更できません。</p>;
  }
  return (
    <form method="post" action={`/staff/lists/${list}/imports/${staged.id}/take`}>
      <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
      <p class="hint">
        取り込むと新しい版になり、契約中のすべてのお客様を新しい版で確認し直します。以前の版にはいつでも戻せます。
        {listNeedsTwo(list, staged.baseVersion)
          ? '反社会的勢力リストは、承認者が確認すると取り込まれます。'
          : null}
      </p>
      <div class="actions">
        <button class="button button-primary" type="submit">
          {countText(staged.rows)}を取り込む
        </button>
        <a class="button button-secondary" href={`/staff/lists/${list}`}>
          取り込まない
        </a>
      </div>
    </form>
  );
}

function Notes(props: { title: string; hint: string; notes: readonly BadRow[]; total: number }) {
  const { title, hint, notes, total } = props;
  const shown = notes.slice(0, SHOWN_NOTES);
  return (
    <section class="panel">
      <h2>{title}</h2>
      <p class="hint">{hint}</p>
      <Table
        caption={title}
        columns={[
          { head: '行', cell: ({ line }) => `${line}行目` },
          { head: '理由', cell: ({ reason }) => reason },
        ]}
        rows={shown}
        empty=""
      />
      {total > shown.length ? <p class="hint">ほか{countText(total - shown.length)}</p> : null}
    </section>
  );
}

/** What each column of the file was taken for, and which are not read. */
function Columns({ staged }: { staged: ListImportRow }) {
  if (staged.columns.length === 0) return null;
  return (
    <section class="panel">
      <h2>列の読み方</h2>
      <Table
        caption="列の読み方"
        columns={[
          { head: 'ファイルの見出し', cell: ({ heading }) => (heading === '' ? '（見出しなし）' : heading) },
          { head: '読み方', cell: ({ as }) => (as === null ? '取り込まない' : COLUMN_LABELS[as]) },
        ]}
        rows={staged.columns}
        empty=""
      />
    </section>
  );
}
