import { TAX_PERCENT, TAX_ROUNDING_WORDS, type TaxRounding } from '../domain/base/money.ts';
import { type InvoiceLine, type InvoiceTotals, lineAmount } from '../domain/billing/invoice.ts';
import { paperTotals } from '../domain/billing/tax-included.ts';
import { civilDate, lastOfMonth } from '../domain/calendar/civil-date.ts';
import { japaneseDate } from './japanese-date.ts';
import { PAPER_WORDS, type PaperKind } from './paper-words.ts';
import { type Column, type ColumnTableStyle, columnTable, columnTableRoom } from './pdf/column-table.ts';
import type { TaggedDocument } from './pdf/document.ts';
import {
  drawSeal,
  drawSection,
  drawSectionTitle,
  GREY,
  LEFT,
  NAVY,
  type Operator,
  officialDocument,
  printedTexts,
  RIGHT,
  SANDBOX_MARK,
  TABLE,
  WIDTH,
} from './pdf/official.ts';

/** One line: the price without tax, what it is for and when that was, both days included. */
export interface InvoiceItem extends InvoiceLine {
  description: string;
  from: string;
  to: string;
  /** What is counted: `式`, `回`, `分`. */
  unit: string;
}

/** What a qualified invoice states (第6条; 適格請求書). All dates are civil dates in Asia/Tokyo, `YYYY-MM-DD`. */
export interface InvoicePayload {
  /** An invoice unless given. */
  kind?: PaperKind;
  invoiceNumber: string;
  issuedOn: string;
  /** Null where nothing is to be paid. */
  dueOn: string | null;
  /** The paper that this one takes the place of: an issued one is never rewritten. */
  corrects?: { invoiceNumber: string; issuedOn: string };
  /** The paper of which money goes back (適格返還請求書). */
  returns?: { invoiceNumber: string; issuedOn: string };
  recipient: { name: string; postalCode?: string; address: string };
  /** Whose contract it is, where somebody else pays. */
  customerName?: string;
  contractNumber: string;
  items: InvoiceItem[];
  /** `registrationNumber`: T and 13 digits. */
  operator: Operator & { registrationNumber: string; contact?: string };
  bankAccount: { bank: string; branch: string; kind: string; number: string; holder: string };
  notes?: string[];
  /** Its lines are with tax, which is within their sum. */
  taxIncluded?: boolean;
  /** How the tax is rounded; cut to the yen unless given. */
  taxRounding?: TaxRounding;
  /** An invoice of a test environment says so on its face. */
  sandbox: boolean;
}

const STYLE: ColumnTableStyle = {
  ...TABLE,
  label: { size: 8.5, color: NAVY },
  value: { size: 9 },
};
const ITEM_COLUMNS: readonly Column[] = [
  { label: '利用月・期間', share: 0.21 },
  { label: '内容', share: 0.31 },
  { label: '数量', share: 0.12, align: 'right' },
  { label: '単価（円）', share: 0.13, align: 'right' },
  { label: '税率', share: 0.08, align: 'right' },
  { label: '金額（円）', share: 0.15, align: 'right' },
];
const TOTAL_COLUMNS: readonly Column[] = [
  { label: '税率ごとの合計', share: 0.31 },
  { label: '対象額（税抜・円）', share: 0.23, align: 'right' },
  { label: '消費税額（円）', share: 0.23, align: 'right' },
  { label: '合計（税込・円）', share: 0.23, align: 'right' },
];
const ISSUER_WIDTH = 210;

/** Every text of a payload that the invoice prints: what `missingGlyphs` must be asked about before issue. */
export function invoiceTexts(payload: InvoicePayload): string[] {
  return printedTexts(payload);
}

/**
 * Draws the 請求書 (第6条) as a tagged PDF (PDF/A-2a, PDF/UA-1). The same payload gives the same bytes. Totals come from
 * `paperTotals`: one rounding for each rate. Throws for a registration number that is not T and 13 digits, a paper
 * without items that corrects none, prices that are no decimal numbers, dates that are none, and characters that no font has.
 */
