import { japaneseDate, japaneseDateWithEra } from './japanese-date.ts';
import {
  type DefinitionRow,
  type DefinitionTableStyle,
  definitionTable,
  firstRowHeight,
} from './pdf/definition-table.ts';
import { A4, TaggedDocument } from './pdf/document.ts';
import { drawQrCode } from './pdf/qr-code.ts';

/** What a certificate states (第5条1項). All dates are civil dates in Asia/Tokyo, `YYYY-MM-DD`. */
export interface CertificatePayload {
  certificateNumber: string;
  revision: number;
  issuedOn: string;
  contractNumber: string;
  companyId: string;
  customer: { name: string; corporateNumber: string; postalCode?: string; address: string };
  plan: string;
  options: { name: string; quantity: number }[];
  licences: number;
  phoneNumbers: string[];
  contractType: 'annual' | 'monthly';
  concludedOn: string;
  period: { from: string; to: string };
  autoRenewal: true;
  /** Last day on which a cancellation may arrive that ends the contract with this period (第10条1項). */
  cancelBy?: string;
  feePayment: string;
  communicationPayment: 'prepaid' | 'postpaid';
  partnerName?: string;
  termsEdition: string;
  support: { channel: string; hours: string };
  campaignTerms?: string[];
  operator: { name: string; address: string; corporateNumber?: string; sealImagePath?: string };
  /** Public page that tells whether this revision is valid. */
  verification?: { url: string };
  /** A certificate of a test environment says so on its face. */
  sandbox: boolean;
  /** Drawn before issue, to be looked at: says so on its face. */
  sample?: true;
}

const NAVY = '#1b2d4f';
const GREY = '#5a6270';
const RED = '#b3261e';
const LEFT = 56;
const RIGHT = A4.width - LEFT;
const WIDTH = RIGHT - LEFT;
const CENTER = A4.width / 2;
const TABLE: DefinitionTableStyle = {
  left: LEFT,
  labelWidth: 108,
  width: WIDTH,
  label: { size: 9, color: NAVY },
  value: { size: 9.5 },
  leading: 14,
  padding: 2.6,
  tint: '#f2f4f8',
  rule: '#b9c1ce',
};
const SEAL_SIDE = 58;
const QR_SIDE = 72;

/** Every text of a payload that the certificate prints: what `missingGlyphs` must be asked about before issue. */
export function certificateTexts(payload: CertificatePayload): string[] {
  return allStrings({ ...payload, operator: { ...payload.operator, sealImagePath: '' } });
}

function allStrings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(allStrings) : [];
}

/**
 * Draws the Hasso 契約証書 (第5条1項) as a tagged PDF (PDF/A-2a, PDF/UA-1). The same payload gives the same bytes.
 * Throws where no font has a character (ask `missingGlyphs(certificateTexts(payload))` first), where a date is no civil
 * date, or where the seal image cannot be read.
 */
export async function renderCertificate(payload: CertificatePayload): Promise<Uint8Array> {
  const reference = `証書番号 ${payload.certificateNumber}（第${payload.revision}版）`;
  const document = new TaggedDocument({
    title: `Hasso 契約証書 ${payload.certificateNumber} 第${payload.revision}版${payload.sandbox ? '（テスト環境）' : ''}${payload.sample ? '（見本）' : ''}`,
    author: payload.operator.name,
    createdOn: payload.issuedOn,
    continuedTop: 84,
    bottom: A4.height - 62,
    decoratePage: (page, index) => {
      drawFrame(page);
      if (index > 0) {
        page.text('Hasso 契約証書', LEFT, 66, { size: 9, weight: 'bold', color: NAVY });
        page.textRight(reference, RIGHT, 66, { size: 8.5, color: GREY });
        page.rule(LEFT, RIGHT, 72, NAVY, 0.6);
      }
    },
  });
  drawHeading(document, payload, reference);
  drawRecipient(document, payload);
  drawSection(document, '契約内容', contractRows(payload));
  drawSection(document, '契約期間と更新', periodRows(payload));
  drawSection(document, '支払いとサポート', serviceRows(payload));
  drawClosing(document, payload);
  return document.finish((page, pages) => {
    const y = A4.height - 44;
    const mark = markOf(payload);
    if (mark !== null) drawWatermark(document, mark);
    document.text(reference, LEFT, y, { size: 7.5, color: GREY });
    document.textCentered(`${page} / ${pages}`, CENTER, y, { size: 8.5, color: GREY });
    document.textRight(mark ?? payload.operator.name, RIGHT, y, {
      size: 7.5,
      color: mark === null ? GREY : RED,
    });
  });
}

