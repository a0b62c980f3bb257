import { csvText } from '../../domain/base/csv.ts';
import type { ExportAccounts, ExportRow } from '../../domain/billing/export-rows.ts';
import { type JournalSide, journalSides, slashed } from './journal.ts';

const SIDE = '勘定科目,補助科目,部門,取引先,税区分,インボイス,金額(円),税額'.split(',');
const REST = '摘要,仕訳メモ,タグ,MF仕訳タイプ,決算整理仕訳,作成日時,作成者,最終更新日時,最終更新者'.split(
  ',',
);
const HEADER = [
  '取引No',
  '取引日',
  ...SIDE.map((name) => `借方${name}`),
  ...SIDE.map((name) => `貸方${name}`),
  ...REST,
];

/** Documents as 仕訳帳 of マネーフォワード クラウド会計, to be saved as UTF-8. */
export function moneyForwardCsv(rows: readonly ExportRow[], accounts: ExportAccounts): string {
  return csvText([
    HEADER,
    ...rows.map((row, index) => {
      const { debit, credit } = journalSides(row, accounts);
      const side = ({ account, taxable, amountYen, taxYen }: JournalSide) => [
        account,
        '',
        '',
        row.payer.name,
        taxable ? '課税売上 10%' : '対象外',
        '',
        amountYen,
        taxYen,
      ];
      return [
        index + 1,
        slashed(row.on),
        ...side(debit),
        ...side(credit),
        row.memo,
        ...Array.from({ length: 8 }, () => ''),
      ];
    }),
  ]);
}