export async function renderInvoice(payload: InvoicePayload): Promise<Uint8Array> {
  const { invoiceNumber, operator, issuedOn, items } = payload;
  if (!/^T\d{13}$/.test(operator.registrationNumber)) {
    throw new Error('An invoice needs a registration number: T and 13 digits.');
  }
  if (items.length === 0 && payload.corrects === undefined) {
    throw new Error(`Invoice ${invoiceNumber} has no items.`);
  }
  const { taxIncluded = false, taxRounding = 'floor' } = payload;
  const totals = paperTotals(items, taxRounding, taxIncluded);
  const { name, reference, isReturn } = wordsOf(payload);
  return officialDocument(
    {
      name,
      title: `${name} ${invoiceNumber}${payload.sandbox ? '（テスト環境）' : ''}`,
      reference: `${reference} ${invoiceNumber}`,
      issuedOn,
      operator,
      mark: payload.sandbox ? SANDBOX_MARK : null,
      framed: false,
    },
    (document) => {
      drawParties(document, payload);
      drawAmount(document, payload, totals);
      drawSectionTitle(document, taxIncluded ? '明細（税込）' : '明細（税抜）', columnTableRoom(STYLE));
      const nothing = items.length === 0 ? [['—', 'ご請求はありません', '', '', '', '0']] : [];
      columnTable(document, ITEM_COLUMNS, [...items.map(itemRow), ...nothing], STYLE);
      drawTotals(document, totals, taxRounding);
      if (!isReturn && payload.dueOn !== null) drawPayment(document, payload);
      else if ((payload.notes ?? []).length > 0) drawNotes(document, payload.notes ?? []);
    },
  );
}

const wordsOf = ({ kind = 'invoice' }: InvoicePayload) => PAPER_WORDS[kind];

/** Left the recipient, right the issuer with registration number and seal. */
function drawParties(
  document: TaggedDocument,
  { recipient, operator, contractNumber, customerName }: InvoicePayload,
): void {
  const top = document.y + 6;
  const width = WIDTH - ISSUER_WIDTH - 24;
  document.y = top;
  document.paragraph(`${recipient.name}　御中`, LEFT, width, { size: 13.5, weight: 'bold' }, 19);
  document.artifact(() => document.rule(LEFT, LEFT + width, document.y + 6, NAVY, 0.6));
  document.y += 8;
  const postalCode = recipient.postalCode === undefined ? '' : `〒${recipient.postalCode}　`;
  document.paragraph(`${postalCode}${recipient.address}`, LEFT, width, { size: 9 }, 13);
  document.paragraph(`契約番号　${contractNumber}`, LEFT, width, { size: 9 }, 15);
  if (customerName !== undefined) {
    document.paragraph(`ご利用のお客様　${customerName}`, LEFT, width, { size: 9 }, 13);
  }
  const recipientBottom = document.y;

  const left = RIGHT - ISSUER_WIDTH;
  document.y = top;
  document.paragraph(operator.name, left, ISSUER_WIDTH, { size: 11.5, weight: 'bold' }, 17);
  document.paragraph(`登録番号　${operator.registrationNumber}`, left, ISSUER_WIDTH, { size: 9 }, 14);
  // Under the lines above, so that the seal stands beside the address and covers nothing.
  const sealTop = document.y + 3;
  const room = operator.sealImagePath === undefined ? ISSUER_WIDTH : ISSUER_WIDTH - 62;
  document.paragraph(operator.address, left, room, { size: 9 }, 13);
  if (operator.contact !== undefined) document.paragraph(operator.contact, left, room, { size: 9 }, 13);
  drawSeal(document, operator, sealTop);
  const sealBottom = operator.sealImagePath === undefined ? 0 : sealTop + 60;
  document.y = Math.max(recipientBottom, document.y, sealBottom) + 12;
}

