import type { CivilDate } from '../calendar/civil-date.ts';
import { type DocumentType, givesBack } from './documents.ts';
import type { TaxRateTotal } from './invoice.ts';

/** An issued document as accounting software gets it. */
export interface ExportedDocument {
  type: DocumentType;
  number: string;
  issuedOn: CivilDate;
  dueOn: CivilDate | null;
  payer: { code: string; name: string };
  rates: readonly TaxRateTotal[];
  /** The invoice that this one replaced: its rows go out again with the other sign, on the day of this one. */
  replaced: Pick<ExportedDocument, 'number' | 'rates'> | null;
}

/** Names of accounts, as the operator's books have them. */
export interface ExportAccounts {
  /** 売掛金 */
  receivable: string;
  /** 売上高 */
  sales: string;
  /** 前受金: what top-ups are booked to. */
  prepaid: string;
}

/** One row: a document and a tax rate. Yen with tax; negative for money that goes back. */
export interface ExportRow {
  number: string;
  on: CivilDate;
  dueOn: CivilDate | null;
  payer: { code: string; name: string };
  account: string;
  /** 課税売上10%, or outside consumption tax (対象外). */
  taxable: boolean;
  grossYen: number;
  taxYen: number;
  memo: string;
}

const WORDS: Record<DocumentType, string> = {
  invoice: '請求書',
  statement: '精算書',
  topUp: 'チャージ請求書',
  usageStatement: '利用明細書',
  returnInvoice: '返還インボイス',
  refundNotice: '返金のお知らせ',
};

/** The rows of documents in their order (第6条2項), one for each rate that comes to something. */
export function exportRows(documents: readonly ExportedDocument[], accounts: ExportAccounts): ExportRow[] {
  return documents.flatMap((document) => {
    const { type, number, replaced } = document;
    const word = replaced === null ? WORDS[type] : `修正${WORDS[type]}`;
    return [
      ...(replaced === null
        ? []
        : rowsOf(document, replaced.rates, -1, `${word} ${number}による${replaced.number}の取消`, accounts)),
      ...rowsOf(document, document.rates, givesBack(type) ? -1 : 1, `${word} ${number}`, accounts),
      ...(type === 'usageStatement' ? [fromBalance(document, `${word} ${number}`, accounts)] : []),
    ];
  });
}

/** What a usage statement takes off the prepaid balance: with it the receivable comes to nothing, for it was paid before (第6条5項). */
function fromBalance(
  { number, issuedOn, dueOn, payer, rates }: ExportedDocument,
  what: string,
  { prepaid }: ExportAccounts,
): ExportRow {
  const grossYen = rates.reduce((sum, { netYen, taxYen }) => sum + netYen + taxYen, 0);
  return {
    ...{ number, on: issuedOn, dueOn, payer, account: prepaid, taxable: false },
    ...{ grossYen: -grossYen, taxYen: 0, memo: `${what}（残高から） ${payer.name}` },
  };
}

function rowsOf(
  { type, number, issuedOn, dueOn, payer }: ExportedDocument,
  rates: readonly TaxRateTotal[],
  sign: 1 | -1,
  what: string,
  { sales, prepaid }: ExportAccounts,
): ExportRow[] {
  return rates
    .filter(({ netYen, taxYen }) => netYen + taxYen !== 0)
    .map(({ taxPercent, netYen, taxYen }) => ({
      number,
      on: issuedOn,
      dueOn,
      payer,
      account: type === 'topUp' ? prepaid : sales,
      taxable: taxPercent !== 0,
      grossYen: sign * (netYen + taxYen),
      taxYen: taxYen === 0 ? 0 : sign * taxYen,
      memo: `${what} ${payer.name}`,
    }));
}
