import type { HoldRow } from '../../../../db/queries/deletion/hold.ts';
import type { PlannedTable } from '../../../../db/queries/deletion/plan.ts';
import type { ContractDetail } from '../../../../db/queries/read/contract-detail.ts';
import { AT_DELETION, DATA_MAP_TABLES, RETENTION_RULES } from '../../../../domain/data-map/index.ts';
import { StatusBadge } from '../../../components/badge.tsx';
import { ErrorSummary, errorFor, type FieldError } from '../../../components/errors.tsx';
import { Facts } from '../../../components/facts.tsx';
import { TextAreaField } from '../../../components/field.tsx';
import { staffPage } from '../../../components/layout.tsx';
import { Table } from '../../../components/table.tsx';
import { dateWithEra, instantText } from '../../../format.ts';
import { actorName } from '../../../glossary.ts';
import type { frame } from '../../console.ts';
import { accessTo } from '../../desk/access.ts';
import { hasRole, MAY } from '../../rights.ts';
import type { DeletionState } from './panel.tsx';
import { STEP_LABELS, storeTitle } from './words.ts';

export interface DeletionPage {
  frame: ReturnType<typeof frame>;
  detail: ContractDetail;
  deletion: DeletionState;
  plan: readonly PlannedTable[];
  names: ReadonlyMap<string, string>;
  /** The form that came back with an error: the id of the hold, or `new`. */
  draft: { form: string; reason: string; errors: readonly FieldError[] } | null;
  newId: () => string;
}

/** The deletion of a contract's data: state, holds, what would go and what stays, what was done and found. */
export function deletionPage(page: DeletionPage) {
  const { detail, deletion } = page;
  const { contract, customer } = detail;
  const errors = page.draft?.errors ?? [];
  const title = `${customer.name}の契約のデータ削除`;
  return staffPage({
    ...page.frame,
    title,
    hasErrors: errors.length > 0,
    children: (
      <>
        <p class="eyebrow">
          <a href={`/staff/contracts/${contract.id}`}>契約</a>
        </p>
        <h1>{title}</h1>
        <ErrorSummary errors={errors} />
        <StatePanel deletion={deletion} page={page} />
        <HoldsPanel page={page} />
        <PlanPanel plan={page.plan} done={deletion.row?.status === 'done'} />
        <StepsPanel deletion={deletion} />
      </>
    ),
  });
}

function StatePanel({ deletion: { row }, page }: { deletion: DeletionState; page: DeletionPage }) {
  if (row === null) {
    return (
      <section class="panel">
        <h2>状態</h2>
        <p>契約の終了後に、猶予期間を置いて自動で削除します。保留は今から設定できます。</p>
      </section>
    );
  }
  const problem = page.detail.tasks.find(
    ({ kind, cause }) => kind === 'deletionProblem' && cause === 'leftovers',
  );
  const mayRetry = problem !== undefined && hasRole(page.frame.signedIn.staff, ['legal']);
  return (
    <section class="panel">
      <h2>
        状態 <StatusBadge kind="deletion" value={row.status} />
      </h2>
      <Facts
        facts={[
          { label: '契約終了日', value: dateWithEra(row.endedOn) },
          { label: '削除の期日', value: dateWithEra(row.dueOn) },
          {
            label: '削除した日',
            value: row.deletedOn === null ? 'まだ削除していません' : dateWithEra(row.deletedOn),
          },
          {
            label: '証明書',
            value:
              row.proofDocumentId === null ? (
                'まだ発行していません'
              ) : (
                <a href={`/staff/archive/${row.proofDocumentId}`}>データ削除証明書を見る</a>
              ),
          },
          ...(row.proofMail === null ? [] : [{ label: '証明書の送付', value: PROOF_MAIL[row.proofMail] }]),
        ]}
      />
      {row.leftovers.length === 0 ? null : (
        <>
          <h3>削除後の検索で残っていたもの</h3>
          <ul>
            {row.leftovers.map(({ store, count }) => (
              <li>
                {storeTitle(store)}（<code>{store}</code>）：{count}件
              </li>
            ))}
          </ul>
          {mayRetry ? (
            <form method="post" action={`/staff/contracts/${row.contractId}/deletion/retry`}>
              <Hidden page={page} />
              <input type="hidden" name="taskId" value={problem.id} />
              <button class="button button-primary" type="submit">
                確認したので、もう一度削除して検索する
              </button>
            </form>
          ) : (
            <p class="hint">法務担当が原因を確認し、もう一度実行します。</p>
          )}
        </>
      )}
    </section>
  );
}

const PROOF_MAIL = {
  sent: '登録連絡先に送付しました',
  refused: '登録連絡先のサーバーが受け取りませんでした（郵送が必要です）',
  unreachable: '登録連絡先に届かないため送付していません（郵送が必要です）',
} as const;

