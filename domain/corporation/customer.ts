import { type ApplicationInput, FIELD_LABELS } from '../application/application-input.ts';
import { normalisePart, partProblems } from '../application/part.ts';
import type { FindUnprintable } from '../application/printable.ts';

const CUSTOMER_FIELDS = [
  'companyName',
  'companyKana',
  'postalCode',
  'address',
  'phone',
  'representativeName',
  'representativeKana',
] as const satisfies (keyof ApplicationInput)[];
export type CustomerField = (typeof CUSTOMER_FIELDS)[number];

/** What is registered of a customer, by the names of the application's fields (第4条, 第5条1項). */
export type CustomerValues = Pick<ApplicationInput, CustomerField>;

export const isCustomerField = (field: string): field is CustomerField =>
  CUSTOMER_FIELDS.some((known) => known === field);

/** What the certificate states of a customer beside the corporate number, which never changes (第5条1項). */
const CERTIFIED: readonly CustomerField[] = ['companyName', 'postalCode', 'address'];

/** Name, address and representative in their normal form; names keep their characters. */
export function normaliseCustomer(values: CustomerValues): CustomerValues {
  return normalisePart(CUSTOMER_FIELDS, values);
}

/** The customer's fields of something that has more. */
export function pick(values: CustomerValues): CustomerValues {
  const { companyName, companyKana, postalCode, address, phone, representativeName, representativeKana } =
    values;
  return { companyName, companyKana, postalCode, address, phone, representativeName, representativeKana };
}

/** What keeps values in their normal form from being registered, at most one problem for each field. */
export function customerProblems(
  values: CustomerValues,
  unprintable: FindUnprintable,
): { field: CustomerField; message: string }[] {
  return partProblems(CUSTOMER_FIELDS, values, unprintable);
}

/** The fields in which two differ; those that are not known on one side (no representative on record) do not count. */
export function changedCustomerFields(before: CustomerValues, after: CustomerValues): CustomerField[] {
  return CUSTOMER_FIELDS.filter((field) => before[field] !== after[field] && after[field] !== '');
}

/** Whether a change makes a certificate untrue: another revision follows (第5条1項). */
export function isCertified(fields: readonly string[]): boolean {
  return fields.some((field) => CERTIFIED.some((certified) => certified === field));
}

export function namesRepresentative(fields: readonly string[]): boolean {
  return fields.includes('representativeName') || fields.includes('representativeKana');
}

/** The names of fields, for texts. */
export function fieldNames(fields: readonly string[]): string {
  return fields.map((field) => (isCustomerField(field) ? FIELD_LABELS[field] : field)).join('、');
}
