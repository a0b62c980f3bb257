import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchPayments } from '../../../domain/billing/payment-match.ts';
import { StatementFileError } from '../../../domain/billing/zengin-records.ts';
import { paymentsOf, readStatement } from '../../../domain/billing/zengin-statement.ts';
import {
  END,
  type MovementFact,
  movementRecords,
  statementFile,
  type TransferFact,
  transferRecords,
} from './statement-files.ts';
import { date } from './support.ts';

const transfers: TransferFact[] = [
  { inquiry: '1', on: '081130', amount: 39_600, name: 'ｶ)ｱｵﾊﾞｼｽﾃﾑ', reference: 'INV2026000101' },
  { inquiry: '2', on: '081201', amount: 1, name: 'ﾐﾄﾞﾘ', cancelled: true },
  { inquiry: '3', on: '090104', amount: 9_999_999_999, name: 'ｱｵﾊﾞ(ｶ' },
];
const movements: MovementFact[] = [
  {
    inquiry: '1',
    on: '081130',
    direction: '1',
    transaction: '11',
    amount: 39_600,
    name: 'ｶ)ｱｵﾊﾞ',
    reference: 'INV2026000101',
  },
  { inquiry: '2', on: '081201', direction: '2', transaction: '11', amount: 5_000, name: 'ﾐﾄﾞﾘ' },
  { inquiry: '3', on: '081202', direction: '2', transaction: '19', amount: 39_600, name: 'ｶ)ｱｵﾊﾞ' },
];

const same: TransferFact = { inquiry: '0', on: '081130', amount: 5_500, name: 'ｱｵﾊﾞ' };

describe('a notice of transfers (振込入金通知)', () => {
  it.each([
    ['A', '\r\n'],
    ['A', ''],
    ['B', '\r\n'],
    ['B', ''],
  ] as const)('of form %s with line ends %j is read to the yen', (form, lineEnd) => {
    const { kind, entries } = readStatement(
      statementFile([...transferRecords(transfers, form), END], lineEnd),
    );
    expect(kind).toBe('transfers');
    expect(entries[0]).toEqual({
      account: { bankCode: '9999', branchCode: '001', accountType: '1', accountNumber: '1234567' },
      inquiryNumber: '000001',
      on: '2026-11-30',
      valueOn: '2026-11-30',
      direction: 'in',
      amountYen: 39_600,
      name: 'ｶ)ｱｵﾊﾞｼｽﾃﾑ',
      reference: 'INV2026000101',
      cancelled: false,
    });
    expect(entries.map(({ amountYen, cancelled, on }) => [amountYen, cancelled, on])).toEqual([
      [39_600, false, '2026-11-30'],
      [1, true, '2026-12-01'],
      [9_999_999_999, false, '2027-01-04'],
    ]);
  });

  it('of form B holds amounts that form A has no room for', () => {
    const [large] = readStatement(
      statementFile([
        ...transferRecords([{ inquiry: '1', on: '081130', amount: 123_456_789_012, name: 'ｱｵﾊﾞ' }], 'B'),
        END,
      ]),
    ).entries;
    expect(large?.amountYen).toBe(123_456_789_012);
  });

  it('may leave a value date blank or 0, and say 0 for what is not cancelled', () => {
    const [header = '', first = '', ...rest] = transferRecords([{ ...same, cancelled: false }]);
    const withValueOn = (value: string) =>
      `${first.slice(0, 13)}${value}${first.slice(19, 127)}0${first.slice(128)}`;
    for (const value of ['      ', '000000']) {
      const [entry] = readStatement(statementFile([header, withValueOn(value), ...rest, END])).entries;
      expect(entry).toMatchObject({ valueOn: null, cancelled: false, amountYen: 5_500 });
    }
  });

  it('of form A is not taken for form B by an EDI of 20 digits', () => {
    const edi = { ...transfers[0], reference: '12345678901234567890' } as TransferFact;
    const [entry] = readStatement(statementFile([...transferRecords([edi]), END])).entries;
    expect(entry).toMatchObject({ amountYen: 39_600, reference: '12345678901234567890' });
  });

  it('may be of several accounts, of none of whose payments, and end with an end-of-file mark', () => {
    const records = [...transferRecords(transfers), ...transferRecords([]), END];
    expect(readStatement(statementFile(records)).entries).toHaveLength(3);
    expect(readStatement(Uint8Array.from([...statementFile(records), 0x1a])).entries).toHaveLength(3);
    expect(readStatement(statementFile(records).subarray(0, -2)).entries).toHaveLength(3);
  });
});

describe('movements of an account (入出金取引明細)', () => {
  it('are read with their direction, and a correction as one', () => {
    const { kind, entries } = readStatement(statementFile([...movementRecords(movements), END], ''));
    expect(kind).toBe('movements');
    expect(entries.map(({ direction, amountYen, cancelled }) => [direction, amountYen, cancelled])).toEqual([
      ['in', 39_600, false],
      ['out', 5_000, false],
      ['out', 39_600, true],
    ]);
    expect(entries[0]).toMatchObject({
      inquiryNumber: '00000001',
      name: 'ｶ)ｱｵﾊﾞ',
      reference: 'INV2026000101',
    });
  });

  it('give payments in, and what was taken back for a person to look at', () => {
    const payments = paymentsOf(readStatement(statementFile([...movementRecords(movements), END])));
    expect(payments.map(({ amountYen, cancelled }) => [amountYen, cancelled])).toEqual([
      [39_600, false],
      [39_600, true],
    ]);
  });
});

