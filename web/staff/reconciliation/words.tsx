import type { DifferenceRow } from '../../../db/queries/reconcile/rounds.ts';
import type { Difference } from '../../../domain/desk/reconcile.ts';
import { type Reconciled, termOf } from '../../../domain/desk/reconciled.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import type { StatusTerm } from '../../../domain/processes/types.ts';
import type { WebConfig } from '../../dependencies.ts';

const CASES: Readonly<Record<Reconciled, string>> = {
  application: '申込',
  contract: '契約',
  suspension: '停止',
  discontinuation: '廃止',
  notice: '通知',
  termsEdition: '利用規約の版',
  feeChange: '料金変更',
  offBoarding: '契約終了後の手続き',
  deletion: 'データ削除',
  dataRequest: '開示等の請求',
  contactChange: '連絡先の変更',
  customerChange: '会社名・所在地・代表者の変更',
  campaign: 'キャンペーンの条件',
};

const FIELDS: Readonly<Record<string, string>> = {
  workflow: '手続き',
  status: '状態',
  endsOn: '終了日',
  endsAt: '終了日時',
  dueOn: '期限',
  task: '担当タスク',
  request: '申込',
  command: '操作',
};

const WORDS: Readonly<Record<string, string>> = {
  missing: '見つかりません',
  stuck: '失敗を繰り返しています',
  completed: '終わっています',
  failed: '失敗して終わっています',
  terminated: '強制終了されています',
  cancelled: '取り消されています',
  unanswered: '1時間以上応答がありません',
};

/** What the activities do that fail most likely, because somebody else is needed for them; others go by their names. */
const ACTIVITIES: Readonly<Record<string, string>> = {
  sendMail: 'メールの送信',
  sendPage: '通知のメールの送信',
  issueCertificate: '契約証書の作成',
  checkApplication: '申込の確認（法人番号などの照会）',
  suspendTelephony: '電話サービスの停止',
  reactivateTelephony: '電話サービスの再開',
};

/** What differs in one sentence, the cause first where it is a failure. */
export function differenceText(kind: Reconciled, { field, row, workflow }: Difference): string {
  if (field === 'activity') {
    const name = workflow ?? '';
    return `「${ACTIVITIES[name] ?? name}」の処理が失敗を繰り返しています。相手のサービスと設定を確認してください。`;
  }
  if (field === 'workflow' && workflow === 'stuck') {
    return '手続きのプログラムが失敗を繰り返し、先に進めません。開発の担当に連絡してください。';
  }
  const said = (value: string | null) => (value === null ? 'なし' : wordFor(kind, value));
  return `${FIELDS[field] ?? field}：記録は「${said(row)}」、手続きは「${said(workflow)}」`;
}

function wordFor(kind: Reconciled, value: string): string {
  const statuses: Readonly<Record<string, StatusTerm>> = STATUS[termOf(kind).statuses];
  return statuses[value]?.label ?? WORDS[value] ?? value;
}

/** The case that differs, with the way to its page and to its history in Temporal's own user interface. */
export function CaseLink(props: { row: DifferenceRow; config: TemporalUi; ofTable?: boolean }) {
  const { row, config, ofTable = false } = props;
  const { kind, caseId, workflowId } = row;
  const { page } = termOf(kind);
  const history = historyHref(config, workflowId);
  return (
    <>
      {page === null ? (
        CASES[kind]
      ) : (
        <a
          class={ofTable ? 'row-link' : undefined}
          href={subjectPath({ subjectType: page, subjectId: caseId })}
        >
          {CASES[kind]}
        </a>
      )}
      <small class="under">
        {history === null ? workflowId : <a href={history}>Temporalで手続きの履歴を見る（{workflowId}）</a>}
      </small>
    </>
  );
}

/** The settings of links to Temporal. */
export type TemporalUi = Pick<WebConfig, 'TEMPORAL_UI_URL' | 'TEMPORAL_NAMESPACE'>;

/** Where Temporal's own user interface shows a workflow; null where no address of it is set. */
export function historyHref(
  { TEMPORAL_UI_URL, TEMPORAL_NAMESPACE }: TemporalUi,
  workflowId: string,
): string | null {
  if (TEMPORAL_UI_URL === undefined) return null;
  const base = TEMPORAL_UI_URL.replace(/\/$/, '');
  return `${base}/namespaces/${encodeURIComponent(TEMPORAL_NAMESPACE)}/workflows/${encodeURIComponent(workflowId)}`;
}
