import type { ApplicationDetail } from '../../../db/queries/read/application-detail.ts';
import { characterCount, hasForbiddenCharacter, trimText } from '../../../domain/application/text.ts';
import { containsMyNumber } from '../../../domain/data/my-number.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import type { FieldError } from '../../components/errors.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { Form } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import type { ReasonCode } from '../../reasons.ts';
import { choiceOf, isId } from '../console.ts';
import type { Access, OpenTask } from '../rights.ts';

const MAX_REASON = 2_000;

/** The id that makes a decision happen once, from the form that was shown. */
export function commandIdOf(form: Form): string {
  const commandId = form.text('commandId');
  if (!isId(commandId)) throw new Problem(400);
  return commandId;
}

/**
 * The open task if this person may decide it and the form was made for it. Throws the page that says why not: 409 when
 * it was decided meanwhile, 403 for the wrong person.
 */
export function requireOpenTask(
  access: Access,
  stage: OpenTask['kind'],
  form: Form,
  detail: ApplicationDetail,
  names: ReadonlyMap<string, string>,
): OpenTask {
  const open = detail.tasks.find(({ kind }) => kind === stage);
  if (open === undefined || open.id !== form.text('taskId')) throw new Problem(409, meanwhile(detail, names));
  if (!access.may) throw new Problem(access.status, { message: access.why, link: linkTo(detail) });
  return open;
}

/** What happened while the form was open: the status now and the last decision. */
export function meanwhile(detail: ApplicationDetail, names: ReadonlyMap<string, string>) {
  const { label } = STATUS.application[detail.application.status];
  const last = detail.decisions.findLast(({ outcome }) => outcome === 'effective');
  const who =
    last === undefined
      ? ''
      : `${instantText(last.createdAt)}に${actorName(last.staffId, names)}さんが判断しました。`;
  return {
    message: `あなたの判断は記録されていません。${who}この申込は現在「${label}」です。最新の内容を確認してください。`,
    link: linkTo(detail),
  };
}

export function linkTo(detail: ApplicationDetail): { href: string; label: string } {
  return { href: `/staff/applications/${detail.application.id}`, label: '申込の最新の内容を見る' };
}

export interface Verdict<V extends string> {
  verdict: V;
  reasonCode: ReasonCode;
  reason: string;
}

/** Verdict, reason code and words of a posted decision; errors name the fields of the form with that prefix. */
export function readVerdict<V extends string>(
  form: Form,
  prefix: string,
  reasons: Readonly<Record<V, readonly ReasonCode[]>>,
): Verdict<V> | { errors: FieldError[] } {
  const verdict = choiceOf(form.text('verdict'), Object.keys(reasons) as V[]);
  const allowed = verdict === null ? [] : reasons[verdict];
  const reasonCode = choiceOf(form.text('reasonCode'), allowed);
  const words = readReason(form, `${prefix}-reason`);
  const errors: FieldError[] = [];
  if (verdict === null) errors.push({ field: `${prefix}-verdict`, message: '判断を選択してください。' });
  if (reasonCode === null) {
    const message =
      verdict === null || form.text('reasonCode') === ''
        ? '理由の区分を選択してください。'
        : '選んだ判断に合う理由の区分を選択してください。';
    errors.push({ field: `${prefix}-reasonCode`, message });
  }
  if (verdict === null || reasonCode === null || typeof words !== 'string') {
    return { errors: typeof words === 'string' ? errors : [...errors, words] };
  }
  return { verdict, reasonCode, reason: words };
}

/** The words of a decision, or what is wrong with them. */
export function readReason(form: Form, field: string): string | FieldError {
  const reason = trimText(form.text('reason'));
  if (reason === '') return { field, message: '理由を入力してください。' };
  if (characterCount(reason) > MAX_REASON)
    return { field, message: `理由は${MAX_REASON}文字以内で入力してください。` };
  if (hasForbiddenCharacter(reason, true)) {
    return { field, message: '理由に使えない文字（制御文字）が含まれています。' };
  }
  if (containsMyNumber(reason)) {
    return {
      field,
      message: '理由に個人番号（マイナンバー）と思われる数字があります。削除してください（第21条）。',
    };
  }
  return reason;
}
