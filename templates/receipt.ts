import { formatYen } from '../domain/base/money.ts';
import { japaneseDate } from './japanese-date.ts';
import type { TaggedDocument } from './pdf/document.ts';
import {
  drawClosing,
  drawRecipient,
  drawSection,
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

/** What a receipt states (領収書, 第6条2項). All dates are civil dates in Asia/Tokyo, `YYYY-MM-DD`. */
export interface ReceiptPayload {
  receiptNumber: string;
  issuedOn: string;
  /** The receipt that this one takes the place of (再発行). */
  replaces: string | null;
  recipient: { name: string; postalCode?: string; address: string };
  contractNumber: string;
  /** What it is for. */
  invoice: { name: string; number: string; issuedOn: string; totalYen: number; taxYen: number };
  /** Money that came, and the transfer fee that was accepted as paid. */
  amountYen: number;
  discountYen: number;
  receivedOn: string;
  /** In words: 銀行振込. */
  way: string;
  /** `registrationNumber`: T and 13 digits. */
  operator: Operator & { registrationNumber: string; contact?: string };
  /** A receipt of a test environment says so on its face. */
  sandbox: boolean;
}

const NAME = '領収書';

/** Every text of a payload that the receipt prints: what `missingGlyphs` must be asked about before issue. */
export const receiptTexts = (payload: ReceiptPayload): string[] => printedTexts(payload);

/** Draws the 領収書 as a tagged PDF (PDF/A-2a, PDF/UA-1). The same payload gives the same bytes. */
export async function renderReceipt(payload: ReceiptPayload): Promise<Uint8Array> {
  const { receiptNumber, issuedOn, operator, recipient, replaces, invoice, sandbox } = payload;
  const name = replaces === null ? NAME : `${NAME}（再発行）`;
  return officialDocument(
    {
      ...{ name, issuedOn, operator, framed: false },
      title: `${name} ${receiptNumber}${sandbox ? '（テスト環境）' : ''}`,
      reference: `領収書番号 ${receiptNumber}`,
      mark: sandbox ? SANDBOX_MARK : null,
    },
    (document) => {
      drawRecipient(document, recipient.name, '下記の金額を、たしかに領収いたしました。');
      drawAmount(document, payload);
      drawSection(document, '内訳', [
        { label: '但し書き', value: [`Hasso 利用料金等（${invoice.name} ${invoice.number}）として`] },
        {
          label: '請求書',
          value: [
            `${japaneseDate(invoice.issuedOn)}発行　${formatYen(invoice.totalYen)}（うち消費税額等 ${formatYen(invoice.taxYen)}）`,
          ],
        },
        { label: '受領日', value: [japaneseDate(payload.receivedOn)] },
        { label: '受領方法', value: [payload.way] },
        ...(payload.discountYen === 0
          ? []
          : [{ label: '振込手数料', value: [`${formatYen(payload.discountYen)}は当社が負担しました。`] }]),
        { label: '契約番号', value: [payload.contractNumber] },
        ...(replaces === null
          ? []
          : [{ label: '再発行', value: [`先に発行した領収書 ${replaces} に代わるものです。`] }]),
      ]);
      drawSection(document, '発行者', [
        { label: '登録番号', value: [operator.registrationNumber] },
        ...(operator.contact === undefined ? [] : [{ label: 'お問い合わせ', value: [operator.contact] }]),
      ]);
      drawClosing(document, {
        ...{ issuedOn, operator },
        note: '電子データで発行しているため、収入印紙は不要です。消費税の税率ごとの内訳は、上記の請求書に記載しています。',
      });
    },
  );
}

function drawAmount(document: TaggedDocument, { amountYen }: ReceiptPayload): void {
  const top = document.y + 6;
  document.artifact(() => {
    document.canvas.rect(LEFT, top, WIDTH, 52).fill(TABLE.tint);
    document.rule(LEFT, RIGHT, top, NAVY, 1);
    document.rule(LEFT, RIGHT, top + 52, NAVY, 1);
  });
  document.tagged('P', () => {
    document.text('領収金額（税込）', LEFT + 10, top + 31, { size: 10, color: NAVY });
    document.textCentered(formatYen(amountYen), (LEFT + RIGHT) / 2, top + 34, { size: 22, weight: 'bold' });
  });
  document.y = top + 58;
}
