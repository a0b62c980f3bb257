import type { SessionStaff } from '../../../db/queries/session/find.ts';
import type { PublicationStatus } from '../../../domain/notice/publication.ts';
import { PUBLICATION_REASONS, type PublicationVerdict } from '../../reasons.ts';
import type { Draft } from '../applications/record-page.tsx';
import type { frame } from '../console.ts';
import { DecisionForm } from '../desk/decision-form.tsx';
import { hasRole, MAY } from '../rights.ts';

/** What a person may decide on an edition or a fee change now, or why there is no form. */
export type DecisionAccess =
  | { may: true; verdicts: readonly PublicationVerdict[] }
  | { may: false; status: 403 | 409; why: string };

/** A draft is for a second person of the approver role; an approved one may be withdrawn until its day. */
export function decisionAccess(
  subject: { status: PublicationStatus; enteredBy: string | null },
  staff: SessionStaff,
): DecisionAccess {
  const { status, enteredBy } = subject;
  if (status === 'approved') {
    return hasRole(staff, MAY.withdrawPublication)
      ? { may: true, verdicts: ['reject'] }
      : { may: false, status: 403, why: '取下げは法務担当または承認者が行います。' };
  }
  if (status !== 'draft') return { may: false, status: 409, why: 'いま判断することはありません。' };
  if (staff.id === enteredBy) {
    const why = 'この内容はあなたが登録しました。承認は別の担当者が行います。';
    return { may: false, status: 403, why };
  }
  return hasRole(staff, MAY.approvePublication)
    ? { may: true, verdicts: ['approve', 'reject'] }
    : { may: false, status: 403, why: '承認は承認者が行います。あなたの役割では判断できません。' };
}

/** The second person's form, or the withdrawal of what was approved. */
export function PublicationDecision(props: {
  page: { frame: ReturnType<typeof frame>; access: DecisionAccess; draft: Draft | null; newId: () => string };
  action: string;
  approveLabel: string;
}) {
  const { page, action, approveLabel } = props;
  const { access } = page;
  if (!access.may) {
    return access.status === 403 ? <p class="notice">{access.why}</p> : null;
  }
  const withdrawal = !access.verdicts.includes('approve');
  const labels = { approve: approveLabel, reject: withdrawal ? '取り下げる' : '承認しない' };
  const form = (
    <DecisionForm
      page={page}
      form="publication"
      action={action}
      taskId=""
      verdicts={access.verdicts.map((value) => ({
        value,
        label: labels[value],
        reasons: PUBLICATION_REASONS[value],
      }))}
      reasonHint="何を確かめてそう判断したかを書いてください。社内だけに残ります。"
      submit={withdrawal ? '取り下げる' : '判断を確定する'}
    />
  );
  return withdrawal ? (
    <details class="panel">
      <summary>適用開始日より前に取り下げる</summary>
      <p class="hint">
        すでに始まった告知は取り消されません。必要に応じて、取下げの告知を別に作成してください。
      </p>
      {form}
    </details>
  ) : (
    <section class="panel panel-strong" id="decision">
      <h2>承認</h2>
      {form}
    </section>
  );
}
