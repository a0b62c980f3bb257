import Encoding from 'encoding-japanese';
import { describe, expect, it } from 'vitest';
import { BankCsvError, readBankCsv } from '../../../storage/bank-csv.ts';

const columns = { on: '日付', amount: '入金額', name: '摘要', reference: 'EDI', id: null };
const HEADER = '日付,出金額,入金額,摘要,EDI';
const read = (...rows: string[]) =>
  readBankCsv(new TextEncoder().encode([HEADER, ...rows].join('\r\n')), columns, '9999-001-1-1234567');

describe('a bank’s statement as CSV', () => {
  it('is read by the columns that are set, in either code, without what went out', () => {
    const rows = [
      '2026/11/30,,"39,600",ｶ)ｱｵﾊﾞ,INV2026000101',
      '2026年12月1日,5000,,電気代,',
      '20261202,,￥100,ﾐﾄﾞﾘ,',
    ];
    const lines = read(...rows);
    const account = '9999-001-1-1234567';
    expect(lines.map(({ id: _, ...line }) => line)).toEqual([
      {
        account,
        on: '2026-11-30',
        amountYen: 39_600,
        name: 'ｶ)ｱｵﾊﾞ',
        reference: 'INV2026000101',
        cancelled: false,
      },
      { account, on: '2026-12-02', amountYen: 100, name: 'ﾐﾄﾞﾘ', reference: null, cancelled: false },
    ]);
    const text = [HEADER, ...rows].join('\n');
    const shiftJis = Uint8Array.from(
      Encoding.convert(Encoding.stringToCode(text), { from: 'UNICODE', to: 'SJIS' }),
    );
    expect(readBankCsv(shiftJis, columns, '9999-001-1-1234567')).toEqual(lines);
    expect(readBankCsv(new TextEncoder().encode(`\uFEFF${text}`), columns, '9999-001-1-1234567')).toEqual(
      lines,
    );
  });

  it('gives a payment the same id in every file, and each of two that are alike another one', () => {
    const same = '2026-11-30,,5500,ｱｵﾊﾞ,';
    const [first, second] = read(same, same);
    expect(first?.id).not.toBe(second?.id);
    expect(read('2026-11-29,,1,x,', same)[1]?.id).toBe(first?.id);
  });

  it.each([
    [['2026-11-31,,1,x,'], '2行目：日付「2026-11-31」'],
    [['2026-11-30,,1,x,', '11/30,,1,x,'], '3行目：日付「11/30」'],
    [['2026-11-30,,-1,x,'], '2行目：金額「-1」'],
    [['2026-11-30,,1.5,x,'], '2行目：金額「1.5」'],
    [['2026-11-30,,1,x'], 'CSVとして読めません'],
    [['2026-11-30,,1,"x,'], 'CSVとして読めません'],
  ])('%j is refused whole: %s', (rows, reason) => {
    expect(() => read(...rows)).toThrow(BankCsvError);
    expect(() => read(...rows)).toThrow(reason);
  });

  it('without a column that was set, empty, or in another code is refused', () => {
    const bytes = new TextEncoder().encode(HEADER);
    expect(() => readBankCsv(bytes, { ...columns, name: '依頼人' }, 'x')).toThrow(
      '1行目：列「依頼人」がありません',
    );
    expect(() => readBankCsv(new Uint8Array(), columns, 'x')).toThrow('空です');
    expect(() => readBankCsv(Uint8Array.of(0xff, 0xfe, 0x80), columns, 'x')).toThrow('文字コード');
  });
});
