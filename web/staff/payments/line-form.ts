import type { paymentProcess } from '../../../domain/processes/payment.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { Form } from '../../http/form.ts';

export type LineVerdict = keyof typeof paymentProcess.decisions.bankLine.verdicts;

const PART = 'pay.';
const MAX_PARTS = 200;

/** The name of the field with what is for an invoice. */
export const partField = (invoice: string): string => `${PART}${invoice}`;

/** What of the payment is for which invoice: empty fields are left out, yen may have separators in any width. */
export function readParts(form: Form): {
  parts: { invoice: string; amountYen: number }[];
  errors: FieldError[];
} {
  const parts: { invoice: string; amountYen: number }[] = [];
  const errors: FieldError[] = [];
  for (const [name, typed] of Object.entries(form.texts()).slice(0, MAX_PARTS)) {
    if (!name.startsWith(PART)) continue;
    const invoice = name.slice(PART.length);
    const digits = typed.normalize('NFKC').replace(/[,円¥\s]/g, '');
    if (digits === '' || digits === '0') continue;
    if (!/^\d{1,13}$/.test(digits)) {
      errors.push({ field: `settle-${name}`, message: `${invoice}に充てる額を数字で入力してください。` });
      continue;
    }
    parts.push({ invoice, amountYen: Number(digits) });
  }
  return { parts, errors };
}
