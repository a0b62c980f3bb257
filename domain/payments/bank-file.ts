import type { StatementKind } from '../billing/zengin-statement.ts';

/** What a file of payments is: notices of transfers, movements of accounts, or a bank's own CSV. */
export type StatementFormat = StatementKind | 'csv';

export const FORMAT_WORDS: Record<StatementFormat, string> = {
  transfers: '振込入金通知',
  movements: '入出金取引明細',
  csv: 'CSV',
};

/** Names of a bank's columns, as staff set them once for it; null where the bank has none. */
export interface BankCsvColumns {
  on: string;
  /** What came in; rows without it are of money that went out. */
  amount: string;
  name: string;
  reference: string | null;
  /** The bank's own number for a payment. */
  id: string | null;
}

/** Whose CSV it is: the account, and the names of its columns. */
export interface BankCsv {
  account: string;
  columns: BankCsvColumns;
}

/** ACCOUNT:DATE:AMOUNT:NAME:REFERENCE:NUMBER; the last two may be empty. */
export const BANK_CSV_SETTING = /^[^:]+:[^:]+:[^:]+:[^:]+:[^:]*:[^:]*$/;

/** Reads setting BANK_CSV; null where the bank gives no CSV. */
export function bankCsvOf(setting: string | undefined): BankCsv | null {
  if (setting === undefined) return null;
  const [account = '', on = '', amount = '', name = '', reference = '', id = ''] = setting
    .split(':')
    .map((part) => part.trim());
  const orNone = (column: string) => (column === '' ? null : column);
  return { account, columns: { on, amount, name, reference: orNone(reference), id: orNone(id) } };
}
