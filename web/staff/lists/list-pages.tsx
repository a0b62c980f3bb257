import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import type { ListVersionRow } from '../../../db/queries/screening-list/read.ts';
import type { ListName } from '../../../db/schema/index.ts';
import { ErrorSummary, errorFor, type FieldError } from '../../components/errors.tsx';
import { FileField, TextAreaField } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { actionText } from '../../components/timeline.tsx';
import { instantText } from '../../format.ts';
import { actorName, LIST_LABELS, labelOf } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { countText } from './import-pages.tsx';

type Frame = ReturnType<typeof frame>;
type Names = ReadonlyMap<string, string>;

/** The lists with their current versions. */
export function listsPage(props: {
  frame: Frame;
  lists: readonly { list: ListName; versions: readonly ListVersionRow[] }[];
  names: Names;
}) {
  const rows = props.lists.map(({ list, versions }) => ({
    list,
    current: versions.find((version) => version.current) ?? null,
  }));
  return staffPage({
    ...props.frame,
    title: '照合リスト',
    children: (
      <>
        <h1>照合リスト</h1>
        <p class="lead">
          申込の審査と、契約中のお客様の確認に使うリストです（第4条4項②③、第10条2項③、第15条1項⑤）。
        </p>
        <Table
          caption="照合リスト"
          columns={[
            {
              head: 'リスト',
              cell: ({ list }) => (
                <a class="row-link" href={`/staff/lists/${list}`}>
                  {labelOf(LIST_LABELS, list)}
                </a>
              ),
            },
            {
              head: '現在の版',
              cell: ({ current }) => (current === null ? '未登録' : `第${current.version}版`),
            },
            {
              head: '登録数',
              cell: ({ current }) => (current === null ? '—' : countText(current.entries)),
              numeric: true,
            },
            {
              head: '取り込み',
              cell: ({ current }) =>
                current === null ? '—' : <Imported row={current} names={props.names} />,
            },
            {
              head: '契約の再チェック',
              cell: ({ list, current }) => (current === null ? '—' : <RunLink list={list} row={current} />),
            },
          ]}
          rows={rows}
          empty=""
        />
      </>
    ),
  });
}

function Imported({ row, names }: { row: ListVersionRow; names: Names }) {
  return (
    <>
      {instantText(row.createdAt)}
      <small class="under">{actorName(row.importedBy, names)}</small>
    </>
  );
}

/** The state of a version's re-screening in words. */
function runText({ rescreening: run }: ListVersionRow): string {
  if (run === null) return '未実施';
  const found = `一致 ${countText(run.found)}`;
  switch (run.status) {
    case 'running':
      return `実施中（${run.done} / ${countText(run.contracts)}）・${found}`;
    case 'done':
      return `完了（${countText(run.done)}）・${found}`;
    case 'superseded':
      return '中止（新しい版で実施）';
  }
}

function RunLink({ list, row }: { list: ListName; row: ListVersionRow }) {
  return row.current ? <a href={`/staff/lists/${list}/rescreening`}>{runText(row)}</a> : runText(row);
}

const mayManage = (frame: Frame): boolean => hasRole(frame.signedIn.staff, MAY.manageLists);

function ImportForm(props: { frame: Frame; list: ListName; errors: readonly FieldError[] }) {
  const { frame, list, errors } = props;
  return (
    <section class="panel">
      <h2>CSVファイルの取り込み</h2>
      <form method="post" action={`/staff/lists/${list}/import`} enctype="multipart/form-data" novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <FileField
          name="listFile"
          label="リスト全体のCSVファイル"
          required
          accept=".csv,text/csv"
          error={errorFor(errors, 'listFile')}
          hint={
            <>
              UTF-8またはShift_JIS、100MB・50万行まで。1行目は見出しです（管理番号、種別、名称は必須。フリガナ、別名、生年月日、住所、電話番号、法人番号）。
              <br />
              次の画面で、何が変わるかを確認してから取り込みます。
            </>
          }
        />
        <button class="button button-primary" type="submit">
          ファイルを読み込んで確認する
        </button>
      </form>
    </section>
  );
}

