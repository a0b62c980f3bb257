import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { payerCore, referenceCore } from '../../../domain/billing/payer-kana.ts';
import { type BankLine, matchPayments, type OpenInvoice } from '../../../domain/billing/payment-match.ts';
import { date } from './support.ts';

describe('the core of a payer’s name', () => {
  it.each([
    ['ｶ)ｱｵﾊﾞ', 'アオバ'],
    ['(ｶ)ｱｵﾊﾞ', 'アオバ'],
    ['ｱｵﾊﾞ(ｶ', 'アオバ'],
    ['ｱｵﾊﾞ(ｶ)', 'アオバ'],
    ['ｱｵﾊﾞ(ｶ)ｼﾃﾝ', 'アオバシテン'],
    ['カブシキガイシャ　アオバ', 'アオバ'],
    ['アオバカブシキカイシャ', 'アオバ'],
    ['ユウゲンガイシヤアオバ', 'アオバ'],
    ['アオバゴウドウガイシャ', 'アオバ'],
    ['ゴウシガイシャアオバ', 'アオバ'],
    ['アオバゴウメイカイシャ', 'アオバ'],
    ['あおば', 'アオバ'],
    ['アオハ゛', 'アオバ'],
    ['アオハﾞ', 'アオバ'],
    ['ｱｵﾊ゛', 'アオバ'],
    ['ﾊﾟﾙﾌﾟ', 'パルプ'],
    ['キャット', 'キヤツト'],
    ['ミドリサービス', 'ミドリサービス'],
    ['ﾐﾄﾞﾘｻ-ﾋﾞｽ', 'ミドリサービス'],
    ['ミドリサ―ビス', 'ミドリサービス'],
    ['ミドリサ－ビス', 'ミドリサービス'],
    ['ｱｵﾊﾞ･ﾐﾄﾞﾘ.', 'アオバミドリ'],
    ['ａｂｃ 12', 'ABC12'],
    ['ｲ)ｱｵﾊﾞｶｲ(ｴｲ', 'アオバカイ'],
    ['ｱｵﾊﾞ(ﾕ)(ｼﾕﾂ', 'アオバ'],
    ['ﾄｸﾋ)ｱｵﾊﾞ', 'アオバ'],
    ['シャ)アオバ', 'アオバ'],
    ['ｱｵﾊﾞ(ﾛｳﾑ', 'アオバ'],
    // Without a parenthesis a short form is a part of the name.
    ['カアオバ', 'カアオバ'],
    // In full it counts in front and at the back only.
    ['アオバカブシキガイシャシテン', 'アオバカブシキガイシヤシテン'],
    ['カブシキガイシャ', ''],
  ])('of %s is %s', (name, core) => {
    expect(payerCore(name)).toBe(core);
  });

  it('is its own core: names that were compared once compare alike again', () => {
    const kana = fc.string({ unit: fc.constantFrom(...'アカサンーャッバパ'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(kana, (name) => {
        expect(payerCore(payerCore(name))).toBe(payerCore(name));
      }),
    );
  });

  it('of a reference is its letters and digits', () => {
    expect(referenceCore(' inv-2026-000102　')).toBe('INV2026000102');
    expect(referenceCore('ＩＮＶ２０２６')).toBe('INV2026');
  });
});

const invoice = (
  number: string,
  payer: string,
  openYen: number,
  dueOn = '2026-11-30',
  issuedOn = '2026-11-10',
): OpenInvoice => ({
  number,
  payer,
  openYen,
  dueOn: date(dueOn),
  issuedOn: date(issuedOn),
});
const line = (id: string, amountYen: number, name: string, more: Partial<BankLine> = {}): BankLine => ({
  id,
  amountYen,
  name,
  on: date('2026-11-30'),
  reference: null,
  cancelled: false,
  ...more,
});
const payers = [
  { id: 'A', names: ['アオバ'] },
  { id: 'B', names: ['ミドリ', 'ミドリテン'] },
  { id: 'B2', names: ['ミドリ'] },
];
const match = (invoices: OpenInvoice[], lines: BankLine[], feeToleranceYen = 0) =>
  matchPayments({ payers, invoices, lines, feeToleranceYen }).value;

describe('payments', () => {
  it('with a reference go to the payer of that invoice; of several open ones only it is tried singly', () => {
    const open = [invoice('INV-1', 'A', 5_000), invoice('INV-2', 'A', 7_000)];
    const both = match(open, [line('1', 12_000, 'だれか', { reference: 'inv 2' })]);
    expect(both.allocations.map((each) => each.invoice)).toEqual(['INV-1', 'INV-2']);
    const short = match(open, [line('1', 4_900, 'だれか', { reference: 'INV-2' })], 100);
    expect(short.tasks).toMatchObject([{ kind: 'part', proposal: [{ invoice: 'INV-2', amountYen: 4_900 }] }]);
  });

  it('with the reference of a paid invoice, or of none, are told by their name', () => {
    const open = [invoice('INV-1', 'A', 0), invoice('INV-2', 'A', 7_000)];
    for (const reference of ['INV-1', 'INV-9', '', '---']) {
      const { allocations } = match(open, [line('1', 7_000, 'ｱｵﾊﾞ', { reference })]);
      expect(allocations.map((each) => each.invoice)).toEqual(['INV-2']);
    }
  });

  it('short by the tolerance pay the earliest due invoice that they are short of, not by a yen more', () => {
    const open = [
      invoice('INV-3', 'A', 5_500, '2026-12-28'),
      invoice('INV-2', 'A', 5_400),
      invoice('INV-1', 'A', 5_600, '2026-11-30', '2026-11-11'),
    ];
    expect(match(open, [line('1', 5_300, 'ｱｵﾊﾞ')], 300).allocations).toEqual([
      { line: '1', invoice: 'INV-2', amountYen: 5_300, discountYen: 100 },
    ]);
    expect(match(open, [line('1', 5_100, 'ｱｵﾊﾞ')], 299).tasks).toMatchObject([{ kind: 'part' }]);
    expect(match(open, [line('1', 5_101, 'ｱｵﾊﾞ')], 299).allocations).toMatchObject([{ discountYen: 299 }]);
  });

  it.each([
    [
      'due',
      [
        ['INV-2', '2026-12-28', '2026-11-09'],
        ['INV-3', '2026-11-30', '2026-11-10'],
      ],
      'INV-3',
    ],
    [
      'issued',
      [
        ['INV-2', '2026-11-30', '2026-11-11'],
        ['INV-3', '2026-11-30', '2026-11-10'],
      ],
      'INV-3',
    ],
    [
      'number',
      [
        ['INV-3', '2026-11-30', '2026-11-10'],
        ['INV-2', '2026-11-30', '2026-11-10'],
      ],
      'INV-2',
    ],
  ] as const)('of one amount pay the invoice with the first %s', (_, invoices, first) => {
    const open = invoices.map(([number, due, issued]) => invoice(number, 'A', 5_000, due, issued));
    expect(match(open, [line('1', 5_000, 'ｱｵﾊﾞ')]).allocations.map((each) => each.invoice)).toEqual([first]);
  });

  it('are taken by date and id, each id once; an invoice is paid once', () => {
    const open = [invoice('INV-1', 'A', 5_000)];
    const lines = [
      line('b', 5_000, 'ｱｵﾊﾞ'),
      line('c', 5_000, 'ｱｵﾊﾞ', { on: date('2026-11-29') }),
      line('c', 9_000, 'ｱｵﾊﾞ', { on: date('2026-12-01') }),
    ];
    const found = match(open, lines);
    expect(found.allocations.map((each) => each.line)).toEqual(['c']);
    expect(found.tasks).toEqual([{ line: 'b', kind: 'nothingOpen', proposal: [], restYen: 5_000 }]);
  });

  it('of a name that several share go to the only one that owes exactly the amount', () => {
    const open = [invoice('INV-1', 'B', 5_000), invoice('INV-2', 'B2', 6_000)];
    expect(match(open, [line('1', 6_000, 'ﾐﾄﾞﾘ')]).allocations).toMatchObject([{ invoice: 'INV-2' }]);
    expect(match(open, [line('1', 5_500, 'ﾐﾄﾞﾘ')], 500).tasks).toMatchObject([
      { kind: 'ambiguousPayer', restYen: 0 },
    ]);
    expect(match(open, [line('1', 5_000, 'ﾐﾄﾞﾘﾃﾝ')]).allocations).toMatchObject([{ invoice: 'INV-1' }]);
  });

  it('with a name of which nothing is left, or that was cut, are of nobody', () => {
    const nameless = { payers: [{ id: 'X', names: ['カブシキガイシャ'] }], invoices: [], feeToleranceYen: 0 };
    expect(matchPayments({ ...nameless, lines: [line('1', 1, 'ｶ)')] }).value.tasks).toMatchObject([
      { kind: 'unknownPayer' },
    ]);
    expect(match([invoice('INV-1', 'A', 5_000)], [line('1', 5_000, 'ｱｵ')]).tasks).toMatchObject([
      { kind: 'unknownPayer' },
    ]);
  });

  it('that were cancelled are a task, although reference and amount fit', () => {
    const cancelled = line('1', 5_000, 'ｱｵﾊﾞ', { reference: 'INV-1', cancelled: true });
    expect(match([invoice('INV-1', 'A', 5_000)], [cancelled])).toMatchObject({
      allocations: [],
      tasks: [{ kind: 'cancelled' }],
    });
  });

  it('of 0 yen or less are refused', () => {
    for (const amount of [0, -1, 1.5]) {
      expect(() => match([], [line('1', amount, 'ｱｵﾊﾞ')])).toThrow(InvalidValueError);
    }
  });

  it('never allocate more or less than was paid, nor leave less open than was due', () => {
    const amount = fc.constantFrom(1_000, 2_000, 3_000, 5_000, 6_000);
    const invoices = fc.array(fc.tuple(amount, fc.constantFrom('A', 'B', 'B2')), { maxLength: 6 });
    const lines = fc.array(
      fc.tuple(fc.integer({ min: 900, max: 9_000 }), fc.constantFrom('ｱｵﾊﾞ', 'ﾐﾄﾞﾘ', 'ﾐﾄﾞﾘﾃﾝ')),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(invoices, lines, fc.constantFrom(0, 100), (due, paid, tolerance) => {
        const open = due.map(([yen, payer], index) => invoice(`INV-${index}`, payer, yen));
        const found = match(
          open,
          paid.map(([yen, name], index) => line(String(index), yen, name)),
          tolerance,
        );
        for (const [index, [yen]] of paid.entries()) {
          const own = found.allocations.filter((each) => each.line === String(index));
          const tasks = found.tasks.filter((each) => each.line === String(index));
          expect(tasks).toHaveLength(own.length === 0 ? 1 : 0);
          if (own.length > 0) expect(own.reduce((sum, each) => sum + each.amountYen, 0)).toBe(yen);
          for (const { kind, proposal, restYen } of tasks) {
            const proposed = proposal.reduce((sum, each) => sum + each.amountYen, 0);
            if (kind === 'part' || kind === 'over') expect(proposed + restYen).toBe(yen);
            expect(restYen > 0).toBe(kind === 'over' || kind === 'nothingOpen');
          }
        }
        for (const { number, openYen } of open) {
          const settled = found.allocations.filter((each) => each.invoice === number);
          const sum = settled.reduce((all, each) => all + each.amountYen + each.discountYen, 0);
          expect(openYen - sum).toBe(found.open.get(number));
          expect(settled.every(({ discountYen }) => discountYen <= tolerance)).toBe(true);
        }
      }),
    );
  });
});
