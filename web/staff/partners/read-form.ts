import type { PartnerValues } from '../../../db/queries/partner/register.ts';
import { normalisePart, partProblems } from '../../../domain/application/part.ts';
import { toHalfWidth } from '../../../domain/application/text.ts';
import { decimal, decimalText } from '../../../domain/base/decimal.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import {
  PARTNER_MODES,
  type PartnerTerms,
  registrationProblem,
  termsProblems,
} from '../../../domain/billing/payers.ts';
import { missingGlyphs } from '../../../templates/pdf/fonts.ts';
import type { FieldError } from '../../components/errors.tsx';
import { readDay } from '../../http/dates.ts';
import type { Form } from '../../http/form.ts';
import { choiceOf } from '../console.ts';

export type TypedDetails = Omit<PartnerValues, 'registryState'>;

const FIELDS = ['companyName', 'postalCode', 'address'] as const;
const NAMES: Readonly<Record<string, string>> = { companyName: 'name' };

/** Name, address and registration number of a posted form, in their normal form, with what is wrong at its field. */
export function readDetails(
  form: Form,
  corporateNumber: string,
): { values: TypedDetails; errors: FieldError[] } {
  const part = normalisePart(FIELDS, {
    companyName: form.text('name'),
    postalCode: form.text('postalCode'),
    address: form.text('address'),
  });
  const registrationNumber = toHalfWidth(form.text('registrationNumber')).replace(/[\s-]/g, '').toUpperCase();
  const wrong = registrationProblem(registrationNumber, corporateNumber);
  const errors = [
    ...partProblems(FIELDS, part, missingGlyphs).map(({ field, message }) => ({
      field: NAMES[field] ?? field,
      message: message.replace('会社名', '名称'),
    })),
    ...(wrong === null ? [] : [{ field: 'registrationNumber', message: wrong }]),
  ];
  const { companyName: name, postalCode, address } = part;
  return { values: { name, postalCode, address, registrationNumber }, errors };
}

/** The terms of a posted form, with what is wrong at its field; `prefix` as in the fields' ids. */
export function readTerms(
  form: Form,
  registered: boolean,
  prefix?: string,
): { terms: PartnerTerms | null; errors: FieldError[] } {
  const mode = choiceOf(form.text('mode'), PARTNER_MODES);
  const from = readDay(form.text('from'));
  const errors: FieldError[] = [];
  if (mode === null) errors.push({ field: 'mode', message: '関わり方を選択してください。' });
  if (from === null) {
    errors.push({ field: 'from', message: '適用開始日を「2027-04-01」の形の日付で入力してください。' });
  }
  const terms =
    mode === null || from === null
      ? null
      : { mode, from, ratePercent: mode === 'resale' ? readRate(form.text('ratePercent')) : null };
  if (terms !== null) errors.push(...termsProblems(terms, registered));
  const at = (field: string) => (prefix === undefined ? field : `${prefix}-${field}`);
  return { terms, errors: errors.map(({ field, message }) => ({ field: at(field), message })) };
}

/** The rate as a decimal text; what is none stays as it was typed, for the rule to name. */
function readRate(typed: string): string {
  const text = toHalfWidth(typed).replace(/[%\s]/g, '');
  try {
    return decimalText(decimal(text));
  } catch (error) {
    if (error instanceof InvalidValueError) return text;
    throw error;
  }
}
