import Encoding from 'encoding-japanese';
import { csvText } from '../../domain/base/csv.ts';
import type { ExportAccounts, ExportRow } from '../../domain/billing/export-rows.ts';
import { type JournalSide, journalSides, slashed } from './journal.ts';

/** An entry of one line. */
const SINGLE_LINE = '2000';
/** What 弥生会計 takes of a 摘要, in bytes of Shift_JIS. */
const MEMO_BYTES = 64;
/** Stands for a character that Shift_JIS lacks. */
const GETA = '〓';

/** Documents as the import of 弥生会計: 25 columns without a header, in Shift_JIS. A character that it lacks becomes 〓. */
export function yayoiCsv(rows: readonly ExportRow[], accounts: ExportAccounts): Uint8Array {
  const lines = rows.map((row, index) => {
    const { debit, credit } = journalSides(row, accounts);
    const side = ({ account, taxable, amountYen, taxYen }: JournalSide) => [
      account,
      '',
      '',
      taxable ? '課税売上込10%' : '対象外',
      amountYen,
      taxYen,
    ];
    return [
      SINGLE_LINE,
      index + 1,
      '',
      slashed(row.on),
      ...side(debit),
      ...side(credit),
      cutTo(MEMO_BYTES, row.memo),
      row.number,
      slashed(row.dueOn ?? ''),
      '0',
      '',
      '',
      '0',
      '0',
      'no',
    ];
  });
  return Uint8Array.from([...csvText(lines)].flatMap(shiftJis));
}

function shiftJis(char: string): number[] {
  const bytes = Encoding.convert(Encoding.stringToCode(char), { from: 'UNICODE', to: 'SJIS' });
  const lost = bytes.length === 1 && bytes[0] === 0x3f && char !== '?';
  return lost || bytes.length === 0 ? shiftJis(GETA) : bytes;
}

function cutTo(bytes: number, text: string): string {
  let left = bytes;
  return [...text]
    .filter((char) => {
      left -= shiftJis(char).length;
      return left >= 0;
    })
    .join('');
}