function drawAmount(document: TaggedDocument, payload: InvoicePayload, totals: InvoiceTotals): void {
  const { corrects, returns, dueOn } = payload;
  const { name, amount } = wordsOf(payload);
  const said = [
    ...(corrects === undefined
      ? []
      : [
          `この${name}は、${japaneseDate(corrects.issuedOn)}発行の${name} ${corrects.invoiceNumber} を訂正し、これに代わるものです。`,
        ]),
    ...(returns === undefined
      ? []
      : [
          `${japaneseDate(returns.issuedOn)}発行の請求書 ${returns.invoiceNumber}（${monthText(returns.issuedOn)}のお取引）についての返金です。`,
        ]),
  ];
  for (const text of said) {
    document.paragraph(text, LEFT, WIDTH, { size: 9.5, weight: 'bold' }, 15);
    document.y += 8;
  }
  const top = document.y;
  document.artifact(() => {
    document.canvas.rect(LEFT, top, WIDTH, 40).fill(TABLE.tint);
    document.rule(LEFT, RIGHT, top, NAVY, 1);
    document.rule(LEFT, RIGHT, top + 40, NAVY, 1);
  });
  document.tagged('P', () => {
    document.text(amount, LEFT + 10, top + 24, { size: 10, color: NAVY });
    document.text(`${yen(totals.totalYen)}円`, LEFT + 122, top + 26, { size: 17, weight: 'bold' });
    const due = dueOn === null ? 'お支払いは不要です' : `お支払期限　${japaneseDate(dueOn)}`;
    document.textRight(due, RIGHT - 10, top + 24, { size: 10 });
  });
  document.y = top + 44;
}

function drawTotals(document: TaggedDocument, totals: InvoiceTotals, taxRounding: TaxRounding): void {
  const rows = totals.rates.map(({ taxPercent, netYen, taxYen }) => [
    taxPercent === 0 ? '消費税の対象外' : `${taxPercent}%対象`,
    yen(netYen),
    yen(taxYen),
    yen(netYen + taxYen),
  ]);
  rows.push(['合計', yen(totals.netYen), yen(totals.taxYen), yen(totals.totalYen)]);
  document.y += 6;
  drawSectionTitle(document, '消費税と合計', columnTableRoom(STYLE));
  columnTable(document, TOTAL_COLUMNS, rows, STYLE);
  const rounding = `消費税額は、税率ごとの合計額から一度だけ計算しています（1円未満${TAX_ROUNDING_WORDS[taxRounding]}）。`;
  document.paragraph(rounding, LEFT, WIDTH, { size: 8, color: GREY }, 13);
}

function drawPayment(document: TaggedDocument, { bankAccount, notes = [] }: InvoicePayload): void {
  const { bank, branch, kind, number, holder } = bankAccount;
  document.y += 6;
  drawSection(document, 'お振込先', [
    { label: '金融機関', value: [`${bank}　${branch}`] },
    { label: '口座', value: [`${kind}　${number}`] },
    { label: '口座名義', value: [holder] },
    ...(notes.length === 0 ? [] : [{ label: '備考', value: notes }]),
  ]);
}

function drawNotes(document: TaggedDocument, notes: readonly string[]): void {
  document.y += 6;
  drawSection(document, '備考', [{ label: '備考', value: [...notes] }]);
}

function itemRow(item: InvoiceItem): string[] {
  return [
    serviceTime(item),
    item.description,
    `${decimalYen(String(item.quantity))}${item.unit}`,
    decimalYen(String(item.unitPrice)),
    item.taxPercent === 0 ? '対象外' : `${item.taxPercent ?? TAX_PERCENT}%`,
    decimalYen(lineAmount(item)),
  ];
}

/** A whole month by its name, anything else by its days. */
function serviceTime({ from, to }: InvoiceItem): string {
  if (from.endsWith('-01') && lastOfMonth(civilDate(from)) === to) {
    return `${monthText(from)}分`;
  }
  return `${japaneseDate(from)}〜\n${japaneseDate(to)}`;
}

const monthText = (day: string): string => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月`;

const yen = (amount: number): string => decimalYen(String(amount));

/** Separators in the whole part of a decimal text. */
function decimalYen(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
