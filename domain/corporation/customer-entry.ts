import type { ApplicationInput } from '../application/application-input.ts';
import { normalisePart, partProblems } from '../application/part.ts';
import type { FindUnprintable } from '../application/printable.ts';

export const CUSTOMER_FIELDS = [
  'companyName',
  'companyKana',
  'postalCode',
  'address',
  'phone',
] as const satisfies (keyof ApplicationInput)[];
export type CustomerField = (typeof CUSTOMER_FIELDS)[number];

/** What is registered of a customer besides its 法人番号: what the certificate states of it (第5条1項). */
export type CustomerEntry = Pick<ApplicationInput, CustomerField>;

/** Why a registered entry is changed; the evidence says the rest. */
export const CORRECTION_REASONS = {
  mistake: '誤記の訂正',
  unprintable: '印刷できない文字の置き換え',
  renamed: '商号の変更',
  moved: '本店の移転',
} as const;
export type CorrectionReason = keyof typeof CORRECTION_REASONS;

/** In its normal form; the name keeps its characters. */
export function normaliseCustomer(entry: CustomerEntry): CustomerEntry {
  return normalisePart(CUSTOMER_FIELDS, entry);
}

/** What keeps an entry in its normal form from being registered, at most one problem for each field. */
export function customerProblems(
  entry: CustomerEntry,
  unprintable: FindUnprintable,
): { field: CustomerField; message: string }[] {
  return partProblems(CUSTOMER_FIELDS, entry, unprintable);
}

/** The fields in which two entries differ. */
export function changedEntries(before: CustomerEntry, after: CustomerEntry): CustomerField[] {
  return CUSTOMER_FIELDS.filter((field) => before[field] !== after[field]);
}
