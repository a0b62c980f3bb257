import { parse } from 'csv-parse/sync';
import { BYTE_ORDER_MARK, csvText, plainCell } from '../domain/base/csv.ts';

/** The columns of a price list as CSV, in the order in which they are written. */
const COLUMNS = [
  '種別',
  'コード',
  '名称',
  '順位',
  '年額（税抜）',
  '月額（税抜）',
  '含まれるライセンス',
  '追加ライセンス年額',
  '追加ライセンス月額',
] as const;

type Row = Record<(typeof COLUMNS)[number], string>;

/** Plans and options as a file states them, still to be checked against the form of a price list. */
export interface CatalogueRows {
  plans: unknown[];
  options: unknown[];
}

/** A Japanese sentence that says why a file is no price list. */
export class CatalogueFileError extends Error {
  override readonly name = 'CatalogueFileError';
}

/** Reads a price list: JSON as `hasso catalogue import` takes it, or CSV in UTF-8 or Shift_JIS. Throws CatalogueFileError. */
export function readCatalogueFile(bytes: Uint8Array): CatalogueRows {
  const text = decode(bytes).replace(/^\uFEFF/, '');
  return text.trimStart().startsWith('{') ? readJson(text) : readCsv(text);
}

function readJson(text: string): CatalogueRows {
  try {
    const { plans, options } = JSON.parse(text) as Partial<CatalogueRows>;
    if (Array.isArray(plans) && Array.isArray(options)) return { plans, options };
  } catch {
    // Said below.
  }
  throw new CatalogueFileError('JSONとして読めないか、plans と options がありません。');
}

function readCsv(text: string): CatalogueRows {
  let rows: Row[];
  try {
    rows = parse(text, { columns: true, skip_empty_lines: true, trim: true, relax_column_count: false });
  } catch {
    throw new CatalogueFileError('CSVとして読めません。列の数と引用符を確認してください。');
  }
  const [first] = rows;
  const absent = COLUMNS.filter((column) => first === undefined || !(column in first));
  if (absent.length > 0) throw new CatalogueFileError(`CSVに列「${absent.join('」「')}」がありません。`);
  const list: CatalogueRows = { plans: [], options: [] };
  for (const [index, row] of rows.entries()) {
    const fees = { annualFeeYen: yen(row['年額（税抜）']), monthlyFeeYen: yen(row['月額（税抜）']) };
    const item = { code: plainCell(row.コード), name: plainCell(row.名称), ...fees };
    if (row.種別 === 'オプション') list.options.push(item);
    else if (row.種別 === 'プラン') {
      list.plans.push({
        ...item,
        rank: yen(row.順位),
        includedLicences: yen(row.含まれるライセンス),
        extraLicenceAnnualYen: yen(row.追加ライセンス年額),
        extraLicenceMonthlyYen: yen(row.追加ライセンス月額),
      });
    } else {
      throw new CatalogueFileError(`${index + 2}行目：種別は「プラン」または「オプション」にしてください。`);
    }
  }
  return list;
}

function yen(text: string): number {
  const digits = text.normalize('NFKC').replaceAll(',', '');
  return /^\d{1,12}$/.test(digits) ? Number(digits) : Number.NaN;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    try {
      return new TextDecoder('shift_jis', { fatal: true }).decode(bytes);
    } catch {
      throw new CatalogueFileError('文字コードはUTF-8またはShift_JISにしてください。');
    }
  }
}

interface Fees {
  code: string;
  name: string;
  annualFeeYen: number;
  monthlyFeeYen: number;
}
interface PlanFees extends Fees {
  rank: number;
  includedLicences: number;
  extraLicenceAnnualYen: number;
  extraLicenceMonthlyYen: number;
}

/** A price list as CSV that `readCatalogueFile` takes again, with a BOM so that spreadsheets read it. */
export function catalogueCsv(list: { plans: readonly PlanFees[]; options: readonly Fees[] }): string {
  const rows = [
    COLUMNS,
    ...list.plans.map((plan) => [
      ...['プラン', plan.code, plan.name, plan.rank, plan.annualFeeYen, plan.monthlyFeeYen],
      ...[plan.includedLicences, plan.extraLicenceAnnualYen, plan.extraLicenceMonthlyYen],
    ]),
    ...list.options.map(({ code, name, annualFeeYen, monthlyFeeYen }) => [
      ...['オプション', code, name, '', annualFeeYen, monthlyFeeYen, '', '', ''],
    ]),
  ];
  return BYTE_ORDER_MARK + csvText(rows, { quoted: true });
}
