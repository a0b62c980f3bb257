import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvText, plainCell } from '../../../domain/base/csv.ts';
import type { ExportRow } from '../../../domain/billing/export-rows.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { catalogueCsv, readCatalogueFile } from '../../../storage/catalogue-file.ts';
import { freeeCsv } from '../../../templates/exports/freee.ts';

const FORMULAS = [
  '=1+1',
  '+1',
  '-1+1',
  '@SUM(A1)',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  '﹦1',
  '−1',
  '\t=1',
  '\r=1',
  '\n=1',
  "'=1",
];

const cellsOf = (text: string): string[][] => parse(text, { bom: true, relax_column_count: true });

describe('no cell of a CSV is a formula in a spreadsheet', () => {
  test.each(FORMULAS.map((text) => [JSON.stringify(text), text]))('%s', (_, text) => {
    for (const quoted of [false, true])
      expect(cellsOf(csvText([[text]], { quoted }))).toEqual([[`'${text}`]]);
  });

  test('a number stays one, a text that only holds such a character stays as it is', () => {
    expect(csvText([[-220_000, 'a=b', '株式会社－青葉', '']])).toBe('-220000,a=b,株式会社－青葉,\r\n');
  });

  test('what is written is read back as it was, whatever is in it', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom(...FORMULAS), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        expect(cellsOf(csvText([values], { quoted: true }))[0]?.map(plainCell)).toEqual(values);
      }),
    );
  });
});

test('the accounting exports defuse names too', () => {
  const row: ExportRow = {
    ...{ number: 'H-1', on: civilDate('2026-12-10'), dueOn: null, memo: '＠x' },
    ...{ payer: { code: 'K', name: '＝cmd' }, account: '売上高', taxable: true, grossYen: 110, taxYen: 10 },
  };
  expect(freeeCsv([row])).toContain("'＝cmd");
});

test('the price list is defused, and read again as it was', () => {
  const option = {
    code: '@x',
    name: '＝HYPERLINK("http://evil.example")',
    annualFeeYen: 120,
    monthlyFeeYen: 12,
  };
  const fees = { rank: 1, includedLicences: 2, extraLicenceAnnualYen: 3, extraLicenceMonthlyYen: 4 };
  const plan = { code: 'basic', name: '-基本', annualFeeYen: 1200, monthlyFeeYen: 110, ...fees };
  const text = catalogueCsv({ plans: [plan], options: [option] });
  expect(text).toContain(`"'＝HYPERLINK(`);
  expect(text).toContain(`"'@x"`);
  expect(text).toContain(`"'-基本"`);
  expect(readCatalogueFile(new TextEncoder().encode(text))).toEqual({ plans: [plan], options: [option] });
});
