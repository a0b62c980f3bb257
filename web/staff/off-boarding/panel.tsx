import type { OffBoardingStepRow } from '../../../db/queries/off-boarding/steps.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { amountText, CAUSE_LABELS, STEP_LABELS } from './words.ts';

/** The steps after the end of a contract; nothing before there are any. */
export function OffBoardingPanel({
  contractId,
  steps,
  names,
}: {
  contractId: string;
  steps: readonly OffBoardingStepRow[];
  names: ReadonlyMap<string, string>;
}) {
  if (steps.length === 0) return null;
  return (
    <section class="panel">
      <h3>契約終了後の手続き</h3>
      <StepTable steps={steps} names={names} />
      <p>
        <a href={`/staff/contracts/${contractId}/off-boarding`}>手続きの詳細と担当者の作業</a>
      </p>
    </section>
  );
}

export function StepTable({
  steps,
  names,
}: {
  steps: readonly OffBoardingStepRow[];
  names: ReadonlyMap<string, string>;
}) {
  return (
    <Table
      caption="契約終了後の手続き"
      rows={steps}
      empty="手続きはまだ始まっていません。"
      columns={[
        { head: '手順', cell: ({ step }) => STEP_LABELS[step].label },
        { head: '状態', cell: ({ state }) => <StatusBadge kind="offBoarding" value={state} /> },
        { head: '内容', cell: (row) => contentOf(row, names) },
        {
          head: '日時',
          cell: ({ state, cause, changedAt }) =>
            state === 'waiting' && cause === null ? '' : instantText(changedAt),
        },
      ]}
    />
  );
}

function contentOf(row: OffBoardingStepRow, names: ReadonlyMap<string, string>): string {
  if (row.completedBy !== null) return `手作業で完了（${actorName(row.completedBy, names)}）`;
  if (row.cause !== null) return CAUSE_LABELS[row.cause];
  return amountText(row.step, row.amount);
}