/** One list: its versions, the form for a new one, and what was done to it. */
export function listPage(props: {
  frame: Frame;
  list: ListName;
  versions: readonly ListVersionRow[];
  history: readonly AuditRow[];
  names: Names;
  errors: readonly FieldError[];
}) {
  const { frame, list, versions, history, names, errors } = props;
  const label = labelOf(LIST_LABELS, list);
  return staffPage({
    ...frame,
    title: label,
    hasErrors: errors.length > 0,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/lists">照合リスト</a>
        </p>
        <h1>{label}</h1>
        <p class="lead">リスト全体のファイルを取り込むと新しい版になります。以前の版にも戻せます。</p>
        <ErrorSummary errors={errors} />
        {mayManage(frame) ? <ImportForm frame={frame} list={list} errors={errors} /> : null}
        <section class="panel">
          <h2>版</h2>
          <Table
            caption={`${label}の版`}
            columns={[
              {
                head: '版',
                cell: ({ version, current }) => (
                  <>
                    第{version}版 {current ? <span class="badge badge-good">現在の版</span> : null}
                  </>
                ),
              },
              { head: '登録数', cell: ({ entries }) => countText(entries), numeric: true },
              { head: '取り込み', cell: (row) => <Imported row={row} names={names} /> },
              { head: '契約の再チェック', cell: (row) => <RunLink list={list} row={row} /> },
              {
                head: '操作',
                cell: ({ version, current }) =>
                  current || !mayManage(frame) ? (
                    ''
                  ) : (
                    <a href={`/staff/lists/${list}/versions/${version}/rollback`}>第{version}版に戻す</a>
                  ),
              },
            ]}
            rows={versions}
            empty="まだ取り込まれていません。"
          />
        </section>
        <section class="panel">
          <h2>操作の記録</h2>
          <Table
            caption="操作の記録"
            columns={[
              { head: '日時', cell: ({ at }) => instantText(at) },
              { head: '担当者', cell: ({ actor }) => actorName(actor, names) },
              { head: '操作', cell: actionText },
              { head: '内容', cell: (row) => historyText(row) },
            ]}
            rows={[...history].reverse()}
            empty="記録はまだありません。"
          />
        </section>
      </>
    ),
  });
}

/** What an audit entry of a list says, in words. */
function historyText({ action, after }: AuditRow): string {
  const value = (name: string) => {
    const found = (after as Record<string, unknown> | null)?.[name];
    return typeof found === 'number' || typeof found === 'string' ? String(found) : '';
  };
  const version = `第${value('version')}版`;
  switch (action) {
    case 'list.imported':
      return `${version}（追加 ${value('added')}・変更 ${value('changed')}・削除 ${value('removed')}・取り込めない行 ${value('badRows')}）`;
    case 'list.rolledBack':
      return value('reason') === '' ? version : `${version}（理由：${value('reason')}）`;
    case 'rescreening.started':
      return `${version}・契約 ${value('contracts')}件`;
    default:
      return '';
  }
}

/** How far the re-screening of live contracts against the current version is. */
export function rescreeningPage(props: { frame: Frame; list: ListName; current: ListVersionRow }) {
  const { frame, list, current } = props;
  const label = labelOf(LIST_LABELS, list);
  const run = current.rescreening;
  const running = run === null || run.status === 'running';
  return staffPage({
    ...frame,
    title: `${label} 第${current.version}版による契約の再チェック`,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href="/staff/lists">照合リスト</a> / <a href={`/staff/lists/${list}`}>{label}</a>
        </p>
        <h1>契約の再チェック</h1>
        <p class="lead">
          {label} 第{current.version}版（{countText(current.entries)}）が現在の版です。
        </p>
        {run === null ? (
          <p>まだ始まっていません。数分たっても始まらないときは、開始してください。</p>
        ) : (
          <>
            <progress
              class="progress"
              max={Math.max(1, run.contracts)}
              value={run.contracts === 0 && !running ? 1 : Math.min(run.done, run.contracts)}
              aria-label="再チェックの進み具合"
            />
            <p>
              <b>{runText(current)}</b>
            </p>
          </>
        )}
        <p class="hint">
          一致が見つかった契約は、法務担当の担当タスクになります。契約に対する処理が自動で行われることはありません（第10条2項③、第15条1項⑤）。
          {running ? '画面は自動で更新されます。' : ''}
        </p>
        {run?.status === 'running' || !mayManage(frame) ? null : (
          <form method="post" action={`/staff/lists/${list}/rescreening`}>
            <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
            <div class="actions">
              <button class="button button-secondary" type="submit">
                {run === null ? '再チェックを開始する' : 'もう一度再チェックする'}
              </button>
            </div>
          </form>
        )}
      </div>
    ),
  });
}

/** Going back to an earlier version, with a reason. */
export function rollbackPage(props: {
  frame: Frame;
  list: ListName;
  target: ListVersionRow;
  commandId: string;
  reason: string;
  errors: readonly FieldError[];
}) {
  const { frame, list, target, reason, errors } = props;
  const label = labelOf(LIST_LABELS, list);
  return staffPage({
    ...frame,
    title: `${label}を第${target.version}版に戻す`,
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href="/staff/lists">照合リスト</a> / <a href={`/staff/lists/${list}`}>{label}</a>
        </p>
        <h1>第{target.version}版に戻す</h1>
        <p class="lead">
          第{target.version}版（{instantText(target.createdAt)} 取り込み・{countText(target.entries)}
          ）を現在の版にし、契約中のすべてのお客様を確認し直します。
        </p>
        <ErrorSummary errors={errors} />
        <form method="post" action={`/staff/lists/${list}/versions/${target.version}/rollback`} novalidate>
          <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
          <input type="hidden" name="commandId" value={props.commandId} />
          <TextAreaField
            name="reason"
            label="戻す理由"
            required
            rows={3}
            hint="操作の記録に残ります。"
            value={reason}
            error={errorFor(errors, 'reason')}
          />
          <div class="actions">
            <button class="button button-primary" type="submit">
              第{target.version}版に戻す
            </button>
            <a class="button button-secondary" href={`/staff/lists/${list}`}>
              戻さない
            </a>
          </div>
        </form>
      </div>
    ),
  });
}
