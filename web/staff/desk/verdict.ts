import { characterCount, hasForbiddenCharacter, trimText } from '../../../domain/application/text.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { containsMyNumber } from '../../../domain/data/my-number.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { Form } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import type { ReasonCode } from '../../reasons.ts';
import { choiceOf, isId } from '../console.ts';

const MAX_REASON = 2_000;
/** What stands where a verdict has no reason codes to choose from. */
const NO_CODE = 'secondPerson';

/** The id that makes a decision happen once, from the form that was shown. */
export function commandIdOf(form: Form): string {
  const commandId = form.text('commandId');
  if (!isId(commandId)) throw new Problem(400);
  return commandId;
}

export interface Verdict<V extends string> {
  verdict: V;
  reasonCode: string;
  reason: string;
}

/** Verdict, reason code and words of a posted decision; errors name the fields of the form with that prefix. */
export function readVerdict<V extends string>(
  form: Form,
  prefix: string,
  reasons: Readonly<Partial<Record<V, readonly ReasonCode[]>>>,
  { wordless = [], implied, code = NO_CODE }: { wordless?: readonly V[]; implied?: V; code?: string } = {},
): Verdict<V> | { errors: FieldError[] } {
  const open = keysOf(reasons);
  const verdict = implied ?? choiceOf(form.text('verdict'), open);
  const errors: FieldError[] = [];
  if (verdict === null) errors.push({ field: `${prefix}-verdict`, message: '判断を選択してください。' });
  const codesOf = (each: V): readonly ReasonCode[] => reasons[each] ?? [];
  const asked =
    verdict === null ? open.some((each) => codesOf(each).length > 0) : codesOf(verdict).length > 0;
  const reasonCode = asked
    ? choiceOf(form.text('reasonCode'), verdict === null ? [] : codesOf(verdict))
    : code;
  if (reasonCode === null) {
    const message =
      verdict === null || form.text('reasonCode') === ''
        ? '理由の区分を選択してください。'
        : '選んだ判断に合う理由の区分を選択してください。';
    errors.push({ field: `${prefix}-reasonCode`, message });
  }
  const blank = verdict !== null && wordless.includes(verdict) && trimText(form.text('reason')) === '';
  const words = blank ? '' : readReason(form, `${prefix}-reason`);
  if (typeof words !== 'string') errors.push(words);
  if (verdict === null || reasonCode === null || typeof words !== 'string') return { errors };
  return { verdict, reasonCode, reason: words };
}

/** The words of a decision, or what is wrong with them. */
export const readReason = (form: Form, field: string): string | FieldError =>
  readWords(form.text('reason'), { field, label: '理由', limit: MAX_REASON });

/** Words that staff have to write, trimmed, or what is wrong with them; `limit` in characters. */
export function readWords(
  text: string,
  { field, label, limit }: { field: string; label: string; limit: number },
): string | FieldError {
  const words = trimText(text);
  if (words === '') return { field, message: `${label}を入力してください。` };
  if (characterCount(words) > limit)
    return { field, message: `${label}は${limit}文字以内で入力してください。` };
  if (hasForbiddenCharacter(words, true)) {
    return { field, message: `${label}に使えない文字（制御文字）が含まれています。` };
  }
  if (containsMyNumber(words)) {
    return {
      field,
      message: `${label}に個人番号（マイナンバー）と思われる数字があります。削除してください（第21条）。`,
    };
  }
  return words;
}