function drawFrame(document: TaggedDocument): void {
  const { canvas } = document;
  canvas
    .rect(24, 24, A4.width - 48, A4.height - 48)
    .lineWidth(1.6)
    .strokeColor(NAVY)
    .stroke();
  canvas
    .rect(28, 28, A4.width - 56, A4.height - 56)
    .lineWidth(0.5)
    .strokeColor(NAVY)
    .stroke();
}

/** What takes the effect from a certificate, or null. */
function markOf({ sample, sandbox }: CertificatePayload): string | null {
  if (sample === true) return '見本（効力なし）';
  return sandbox ? 'テスト環境（効力なし）' : null;
}

function drawWatermark(document: TaggedDocument, mark: string): void {
  const { canvas } = document;
  canvas
    .save()
    .fillOpacity(0.14)
    .rotate(-52, { origin: [CENTER, A4.height / 2] });
  document.textCentered(mark, CENTER, A4.height / 2 + 20, {
    size: 64,
    weight: 'bold',
    color: RED,
  });
  canvas.restore();
}

function drawHeading(document: TaggedDocument, payload: CertificatePayload, reference: string): void {
  const mark = markOf(payload);
  if (mark !== null) {
    document.tagged('P', () => {
      document.canvas.rect(LEFT, 46, 132, 20).fill(RED);
      document.text(mark, LEFT + 10, 60, {
        size: 10.5,
        weight: 'bold',
        color: '#ffffff',
      });
    });
  }
  document.tagged('H1', () => {
    document.textCentered('Hasso 契約証書', CENTER, 112, {
      size: 25,
      weight: 'bold',
      color: NAVY,
      letterSpacing: 5,
    });
  });
  document.artifact(() => {
    document.rule(CENTER - 126, CENTER + 126, 124, NAVY, 1.2);
    document.rule(CENTER - 126, CENTER + 126, 126.6, NAVY, 0.4);
  });
  document.tagged('P', () => {
    document.textRight(reference, RIGHT, 58, { size: 9, color: GREY });
    document.textRight(`発行日 ${japaneseDateWithEra(payload.issuedOn)}`, RIGHT, 72, {
      size: 9,
      color: GREY,
    });
  });
  document.y = 138;
}

function drawRecipient(document: TaggedDocument, payload: CertificatePayload): void {
  const style = { size: 15, weight: 'bold' } as const;
  document.paragraph(`${payload.customer.name}　御中`, LEFT, WIDTH * 0.8, style, 21);
  document.artifact(() => document.rule(LEFT, LEFT + WIDTH * 0.8, document.y + 6, NAVY, 0.6));
  document.y += 12;
  const statement = '貴社と当社との間に、下記のとおり Hasso の利用契約が成立していることを証します。';
  document.paragraph(statement, LEFT, WIDTH, { size: 10 }, 16);
  document.y += 6;
}

function drawSection(document: TaggedDocument, title: string, rows: readonly DefinitionRow[]): void {
  document.ensureRoom(24 + firstRowHeight(TABLE));
  const y = document.y + 16;
  document.artifact(() => document.canvas.rect(LEFT, y - 9, 3, 11).fill(NAVY));
  document.tagged('H2', () => document.text(title, LEFT + 9, y, { size: 10, weight: 'bold', color: NAVY }));
  document.y = y + 6;
  definitionTable(document, rows, TABLE);
}

function contractRows(payload: CertificatePayload): DefinitionRow[] {
  const { customer, options, phoneNumbers } = payload;
  const postalCode = customer.postalCode === undefined ? '' : `〒${customer.postalCode}　`;
  return [
    { label: '契約番号', value: [payload.contractNumber] },
    { label: '企業ID', value: [payload.companyId] },
    { label: '契約者', value: [customer.name] },
    { label: '法人番号', value: [customer.corporateNumber] },
    { label: '所在地', value: [`${postalCode}${customer.address}`] },
    { label: '料金プラン', value: [payload.plan] },
    {
      label: 'オプション',
      value: options.length === 0 ? ['なし'] : options.map(({ name, quantity }) => `${name} × ${quantity}`),
    },
    { label: 'ユーザーライセンス', value: [`${payload.licences} ライセンス`] },
    {
      label: phoneNumbers.length > 1 ? `電話番号（${phoneNumbers.length}件）` : '電話番号',
      value: phoneNumbers.length === 0 ? ['なし'] : listed(phoneNumbers),
      columns: 3,
    },
  ];
}

/** Numbers side by side keep a mark between them, for readers that hear or copy the text. */
function listed(items: readonly string[]): string[] {
  return items.map((item, index) => (index < items.length - 1 ? `${item}、` : item));
}

