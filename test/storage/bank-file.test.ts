import { describe, expect, test } from 'vitest';
import { InvalidValueError } from '../../domain/base/invalid-value.ts';
import { bankCsvOf } from '../../domain/payments/bank-file.ts';
import { readBankFile } from '../../storage/bank-file.ts';
import { END, movementRecords, statementFile, transferRecords } from '../domain/billing/statement-files.ts';

const transfer = { inquiry: '7', on: '081130', amount: 39_600, name: 'ｶ)ｱｵﾊﾞ' };
const movement = { ...transfer, direction: '1', transaction: '11' } as const;
const CSV = bankCsvOf('9999-001-1-1234567:取引日:入金額:摘要::');
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a file of the bank is told by what is in it', () => {
  test.each([
    ['transfers', statementFile([...transferRecords([transfer]), END])],
    ['transfers', statementFile([...transferRecords([transfer], 'B'), END], '')],
    ['movements', statementFile([...movementRecords([movement]), END])],
    ['csv', bytes('取引日,入金額,摘要\r\n2026-11-30,39600,ｶ)ｱｵﾊﾞ\r\n')],
  ])('%s', (format, file) => {
    const read = readBankFile(file, CSV);
    expect(read.format).toBe(format);
    expect(read.lines).toHaveLength(1);
    expect(read.lines[0]).toMatchObject({ amountYen: 39_600, on: '2026-11-30', name: 'ｶ)ｱｵﾊﾞ' });
  });
});

describe('nothing of a file is taken that is not in order, and the words name the line', () => {
  const damaged = transferRecords([transfer]).map((record) =>
    record.startsWith('8') ? record.replace('39600', '39601') : record,
  );
  test.each([
    ['a trailer that does not agree', statementFile([...damaged, END]), '3行目'],
    ['a file that ends in the middle', statementFile(transferRecords([transfer])), '途中で終わって'],
    ['an amount that is none', bytes('取引日,入金額,摘要\r\n2026-11-30,なし,ｱｵﾊﾞ\r\n'), '2行目'],
    ['a column that is missing', bytes('日付,入金額\r\n'), '取引日'],
    ['nothing at all', new Uint8Array(), '空です'],
  ])('%s', (_, file, words) => {
    expect(() => readBankFile(file, CSV)).toThrow(InvalidValueError);
    expect(() => readBankFile(file, CSV)).toThrow(words);
  });

  test('CSV whose columns nobody has set', () => {
    expect(() => readBankFile(bytes('a,b\r\n'), null)).toThrow('BANK_CSV');
  });
});

test('two equal payments with a number of the bank’s are one; without it they are two', () => {
  const lines = (inquiry: string) => {
    const same = { ...transfer, inquiry };
    const { lines: read } = readBankFile(statementFile([...transferRecords([same, same]), END]), null);
    return new Set(read.map(({ id }) => id)).size;
  };
  expect(lines('7')).toBe(1);
  expect(lines('0')).toBe(2);
});
