import type { NoticeContent } from '../../../db/queries/notice/create.ts';
import { contractsByNumber } from '../../../db/queries/notice/edit.ts';
import type { NoticeRow } from '../../../db/queries/notice/find.ts';
import {
  characterCount,
  hasForbiddenCharacter,
  toHalfWidth,
  trimText,
} from '../../../domain/application/text.ts';
import { containsMyNumber } from '../../../domain/data/my-number.ts';
import { NOTICE_AUDIENCES, NOTICE_CLASSES } from '../../../domain/notice/notice.ts';
import { RECIPIENT_PLACEHOLDERS, templateProblems } from '../../../domain/notice/notice-template.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import type { Form } from '../../http/form.ts';
import { choiceOf } from '../console.ts';

const MAX_LINE = 120;
const MAX_TEXT = 8_000;
const MAX_NUMBERS = 1_000;

export interface ReadNotice {
  content: NoticeContent & { sandbox: boolean };
  contractIds: string[];
}

/** Placeholders that the texts of a notice may have: those of a recipient, and those of its cause. */
export function placeholdersFor(notice: Pick<NoticeRow, 'values' | 'contractValueNames'> | null): {
  everyone: string[];
  recipient: string[];
} {
  return {
    everyone: Object.keys(notice?.values ?? {}),
    recipient: [...RECIPIENT_PLACEHOLDERS, ...(notice?.contractValueNames ?? [])],
  };
}

/** The notice that a posted form describes, or what is wrong with it, field by field. */
export async function readNotice(
  deps: WebDependencies,
  form: Form,
  notice: NoticeRow | null,
): Promise<ReadNotice | { errors: FieldError[] }> {
  const errors: FieldError[] = [];
  const fail = (field: string, message: string) => {
    errors.push({ field, message });
  };
  const { everyone, recipient } = placeholdersFor(notice);
  const text = (field: string, label: string, rule: { max: number; lines: boolean; allowed: string[] }) => {
    const value = trimText(form.text(field));
    if (value === '') fail(field, `${label}を入力してください。`);
    else if (characterCount(value) > rule.max)
      fail(field, `${label}は${rule.max.toLocaleString('ja-JP')}文字以内で入力してください。`);
    else if (hasForbiddenCharacter(value, rule.lines))
      fail(field, `${label}に使えない文字が含まれています。`);
    else if (containsMyNumber(value))
      fail(field, `${label}に個人番号（マイナンバー）と思われる数字があります。削除してください（第21条）。`);
    else for (const problem of templateProblems(value, rule.allowed)) fail(field, problem);
    return value;
  };
  const choice = <T extends string>(field: string, label: string, allowed: readonly T[], fallback: T): T => {
    const value = choiceOf(form.text(field), allowed);
    if (value === null) fail(field, `${label}を選択してください。`);
    return value ?? fallback;
  };
  const title = text('title', '表題', { max: MAX_LINE, lines: false, allowed: [] });
  const noticeClass = choice('noticeClass', '種類', NOTICE_CLASSES, 'contractual');
  const audience = choice('audience', '宛先', NOTICE_AUDIENCES, 'all');
  const sandbox = choice('environment', '環境', ['live', 'sandbox'] as const, 'live') === 'sandbox';
  const planCode = audience === 'plan' ? trimText(form.text('planCode')) : null;
  if (planCode === '') fail('planCode', '料金プランを選択してください。');
  const byMail = form.text('byMail') === 'yes';
  const postOnWeb = form.text('postOnWeb') === 'yes';
  if (!byMail && !postOnWeb) fail('byMail', 'メールとWeb掲載のどちらか、または両方を選択してください。');
  const mailText = { allowed: [...everyone, ...recipient] };
  const subjectLine = text('subjectLine', '件名', { max: MAX_LINE, lines: false, ...mailText });
  const body = text('body', '本文', { max: MAX_TEXT, lines: true, ...mailText });
  const posted = { max: MAX_TEXT, lines: true, allowed: everyone };
  const postingText = postOnWeb
    ? text('postingText', 'Webに掲載する文', posted)
    : trimText(form.text('postingText'));
  const contractIds: string[] = [];
  if (audience === 'contracts' && (notice === null || notice.causeType === 'manual')) {
    const numbers = numbersOf(form.text('contractNumbers'));
    const found = await contractsByNumber(deps.db, numbers.slice(0, MAX_NUMBERS), sandbox);
    const unknown = numbers.filter((number) => !found.has(number));
    if (numbers.length === 0) fail('contractNumbers', '契約番号を一つ以上入力してください。');
    else if (numbers.length > MAX_NUMBERS)
      fail('contractNumbers', `契約番号は${MAX_NUMBERS}件までです。料金プランでの指定をご利用ください。`);
    else if (unknown.length > 0)
      fail('contractNumbers', `契約中の契約に見つからない番号があります：${unknown.slice(0, 5).join('、')}`);
    contractIds.push(...found.values());
  }
  if (errors.length > 0) return { errors };
  return {
    content: {
      title,
      noticeClass,
      subjectLine,
      body,
      postingText,
      audience,
      planCode,
      byMail,
      postOnWeb,
      sandbox,
    },
    contractIds,
  };
}

function numbersOf(typed: string): string[] {
  const numbers = toHalfWidth(typed)
    .split(/[\s,、]+/)
    .map((number) => number.trim().toUpperCase())
    .filter((number) => number !== '');
  return [...new Set(numbers)];
}

/** The values of a notice's form, as it stands in the database. */
export function formValues(notice: NoticeRow, numbers: readonly string[]): Record<string, string> {
  return {
    title: notice.title,
    noticeClass: notice.noticeClass,
    audience: notice.audience,
    environment: notice.sandbox ? 'sandbox' : 'live',
    planCode: notice.planCode ?? '',
    contractNumbers: numbers.join('\n'),
    byMail: notice.byMail ? 'yes' : '',
    postOnWeb: notice.postOnWeb ? 'yes' : '',
    subjectLine: notice.subjectLine,
    body: notice.body,
    postingText: notice.postingText,
    version: String(notice.version),
  };
}