function periodRows(payload: CertificatePayload): DefinitionRow[] {
  const annual = payload.contractType === 'annual';
  const { from, to } = payload.period;
  const rows: DefinitionRow[] = [
    { label: '契約種別', value: [annual ? '年額契約' : '月額契約'] },
    { label: '契約締結日', value: [japaneseDateWithEra(payload.concludedOn)] },
    { label: '利用契約期間', value: [`${japaneseDateWithEra(from)}から${japaneseDateWithEra(to)}まで`] },
    {
      label: '自動更新',
      value: [`あり（満了後は${annual ? '1年' : '1か月'}ごとに更新。第5条3項）`],
    },
  ];
  if (payload.cancelBy !== undefined) {
    rows.push({
      label: '次回の解約申請期限',
      value: [`${japaneseDateWithEra(payload.cancelBy)}到着分まで（期間満了日での解約の場合。第10条1項）`],
    });
  }
  if (payload.campaignTerms !== undefined && payload.campaignTerms.length > 0) {
    rows.push({ label: 'キャンペーン条件', value: payload.campaignTerms });
  }
  return rows;
}

function serviceRows(payload: CertificatePayload): DefinitionRow[] {
  const rows: DefinitionRow[] = [
    { label: '利用料金の支払い', value: [payload.feePayment] },
    {
      label: '通信費用の支払い',
      value: [
        payload.communicationPayment === 'prepaid'
          ? 'プリペイドチャージ方式（前払い）'
          : '後払い方式（毎月、前月ご利用分）',
      ],
    },
  ];
  if (payload.partnerName !== undefined)
    rows.push({ label: 'サービスパートナー', value: [payload.partnerName] });
  rows.push(
    { label: '適用する利用規約', value: [payload.termsEdition] },
    {
      label: 'ユーザーサポート',
      value: [payload.support.channel, `受付時間：${payload.support.hours}`],
    },
  );
  return rows;
}

/** The operator's block, the seal beside the name, and the code of the verification page: together on one page. */
function drawClosing(document: TaggedDocument, payload: CertificatePayload): void {
  const { operator, verification } = payload;
  const style = { size: 9 };
  const width = 236;
  const sealRoom = operator.sealImagePath === undefined ? 0 : SEAL_SIDE - 8;
  const nameStyle = { size: 12.5, weight: 'bold' } as const;
  const name = document.wrap(operator.name, width - sealRoom, nameStyle);
  const address = document.wrap(operator.address, width - sealRoom, style);
  const height = Math.max(
    name.length * 18 + address.length * 13 + 30,
    verification === undefined ? 0 : QR_SIDE + 4,
  );
  document.ensureRoom(height + 36);
  document.y += 12;
  document.paragraph(
    'この証書の記載内容は、契約番号・企業IDを含めて秘密情報です。当社の許諾なく第三者に開示しないでください（第12条2項）。',
    LEFT,
    WIDTH,
    { size: 8, color: GREY },
    12,
  );
  const top = document.y + 10;
  if (verification !== undefined) drawVerification(document, verification.url, top);
  const left = RIGHT - width;
  document.tagged('P', () => {
    document.text(japaneseDate(payload.issuedOn), left, top + 12, style);
    name.forEach((line, index) => {
      document.text(line, left, top + 30 + index * 18, nameStyle);
    });
    const details =
      operator.corporateNumber === undefined ? address : [...address, `法人番号 ${operator.corporateNumber}`];
    details.forEach((line, index) => {
      document.text(line, left, top + 28 + name.length * 18 + index * 13, style);
    });
  });
  const { sealImagePath } = operator;
  if (sealImagePath !== undefined) {
    const x = RIGHT - SEAL_SIDE;
    document.tagged(
      'Figure',
      () => document.canvas.image(sealImagePath, x, top + 4, { fit: [SEAL_SIDE, SEAL_SIDE] }),
      {
        alt: `${operator.name}の印影`,
        bbox: [x, top + 4, RIGHT, top + 4 + SEAL_SIDE],
      },
    );
  }
}

function drawVerification(document: TaggedDocument, url: string, top: number): void {
  document.tagged('Figure', () => drawQrCode(document, url, LEFT - 6, top, QR_SIDE), {
    alt: '証書の有効性を確認するページの二次元コード',
    bbox: [LEFT - 6, top, LEFT - 6 + QR_SIDE, top + QR_SIDE],
  });
  const style = { size: 7.5, color: GREY };
  const left = LEFT + QR_SIDE;
  document.tagged('P', () => {
    document.text('証書の有効性の確認', left, top + 16, { ...style, weight: 'bold' });
    document.wrap(url, 150, style).forEach((line, index) => {
      document.text(line, left, top + 29 + index * 11, style);
    });
  });
}
