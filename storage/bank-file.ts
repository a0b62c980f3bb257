import { InvalidValueError } from '../domain/base/invalid-value.ts';
import { type ImportedLine, paymentsOf, readStatement } from '../domain/billing/zengin-statement.ts';
import type { BankCsv, StatementFormat } from '../domain/payments/bank-file.ts';
import { readBankCsv } from './bank-csv.ts';

/** Largest statement in bytes. */
export const MAX_STATEMENT_BYTES = 20 * 1024 * 1024;

export interface BankFile {
  format: StatementFormat;
  lines: ImportedLine[];
}

/**
 * Reads a file of payments, whichever it is: a statement of the banks' common format, or CSV by the columns that are set. Throws
 * InvalidValueError in words that name the line: nothing of a file is taken that is not wholly in order.
 */
export function readBankFile(bytes: Uint8Array, csv: BankCsv | null): BankFile {
  if (bytes.length === 0) throw new InvalidValueError('ファイルが空です。');
  if (bytes.length > MAX_STATEMENT_BYTES) {
    throw new InvalidValueError(`明細のファイルは${MAX_STATEMENT_BYTES / 1024 / 1024}MBまでです。`);
  }
  if (isStatement(bytes)) {
    const statement = readStatement(bytes);
    return { format: statement.kind, lines: paymentsOf(statement) };
  }
  if (csv === null) {
    throw new InvalidValueError(
      '1行目：全銀形式のファイル（振込入金通知・入出金取引明細）ではありません。CSVを取り込むには、列の設定（BANK_CSV）が必要です。',
    );
  }
  return { format: 'csv', lines: readBankCsv(bytes, csv.columns, csv.account) };
}

/** A header of the common format: 1, and 01 or 03 for what follows. */
function isStatement(bytes: Uint8Array): boolean {
  return /^10[13]/.test(String.fromCharCode(...bytes.subarray(0, 3)));
}