describe('payments of a statement', () => {
  const file = (facts: TransferFact[]) => readStatement(statementFile([...transferRecords(facts), END]));

  it('have the same id in every file, and another one for each of two that are alike', () => {
    const [first, second] = paymentsOf(file([same, same]));
    expect(first?.id).not.toBe(second?.id);
    expect(paymentsOf(file([transfers[2] as TransferFact, same]))[1]?.id).toBe(first?.id);
  });

  it('read twice pay once', () => {
    const lines = paymentsOf(file([same]));
    const invoices = ['1', '2'].map((number) => ({
      number,
      payer: 'A',
      issuedOn: date('2026-11-10'),
      dueOn: date('2026-11-30'),
      openYen: 5_500,
    }));
    const match = matchPayments({
      payers: [{ id: 'A', names: ['アオバ'] }],
      invoices,
      lines: [...lines, ...lines],
      feeToleranceYen: 0,
    });
    expect(match.value.allocations).toHaveLength(1);
  });
});

describe('a file that is not wholly in order is refused, with the record and the reason', () => {
  const good = transferRecords(transfers);
  const moved = movementRecords(movements);
  const at = (records: readonly string[], index: number, start: number, text: string) =>
    records.map((record, own) =>
      own === index ? record.slice(0, start) + text + record.slice(start + text.length) : record,
    );

  it.each<[string, string[], string]>([
    ['count', at([...good, END], 4, 1, '000003'), '5行目：振込の合計が明細と合いません'],
    ['sum', at([...good, END], 4, 7, '000000000001'), '5行目：振込の合計'],
    ['cancelled count', at([...good, END], 4, 19, '000000'), '5行目：取消の合計'],
    ['cancelled sum', at([...good, END], 4, 25, '000000000002'), '5行目：取消の合計'],
    ['in', at([...moved, END], 4, 7, '0000000000001'), '5行目：入金の合計'],
    ['out', at([...moved, END], 4, 26, '0000000000001'), '5行目：出金の合計'],
    ['all', at([...moved, END], 4, 54, '0000004'), '5行目：件数が明細と合いません'],
    ['no date', at([...good, END], 1, 7, '081331'), '2行目：勘定日は暦に無い日付です'],
    ['no digits', at([...good, END], 1, 19, '00000 3960'), '2行目：金額が数字ではありません'],
    ['no direction', at([...moved, END], 1, 21, '3'), '2行目：入払区分'],
    ['no cancellation', at([...good, END], 1, 127, 'X'), '2行目：取消区分'],
    ['no header', good.slice(1), '1行目：振込入金通知'],
    ['another header', [...good, ...moved, END], '6行目：種類の異なるヘッダー'],
    ['no trailer', [...good.slice(0, 4), END], '5行目：ここに「9」のレコードは置けません'],
    ['no end', good, '5行目：ファイルが途中で終わっています'],
    ['more after the end', [...good, END, ...good], '7行目：エンドレコードの後'],
    ['an unknown record', [good[0] ?? '', `5${' '.repeat(199)}`, END], '2行目：ここに「5」'],
  ])('%s', (_, records, reason) => {
    expect(() => readStatement(statementFile(records))).toThrow(StatementFileError);
    expect(() => readStatement(statementFile(records))).toThrow(reason);
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), '1行目：ファイルが空です'],
    [
      'a short record',
      statementFile([...good, END], '').subarray(0, 950),
      '5行目：レコードが200バイトに足りません（150バイト）',
    ],
    [
      'a line end that is missing',
      statementFile([`${good[0]}\r\n${good[1]}`, ...good.slice(2), END], ''),
      '2行目：200バイトの後に改行',
    ],
    [
      'a byte of another code',
      Uint8Array.from(statementFile([...good, END]), (byte, index) => (index === 250 ? 0xe3 : byte)),
      '2行目：49バイト目',
    ],
    ['text in UTF-8', new TextEncoder().encode(good.join('\r\n')), '1行目：'],
  ])('%s', (_, bytes, reason) => {
    expect(() => readStatement(bytes)).toThrow(StatementFileError);
    expect(() => readStatement(bytes)).toThrow(reason);
  });

  it('whatever the bytes are: an answer or a refusal, and every changed digit of an amount is noticed', () => {
    const bytes = statementFile([...good, END]);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (index, byte) => {
        const other = Uint8Array.from(bytes, (own, position) => (position === index ? byte : own));
        try {
          const { entries } = readStatement(other);
          expect(entries.reduce((sum, { amountYen }) => sum + amountYen, 0)).toBe(10_000_039_600);
        } catch (error) {
          expect(error).toBeInstanceOf(StatementFileError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
