import { z } from 'zod';
import type { RequestedChange } from '../../../../db/schema/requests.ts';
import { optionField } from '../../../../domain/application/form.ts';
import { readInteger, toHalfWidth } from '../../../../domain/application/text.ts';
import { addDays, type CivilDate, compareDates } from '../../../../domain/calendar/civil-date.ts';
import { changeEffectiveOn } from '../../../../domain/change/changes.ts';
import { isLicenceCount, isQuantity, MAX_LICENCES } from '../../../../domain/change/quantities.ts';
import {
  type Alteration,
  alterationBetween,
  type Contents,
  type ContentsField,
  fieldsOf,
  isEmpty,
} from '../../../../domain/future/contents.ts';
import { periodOn, renewalFrom } from '../../../../domain/future/period-line.ts';
import { contentsOn } from '../../../../domain/future/project.ts';
import type { FormValues } from '../../../application-form/values.ts';
import type { Form } from '../../../http/form.ts';
import { choiceOf } from '../../console.ts';
import type { ContractView } from '../view.ts';

type Problem = (field: string, message: string) => null;

/** What the form of a change starts from. */
export interface FilledChange {
  /** The day on which a change that arrived now would take effect, or its kind: the next renewal from then on. */
  on: CivilDate;
  kindOn: CivilDate;
  contents: Contents;
  /**
   * The contents without the accepted changes of the same day: this one takes their place (第8条2項), so that it asks for what
   * the form still shows of them.
   */
  beside: Contents;
  /** What accepted changes alter later than that: it can be kept as it is on that day. */
  later: { field: Exclude<ContentsField, 'kind'>; on: CivilDate; alters: Alteration }[];
}

/** The projection on the day that the change would take effect (第8条): what the form shows, and is compared with. */
export function filledChange({ future, nowMs, cutoff }: ContractView): FilledChange {
  const on = changeEffectiveOn(nowMs, cutoff).value;
  const kindOn = renewalFrom(future.line, on);
  const later = future.judged.flatMap(({ state, on: day, alters }) =>
    state === 'accepted' && compareDates(day, on) > 0
      ? fieldsOf(alters).flatMap((field) => (field === 'kind' ? [] : [{ field, on: day, alters }]))
      : [],
  );
  const { kind } = periodOn(future.line, kindOn);
  const before = contentsOn(future, addDays(on, -1));
  const replaced = future.judged.some((each) => each.state === 'accepted' && each.on === on);
  const contents = { ...contentsOn(future, on), kind };
  const beside = replaced ? { ...before, kind: kindOn === on ? before.kind : kind } : contents;
  return { on, kindOn, contents, beside, later };
}

/** The form's field that says: what is accepted for later shall not happen. */
export const keepField = (field: ContentsField): string => `keep.${field}`;

/** What a new form carries: each field as it would be, and what to compare with, so that only what was touched is asked for. */
export function filledValues({ contents, beside }: FilledChange): FormValues {
  const { planCode, kind, licences, options } = contents;
  return {
    planCode,
    contractKind: kind,
    licences: String(licences),
    ...Object.fromEntries(options.map(({ code, quantity }) => [optionField(code), String(quantity)])),
    filled: JSON.stringify(beside),
  };
}

const contentsSchema = z.object({
  kind: z.enum(['annual', 'monthly']),
  planCode: z.string(),
  options: z.array(z.object({ code: z.string(), quantity: z.number().int() })),
  licences: z.number().int(),
});

/** What the form was filled with; a post without it is compared with what a form would be filled with now. */
function filledWith(form: Form, view: ContractView): Contents {
  try {
    return contentsSchema.parse(JSON.parse(form.text('filled')));
  } catch {
    return filledChange(view).beside;
  }
}

/** What the change asks for: the fields that were touched, and those that shall stay although a later change is accepted. */
export function readChange(form: Form, view: ContractView, problem: Problem): RequestedChange | null {
  const wanted = readContents(form, view, problem);
  if (wanted === null) return null;
  const touched = alterationBetween(filledWith(form, view), wanted);
  const alters = withKept(touched, wanted, (field) => form.text(keepField(field)) === 'yes');
  if (isEmpty(alters)) {
    const message = '変更する項目がありません。変わる項目だけを入力し直してください。';
    return problem('planCode', message);
  }
  const { kind, ...rest } = alters;
  return kind === undefined ? rest : { ...rest, contractKind: kind };
}

function withKept(
  touched: Alteration,
  wanted: Contents,
  kept: (field: ContentsField) => boolean,
): Alteration {
  const codes = [...new Set([...wanted.options, ...(touched.options ?? [])].map(({ code }) => code))];
  const options = codes
    .filter((code) => kept(`option:${code}`) || touched.options?.some((option) => option.code === code))
    .map((code) => ({
      code,
      quantity: wanted.options.find((option) => option.code === code)?.quantity ?? 0,
    }));
  return {
    ...touched,
    ...(kept('planCode') ? { planCode: wanted.planCode } : {}),
    ...(kept('licences') ? { licences: wanted.licences } : {}),
    ...(options.length === 0 ? {} : { options }),
  };
}

function readContents(form: Form, { detail }: ContractView, problem: Problem): Contents | null {
  const { catalogue } = detail;
  const planCode = choiceOf(
    form.text('planCode'),
    catalogue.plans.map(({ code }) => code),
  );
  if (planCode === null) problem('planCode', '料金プランを選択してください。');
  const kind = choiceOf(form.text('contractKind'), ['annual', 'monthly']);
  if (kind === null) problem('contractKind', '契約の種類を選択してください。');
  const licences = readInteger(form.text('licences'));
  const fits = licences !== null && isLicenceCount(licences);
  if (!fits) problem('licences', `ユーザーライセンスは1から${MAX_LICENCES}までの整数で入力してください。`);
  const options = catalogue.options.map(({ code }) => {
    const typed = toHalfWidth(form.text(optionField(code)));
    return { code, quantity: typed === '' ? 0 : (readInteger(typed) ?? -1) };
  });
  if (!options.every(({ quantity }) => isQuantity(quantity))) {
    problem('options', `オプションの数量は0から${MAX_LICENCES}までの整数で入力してください。`);
  }
  if (planCode === null || kind === null || licences === null) return null;
  return { planCode, kind, licences, options: options.filter(({ quantity }) => quantity > 0) };
}
