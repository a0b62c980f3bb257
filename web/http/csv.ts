import type { Context } from 'hono';
import { BYTE_ORDER_MARK, type CsvValue, csvText } from '../../domain/base/csv.ts';
import { attachment } from './download.ts';

/** CSV as a file to keep, with the mark that spreadsheets in Japanese expect. */
export function csvFile(c: Context, fileName: string, rows: readonly (readonly CsvValue[])[]): Response {
  return attachment(c, new TextEncoder().encode(BYTE_ORDER_MARK + csvText(rows)), {
    fileName,
    contentType: 'text/csv; charset=utf-8',
  });
}