function HoldsPanel({ page }: { page: DeletionPage }) {
  const { holds, row } = page.deletion;
  const { staff } = page.frame.signedIn;
  const may = hasRole(staff, MAY.holdDeletion);
  const open = row === null || row.status === 'waiting' || row.status === 'held';
  return (
    <section class="panel" id="holds">
      <h2>削除保留</h2>
      <p class="hint">
        係争や当局の求めなどで証拠を残す必要があるとき、削除を止めます。設定した時点で削除は止まり、別の担当者が確認します。解くときも二人で行います。
      </p>
      {holds.length === 0 ? <p class="empty">保留はありません。</p> : null}
      {holds.map((hold) => (
        <Hold page={page} hold={hold} may={may} />
      ))}
      {may && open ? (
        <form method="post" action={`${pathOf(page)}/holds`} novalidate>
          <Hidden page={page} />
          <Reason page={page} form="new" label="保留する理由" />
          <button class="button button-primary" type="submit">
            削除を保留する
          </button>
        </form>
      ) : null}
      {open ? null : <p class="hint">削除が始まったため、保留はできません。</p>}
    </section>
  );
}

function Hold({ page, hold, may }: { page: DeletionPage; hold: HoldRow; may: boolean }) {
  const { names } = page;
  const { staff } = page.frame.signedIn;
  const task = page.detail.tasks.find(({ kind, about }) => kind === 'holdDecision' && about === hold.id);
  const access = accessTo(task, staff, '確認の準備をしています。');
  const waits = hold.status === 'proposed' || hold.status === 'liftProposed';
  const action = `${pathOf(page)}/holds/${hold.id}`;
  return (
    <article class="panel" aria-label="削除保留">
      <p>
        <StatusBadge kind="hold" value={hold.status} /> {actorName(hold.proposedBy, names)}（
        {instantText(hold.proposedAt)}）
      </p>
      {hold.reason === '' ? null : <p class="lines">{hold.reason}</p>}
      {hold.liftReason === '' ? null : <p class="lines">解除の理由：{hold.liftReason}</p>}
      {waits && !access.may ? <p class="hint">{access.why}それまで削除は止まっています。</p> : null}
      {waits && access.may ? (
        <form method="post" action={`${action}/decision`} class="button-row">
          <Hidden page={page} />
          <input type="hidden" name="taskId" value={access.task.id} />
          <button class="button button-small button-primary" type="submit" name="verdict" value="confirm">
            {hold.status === 'proposed' ? '保留を確認する' : '解除を認める'}
          </button>
          <button class="button button-small button-secondary" type="submit" name="verdict" value="reject">
            {hold.status === 'proposed' ? '保留を認めない' : '解除を認めない'}
          </button>
        </form>
      ) : null}
      {may && hold.status === 'active' ? (
        <form method="post" action={`${action}/lift`} novalidate>
          <Hidden page={page} />
          <Reason page={page} form={hold.id} label="解除する理由" />
          <button class="button button-small button-secondary" type="submit">
            解除を申し出る
          </button>
        </form>
      ) : null}
    </article>
  );
}

function Reason({ page, form, label }: { page: DeletionPage; form: string; label: string }) {
  const draft = page.draft?.form === form ? page.draft : null;
  const id = `${form}-reason`;
  return (
    <TextAreaField
      id={id}
      name="reason"
      label={label}
      required
      rows={3}
      value={draft?.reason ?? ''}
      error={errorFor(draft?.errors ?? [], id)}
    />
  );
}

function Hidden({ page }: { page: DeletionPage }) {
  return (
    <>
      <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={page.newId()} />
    </>
  );
}

const pathOf = ({ detail }: DeletionPage) => `/staff/contracts/${detail.contract.id}/deletion`;

/** The dry run: by the conditions that the deletion itself uses. */
function PlanPanel({ plan, done }: { plan: readonly PlannedTable[]; done: boolean }) {
  return (
    <section class="panel" id="plan">
      <h2>{done ? '残っている行' : 'いま削除した場合に消えるもの、残るもの'}</h2>
      <p class="hint">
        データマップに従います。この画面を開いても、何も変わりません。
        <a href="/staff/data-map">データマップを見る</a>
      </p>
      <Table
        caption="削除の対象"
        rows={plan}
        empty="対象の行はありません。"
        columns={[
          { head: '表', cell: ({ title, table }) => `${title}（${table}）` },
          { head: '扱い', cell: ({ action }) => AT_DELETION[action] },
          { head: '件数', cell: ({ rows }) => rows, numeric: true },
          { head: 'ファイル', cell: ({ files }) => (files === 0 ? '' : files), numeric: true },
          {
            head: '残る期限',
            cell: ({ table, action }) =>
              action === 'erase' ? '' : RETENTION_RULES[DATA_MAP_TABLES[table]?.retention ?? 'record'],
          },
        ]}
      />
    </section>
  );
}

function StepsPanel({ deletion: { row } }: { deletion: DeletionState }) {
  if (row === null || row.steps.length === 0) return null;
  return (
    <section class="panel" id="steps">
      <h2>実行した手順</h2>
      <Table
        caption="実行した手順"
        rows={row.steps}
        empty=""
        columns={[
          { head: '手順', cell: ({ step }) => STEP_LABELS[step] },
          { head: '日時', cell: ({ atMs }) => instantText(new Date(atMs)) },
          {
            head: '消えたもの',
            cell: ({ removed }) =>
              Object.entries(removed)
                .map(([store, count]) => `${storeTitle(store)} ${count}`)
                .join('、'),
          },
        ]}
      />
    </section>
  );
}
