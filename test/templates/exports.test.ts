import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { type ExportAccounts, type ExportedDocument, exportRows } from '../../domain/billing/export-rows.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { freeeCsv } from '../../templates/exports/freee.ts';
import { moneyForwardCsv } from '../../templates/exports/money-forward.ts';
import { yayoiCsv } from '../../templates/exports/yayoi.ts';

const accounts: ExportAccounts = { receivable: '売掛金', sales: '売上高', prepaid: '前受金' };
const document = (more: Partial<ExportedDocument> = {}): ExportedDocument => ({
  type: 'invoice',
  number: 'INV-2026-000101',
  issuedOn: civilDate('2026-12-10'),
  dueOn: civilDate('2027-01-04'),
  payer: { code: 'C1', name: '試験物産株式会社' },
  rates: [{ taxPercent: 10, netYen: 36_000, taxYen: 3_600 }],
  replaced: null,
  ...more,
});
const topUp = document({
  type: 'topUp',
  number: 'TOP-2026-000001',
  rates: [{ taxPercent: 0, netYen: 30_000, taxYen: 0 }],
});
const returned = document({ type: 'returnInvoice', number: 'RET-2026-000001', dueOn: null });
const corrected = document({
  number: 'INV-2026-000102',
  dueOn: null,
  rates: [],
  replaced: { number: 'INV-2026-000101', rates: [{ taxPercent: 10, netYen: 36_000, taxYen: 3_600 }] },
});
const rowsOf = (...documents: ExportedDocument[]) => exportRows(documents, accounts);

describe('rows for accounting', () => {
  test('are one for each document and rate that comes to something', () => {
    const mixed = document({
      rates: [
        ...document().rates,
        { taxPercent: 0, netYen: 500, taxYen: 0 },
        { taxPercent: 8, netYen: 0, taxYen: 0 },
      ],
    });
    expect(rowsOf(mixed).map(({ grossYen, taxYen, taxable }) => [grossYen, taxYen, taxable])).toEqual([
      [39_600, 3_600, true],
      [500, 0, false],
    ]);
  });

  test('of a corrected invoice take the old one back, so that the books hold the new one alone', () => {
    const rows = rowsOf(document(), {
      ...corrected,
      rates: [{ taxPercent: 10, netYen: 4_100, taxYen: 410 }],
    });
    expect(rows.map(({ grossYen }) => grossYen)).toEqual([39_600, -39_600, 4_510]);
    expect(rows[1]?.memo).toContain('INV-2026-000101の取消');
  });

  test('of money that goes back are negative, and of a top-up go to their own account', () => {
    expect(
      rowsOf(returned, topUp).map(({ grossYen, taxYen, account }) => [grossYen, taxYen, account]),
    ).toEqual([
      [-39_600, -3_600, '売上高'],
      [30_000, 0, '前受金'],
    ]);
  });
});

describe('freee', () => {
  const HEADER =
    '収支区分,管理番号,発生日,決済期日,取引先コード,取引先,勘定科目,税区分,金額,税計算区分,税額,備考,品目,部門,メモタグ（複数指定可、カンマ区切り）,セグメント1,セグメント2,セグメント3,決済日,決済口座,決済金額';

  test('gets its header and a row of its width for each', () => {
    const csv = freeeCsv(rowsOf(document(), topUp, returned));
    expect(csv.split('\r\n')).toEqual([
      HEADER,
      '収入,INV-2026-000101,2026-12-10,2027-01-04,C1,試験物産株式会社,売上高,課税売上10%,39600,内税,3600,請求書 INV-2026-000101 試験物産株式会社,,,,,,,,,',
      '収入,TOP-2026-000001,2026-12-10,2027-01-04,C1,試験物産株式会社,前受金,対象外,30000,内税,0,チャージ請求書 TOP-2026-000001 試験物産株式会社,,,,,,,,,',
      '収入,RET-2026-000001,2026-12-10,,C1,試験物産株式会社,売上高,課税売上10%,-39600,内税,-3600,返還インボイス RET-2026-000001 試験物産株式会社,,,,,,,,,',
      '',
    ]);
  });

  test('reads names as they are, whatever characters they have', () => {
    const payer = { code: 'C1', name: '試験,"物産"\r\n株式会社' };
    const [row] = parse(freeeCsv(rowsOf(document({ payer }))), { columns: true }) as Record<string, string>[];
    expect(row?.取引先).toBe(payer.name);
    const formula = freeeCsv(rowsOf(document({ payer: { code: '=1+1', name: '@x' } })));
    expect(formula).toContain(`,'=1+1,'@x,`);
  });
});

describe('マネーフォワード', () => {
  test('gets journal entries, what goes back the other way round', () => {
    const [header, invoice, back] = moneyForwardCsv(rowsOf(document(), returned), accounts).split('\r\n');
    expect(header).toBe(
      '取引No,取引日,借方勘定科目,借方補助科目,借方部門,借方取引先,借方税区分,借方インボイス,借方金額(円),借方税額,貸方勘定科目,貸方補助科目,貸方部門,貸方取引先,貸方税区分,貸方インボイス,貸方金額(円),貸方税額,摘要,仕訳メモ,タグ,MF仕訳タイプ,決算整理仕訳,作成日時,作成者,最終更新日時,最終更新者',
    );
    expect(invoice).toBe(
      '1,2026/12/10,売掛金,,,試験物産株式会社,対象外,,39600,0,売上高,,,試験物産株式会社,課税売上 10%,,39600,3600,請求書 INV-2026-000101 試験物産株式会社,,,,,,,,',
    );
    expect(back).toMatch(
      /^2,2026\/12\/10,売上高,,,試験物産株式会社,課税売上 10%,,39600,3600,売掛金,,,試験物産株式会社,対象外,,39600,0,/,
    );
  });
});

describe('弥生', () => {
  const decoded = (...documents: ExportedDocument[]) =>
    new TextDecoder('shift_jis', { fatal: true })
      .decode(yayoiCsv(rowsOf(...documents), accounts))
      .split('\r\n');

  test('gets 25 columns in Shift_JIS without a header', () => {
    const [row, last] = decoded(document());
    expect(row).toBe(
      '2000,1,,2026/12/10,売掛金,,,対象外,39600,0,売上高,,,課税売上込10%,39600,3600,請求書 INV-2026-000101 試験物産株式会社,INV-2026-000101,2027/01/04,0,,,0,0,no',
    );
    expect(row?.split(',')).toHaveLength(25);
    expect(last).toBe('');
  });

  test('gets 〓 for a character that it lacks, and no more of a memo than it takes', () => {
    const [row] = decoded(document({ payer: { code: 'C1', name: `髙﨑\u{20BB7}?${'物産'.repeat(30)}` } }));
    const memo = row?.split(',')[16] ?? '';
    expect(memo).toMatch(/^請求書 INV-2026-000101 髙﨑〓\?物産/);
    expect(
      [...memo].reduce((bytes, char) => bytes + (char.charCodeAt(0) < 0x80 ? 1 : 2), 0),
    ).toBeLessThanOrEqual(64);
  });
});
