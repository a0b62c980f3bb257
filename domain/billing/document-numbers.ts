import { InvalidValueError } from '../base/invalid-value.ts';
import { type CivilDate, yearMonthDay } from '../calendar/civil-date.ts';
import { isCorporateNumber } from '../corporation/corporate-number.ts';
import type { DocumentType } from './documents.ts';

/** Number ranges of documents, one a year each, without gaps; a corrected invoice has a number of `INV`. */
export type DocumentSeries = 'INV' | 'STM' | 'RET' | 'TOP' | 'USE' | 'RCP';

const SERIES: Record<DocumentType | 'receipt', DocumentSeries> = {
  invoice: 'INV',
  statement: 'STM',
  returnInvoice: 'RET',
  refundNotice: 'RET',
  topUp: 'TOP',
  usageStatement: 'USE',
  receipt: 'RCP',
};

/** The range that a document's number is taken from in the transaction that stores it; the test environment has its own (第6条2項). */
export function numberRange(
  type: DocumentType | 'receipt',
  issuedOn: CivilDate,
  sandbox: boolean,
): { series: DocumentSeries; year: number; sandbox: boolean } {
  return { series: SERIES[type], year: yearMonthDay(issuedOn).year, sandbox };
}

/** The counter of a range. */
export const rangeKey = ({ series, year, sandbox }: ReturnType<typeof numberRange>): string =>
  `${sandbox ? 'sandbox/' : ''}${series}/${year}`;

/** 'INV-2026-000101', in the test environment 'TEST-INV-2026-000101': letters and digits stay in a bank's 20 characters. */
export function documentNumber(
  { series, year, sandbox }: ReturnType<typeof numberRange>,
  position: number,
): string {
  if (!Number.isSafeInteger(position) || position < 1) {
    throw new InvalidValueError(`書類の番号は1以上の整数で指定してください（${position}）。`);
  }
  return `${sandbox ? 'TEST-' : ''}${series}-${year}-${String(position).padStart(6, '0')}`;
}

/** Whether a text is a registration number of a qualified invoice issuer: T and a corporate number with its check digit. */
export function isRegistrationNumber(text: string): boolean {
  return /^T\d{13}$/.test(text) && isCorporateNumber(text.slice(1));
}
