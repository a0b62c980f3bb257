import type { SessionStaff } from '../../../db/queries/session/find.ts';
import type { TaskRow } from '../../../db/queries/task/find.ts';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import { ROLE_LABELS } from '../../../domain/desk/roles.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import type { DiscontinuationVerdict } from '../../../workflows/discontinuation/messages.ts';
import type { FieldError } from '../../components/errors.tsx';
import { VerdictFields } from '../verdict-fields.tsx';
import type { DiscontinuationPage } from './record-page.tsx';
import { PATH } from './words.ts';

/** The form that came back with errors, by its name. */
export interface DiscontinuationDraft {
  form: 'decide' | 'recompute' | 'cancel';
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
}

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

/** Whether a person may decide it, or why not. */
export function decisionAccess(
  task: DecisionTask,
  staff: SessionStaff,
): { may: true } | { may: false; why: string } {
  if (task.excludedStaff.includes(staff.id)) {
    return {
      may: false,
      why: 'ご自身が提案・確認・提出したもののため、判断できません。別の担当者が判断します（第16条）。',
    };
  }
  if (staff.roles.some((role) => role === task.role)) return { may: true };
  return {
    may: false,
    why: `この判断は${ROLE_LABELS[task.role as StaffRole]}が行います。あなたの役割では判断できません。`,
  };
}

interface Choice {
  value: DiscontinuationVerdict;
  label: string;
}

export const VERDICTS: Record<DecisionTask['kind'], { lead: string; choices: readonly Choice[] }> = {
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

/** The open decision: its form for whoever may take it, in words why not for others. */
export function DecisionPanel({ page }: { page: DiscontinuationPage }) {
  const { detail, draft, frame, newId } = page;
  const task = openDecision(detail.tasks);
  if (task === null) return null;
  const access = decisionAccess(task, frame.signedIn.staff);
  const { lead, choices } = VERDICTS[task.kind];
  const mine = draft?.form === 'decide' ? draft : null;
  return (
    <section class={access.may ? 'panel panel-strong' : 'panel'}>
      <h2>{TASKS[task.kind].label}</h2>
      {access.may ? (
        <>
          <p>{lead}</p>
          <form method="post" action={`${PATH}/${detail.row.id}/decide`} novalidate>
            <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
            <input type="hidden" name="commandId" value={mine?.values.commandId ?? newId()} />
            <input type="hidden" name="taskId" value={task.id} />
            <input type="hidden" name="figures" value={detail.figures} />
            <VerdictFields
              typed={mine}
              prefix="decide"
              choices={choices}
              hint="何を確かめてそう判断したかを書いてください。社内だけに残ります。"
            />
            <button class="button button-primary" type="submit">
              判断を確定する
            </button>
          </form>
        </>
      ) : (
        <p class="hint">{access.why}</p>
      )}
    </section>
  );
}
