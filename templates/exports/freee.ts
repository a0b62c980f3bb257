import { csvText } from '../../domain/base/csv.ts';
import type { ExportRow } from '../../domain/billing/export-rows.ts';

/** The header of freee's 取引 import. */
const HEADER =
  '収支区分,管理番号,発生日,決済期日,取引先コード,取引先,勘定科目,税区分,金額,税計算区分,税額,備考,品目,部門,メモタグ（複数指定可、カンマ区切り）,セグメント1,セグメント2,セグメント3,決済日,決済口座,決済金額'.split(
    ',',
  );

/** Documents as 取引 of freee: income with tax included, to be saved as UTF-8; not settled yet. */
export function freeeCsv(rows: readonly ExportRow[]): string {
  return csvText([
    HEADER,
    ...rows.map(({ number, on, dueOn, payer, account, taxable, grossYen, taxYen, memo }) => [
      '収入',
      number,
      on,
      dueOn ?? '',
      payer.code,
      payer.name,
      account,
      taxable ? '課税売上10%' : '対象外',
      grossYen,
      '内税',
      taxYen,
      memo,
      ...Array.from({ length: 9 }, () => ''),
    ]),
  ]);
}
