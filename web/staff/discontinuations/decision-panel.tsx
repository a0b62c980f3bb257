import type { TaskRow } from '../../../db/queries/task/find.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import type { DiscontinuationVerdict } from '../../../workflows/discontinuation/messages.ts';
import { accessTo } from '../desk/access.ts';
import { DecisionForm, DecisionPanel } from '../desk/decision-form.tsx';
import type { DiscontinuationPage } from './record-page.tsx';
import { PATH } from './words.ts';

const STAGES = [
  'discontinuationReview',
  'discontinuationApproval',
  'refundReview',
  'refundApproval',
] as const;
export type DecisionTask = TaskRow & { kind: (typeof STAGES)[number] };

/** The decision that is open, if one is. */
export function openDecision(tasks: readonly TaskRow[]): DecisionTask | null {
  const found = tasks.find((task): task is DecisionTask => STAGES.some((kind) => kind === task.kind));
  return found ?? null;
}

interface Choice {
  value: DiscontinuationVerdict;
  label: string;
}

const VERDICTS: Record<DecisionTask['kind'], { lead: string; choices: readonly Choice[] }> = {
  discontinuationReview: {
    lead: '下の影響と返金を確かめ、承認者に進めてよいかを判断してください。',
    choices: [
      { value: 'agree', label: '確認した。承認者に進める' },
      { value: 'reject', label: '認めない' },
    ],
  },
  discontinuationApproval: {
    lead: '承認すると、お客様への通知、新しい申込の停止、契約期間の短縮がすぐに始まります。',
    choices: [
      { value: 'agree', label: '承認する' },
      { value: 'reject', label: '認めない' },
    ],
  },
  refundReview: {
    lead: '振込先のある返金をまとめ、承認者に提出します。振込先のない契約は次のリストに回ります。',
    choices: [{ value: 'agree', label: '返金リストを提出する' }],
  },
  refundApproval: {
    lead: '金額と振込先を確かめてください。承認すると、銀行に渡す振込データをダウンロードできます。',
    choices: [
      { value: 'agree', label: '承認する' },
      { value: 'sendBack', label: '請求担当に差し戻す' },
    ],
  },
};

/** The verdicts that are open on a task; words alone are asked for. */
export function verdictsOf(task: DecisionTask | null): Partial<Record<DiscontinuationVerdict, []>> {
  const choices = task === null ? [] : VERDICTS[task.kind].choices;
  return Object.fromEntries(choices.map(({ value }) => [value, []]));
}

/** The open decision: its form for whoever may take it, in words why not for others. */
export function DiscontinuationDecision({ page }: { page: DiscontinuationPage }) {
  const { detail, frame } = page;
  const task = openDecision(detail.tasks);
  if (task === null) return null;
  const { lead, choices } = VERDICTS[task.kind];
  return (
    <DecisionPanel access={accessTo(task, frame.signedIn.staff)} heading={TASKS[task.kind].label}>
      <p>{lead}</p>
      <DecisionForm
        page={page}
        form="decide"
        action={`${PATH}/${detail.row.id}/decide`}
        taskId={task.id}
        verdicts={choices}
        hidden={{ figures: detail.figures }}
      />
    </DecisionPanel>
  );
}
