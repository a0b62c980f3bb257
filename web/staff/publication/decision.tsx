import type { SessionStaff } from '../../../db/queries/session/find.ts';
import { openTasksOf, type TaskRow } from '../../../db/queries/task/find.ts';
import type { PublicationStatus } from '../../../domain/notice/publication.ts';
import type { PublicationInput } from '../../../workflows/publication/messages.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import { PUBLICATION_REASONS, type PublicationVerdict } from '../../reasons.ts';
import type { frame } from '../console.ts';
import { accessTo } from '../desk/access.ts';
import type { DecisionSpec } from '../desk/decision.ts';
import { DecisionForm, DecisionPanel } from '../desk/decision-form.tsx';
import type { Draft } from '../desk/draft.ts';
import { hasRole, MAY } from '../rights.ts';

/** What a person may decide on an edition or a fee change now, or why there is no form. */
export type PublicationAccess =
  | { may: true; task: TaskRow | null; verdicts: readonly PublicationVerdict[] }
  | { may: false; status: 403 | 409; why: string };

const NO_WITHDRAWAL = '取下げは法務担当または承認者が行います。';
const APPROVALS: readonly string[] = ['termsApproval', 'feeChangeApproval'];

/** The task of the second person, if it is open. */
export async function approvalTask(
  { db }: Pick<WebDependencies, 'db'>,
  { subjectType, subjectId }: Pick<PublicationInput, 'subjectType' | 'subjectId'>,
): Promise<TaskRow | null> {
  const open = await openTasksOf(db, { subjectType, subjectId });
  return open.find(({ kind }) => APPROVALS.includes(kind)) ?? null;
}

/** A draft is for a second person of the approver role; an approved one may be withdrawn until its day. */
export function publicationAccess(
  status: PublicationStatus,
  task: TaskRow | null,
  staff: SessionStaff,
): PublicationAccess {
  if (status === 'approved') {
    return hasRole(staff, MAY.withdrawPublication)
      ? { may: true, task: null, verdicts: ['reject'] }
      : { may: false, status: 403, why: NO_WITHDRAWAL };
  }
  const idle =
    status === 'draft'
      ? '承認の準備をしています。少し待ってから開き直してください。'
      : 'いま判断することはありません。';
  const access = accessTo(task, staff, idle);
  return access.may ? { ...access, verdicts: ['approve', 'reject'] } : access;
}

/** The decision on an edition or fee change, for the desk. Throws where somebody may not withdraw what was approved. */
export function publicationDecision(
  deps: WebDependencies,
  subject: {
    input: PublicationInput;
    status: PublicationStatus;
    task: TaskRow | null;
    staff: SessionStaff;
    clause: string;
    href: string;
    again: DecisionSpec<PublicationVerdict>['again'];
  },
): DecisionSpec<PublicationVerdict> {
  const { input, status, task, staff, clause, href, again } = subject;
  const { subjectType, subjectId } = input;
  const link = { href, label: '最新の内容を見る' };
  const withdraws = status === 'approved';
  if (withdraws && !hasRole(staff, MAY.withdrawPublication)) {
    throw new Problem(403, { message: NO_WITHDRAWAL, link });
  }
  return {
    subject: { subjectType, subjectId },
    link,
    ...(withdraws ? {} : { task }),
    ...{ form: 'publication', stage: 'approval', clause, verdicts: PUBLICATION_REASONS, again },
    send: ({ decisionId: _, taskId, ...command }, write) =>
      deps.publications.decide(
        { subjectType, subjectId },
        { ...command, ...(taskId === '' ? {} : { taskId }) },
        write,
      ),
  };
}

/** The second person's form, or the withdrawal of what was approved. */
export function PublicationDecision(props: {
  page: {
    frame: ReturnType<typeof frame>;
    access: PublicationAccess;
    draft: Draft | null;
    newId: () => string;
  };
  action: string;
  approveLabel: string;
}) {
  const { page, action, approveLabel } = props;
  const { access } = page;
  if (!access.may) {
    return access.status === 403 ? <p class="notice">{access.why}</p> : null;
  }
  const { task, verdicts } = access;
  const labels = { approve: approveLabel, reject: task === null ? '取り下げる' : '承認しない' };
  const form = (
    <DecisionForm
      page={page}
      form="publication"
      action={action}
      taskId={task?.id ?? ''}
      verdicts={verdicts.map((value) => ({
        value,
        label: labels[value],
        reasons: PUBLICATION_REASONS[value],
      }))}
      submit={task === null ? '取り下げる' : '判断を確定する'}
    />
  );
  return task === null ? (
    <details class="panel">
      <summary>適用開始日より前に取り下げる</summary>
      <p class="hint">
        すでに始まった告知は取り消されません。必要に応じて、取下げの告知を別に作成してください。
      </p>
      {form}
    </details>
  ) : (
    <DecisionPanel access={{ may: true, task }} heading="承認" id="decision">
      {form}
    </DecisionPanel>
  );
}
