import type { ReconciliationFigures, RoundFigures } from '../../../db/queries/reconcile/figures.ts';
import type { DifferenceRow } from '../../../db/queries/reconcile/rounds.ts';
import type { Difference } from '../../../domain/desk/reconcile.ts';
import { type Reconciled, termOf } from '../../../domain/desk/reconciled.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import type { StatusTerm } from '../../../domain/processes/types.ts';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import type { frame } from '../console.ts';

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

export interface ReconciliationPage {
  frame: ReturnType<typeof frame>;
  figures: ReconciliationFigures;
  differences: readonly DifferenceRow[];
}

/** Figures of the comparison and every case of which row and workflow say different things. */
export function reconciliationPage({ frame: outer, figures, differences }: ReconciliationPage) {
  return staffPage({
    ...outer,
    title: '記録の照合',
    children: (
      <>
        <h1>記録の照合</h1>
        <p class="lead">
          記録（データベース）と手続き（ワークフロー）が同じことを示しているかを、順に照合しています。処理中の操作は自動で送り直されるため、ここには現れません。食い違いがなくなると、この一覧と担当タスクから自動で消えます。
        </p>
        <Facts facts={factsOf(figures)} />
        <h2>食い違い（{figures.told}件）</h2>
        <Table
          caption="記録と手続きの食い違い"
          rows={differences}
          empty="食い違いはありません。"
          columns={[
            { head: '対象', cell: (row) => <CaseLink row={row} /> },
            {
              head: '食い違い',
              cell: (row) => (
                <ul>
                  {row.found.map((each) => (
                    <li>{differenceText(row.kind, each)}</li>
                  ))}
                </ul>
              ),
            },
            { head: '見つかった日時', cell: ({ seenAt }) => instantText(seenAt) },
            { head: '最後の照合', cell: ({ comparedAt }) => instantText(comparedAt) },
          ]}
        />
      </>
    ),
  });
}

function CaseLink({ row: { kind, caseId, workflowId } }: { row: DifferenceRow }) {
  const { page } = termOf(kind);
  return (
    <>
      {page === null ? (
        CASES[kind]
      ) : (
        <a class="row-link" href={subjectPath({ subjectType: page, subjectId: caseId })}>
          {CASES[kind]}
        </a>
      )}
      <small class="under">{workflowId}</small>
    </>
  );
}

function differenceText(kind: Reconciled, { field, row, workflow }: Difference): string {
  const said = (value: string | null) => (value === null ? 'なし' : wordFor(kind, value));
  return `${FIELDS[field] ?? field}：記録は「${said(row)}」、手続きは「${said(workflow)}」`;
}

function wordFor(kind: Reconciled, value: string): string {
  const statuses: Readonly<Record<string, StatusTerm>> = STATUS[termOf(kind).statuses];
  return statuses[value]?.label ?? WORDS[value] ?? value;
}

function factsOf({ comparedAt, last, current, told, unanswered }: ReconciliationFigures) {
  return [
    {
      label: '最後の照合',
      value: comparedAt === null ? 'まだ照合していません' : instantText(new Date(comparedAt)),
    },
    { label: '前回の一巡', value: last === null ? 'まだありません' : roundText(last) },
    { label: '今回の一巡', value: current === null ? 'これから始まります' : roundText(current) },
    { label: '食い違い', value: `${told}件` },
    { label: '応答のない操作', value: `${unanswered}件` },
  ];
}

const roundText = ({ checked, differing, healing, silent, finishedAt }: RoundFigures): string => {
  const until = finishedAt === null ? '（途中）' : `（${instantText(new Date(finishedAt))}まで）`;
  return `照合 ${checked}件、一致せず ${differing}件、処理中 ${healing}件、応答なし ${silent}件${until}`;
};
