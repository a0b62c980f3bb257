import type { ReconciliationFigures, RoundFigures } from '../../../db/queries/reconcile/figures.ts';
import type { DifferenceRow } from '../../../db/queries/reconcile/rounds.ts';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import type { frame } from '../console.ts';
import { CaseLink, differenceText, type TemporalUi } from './words.tsx';

export interface ReconciliationPage {
  frame: ReturnType<typeof frame>;
  figures: ReconciliationFigures;
  differences: readonly DifferenceRow[];
  config: TemporalUi;
}

/** Figures of the comparison and every case of which row and workflow say different things. */
export function reconciliationPage({ frame: outer, figures, differences, config }: ReconciliationPage) {
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
            { head: '対象', cell: (row) => <CaseLink row={row} config={config} ofTable /> },
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
