import type { Context } from 'hono';
import { recordDecision } from '../../../db/queries/decision/record.ts';
import { settleDecision } from '../../../db/queries/decision/settle.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import type { Form } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { NOTICE_REASONS } from '../../reasons.ts';
import { commandIdOf, readVerdict } from '../desk/verdict.ts';
import { type NoticeView, noticeAccess } from './view.ts';

/**
 * Takes the decision of one of the two people to the notice's workflow. The errors of the form, or null when it was
 * carried out; throws the page of a refusal.
 */
export async function decideNotice(
  c: Context<WebEnv>,
  deps: WebDependencies,
  form: Form,
  view: NoticeView,
): Promise<FieldError[] | null> {
  const { notice } = view;
  const link = { href: `/staff/notices/${notice.id}`, label: '通知の最新の内容を見る' };
  const access = noticeAccess(view);
  if (!access.may) throw new Problem(access.status, { message: access.why, link });
  const taskId = form.text('taskId');
  if (access.task.id !== taskId) {
    throw new Problem(409, { message: 'この画面を開いたあとに、別の担当者が判断しました。', link });
  }
  const commandId = commandIdOf(form);
  const read = readVerdict(form, 'notice', NOTICE_REASONS);
  if ('errors' in read) return read.errors;
  const { staff } = c.get('signedIn');
  const decisionId = await recordDecision(deps.db, {
    ...read,
    commandId,
    subjectType: 'notice',
    subjectId: notice.id,
    clause: '第17条3項',
    taskId,
    stage: 'notice',
    staffId: staff.id,
  });
  if (decisionId === null) throw new Problem(409, { link });
  const answer = await answerWithin(
    deps.notices.decide(notice.id, {
      commandId,
      actor: { kind: 'staff', id: staff.id },
      taskId,
      decisionId,
      verdict: read.verdict,
    }),
    deps.limits.answerMs,
  );
  if (!answer.ok) await settleDecision(deps.db, decisionId, 'refused', deps.now());
  requireAccepted(answer, link);
  return null;
}
