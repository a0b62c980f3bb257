import type { CivilDate } from '../domain/calendar/civil-date.ts';
import { CONTRACT_KIND_LABELS } from '../domain/period/contract.ts';
import { japaneseDateWithEra } from './japanese-date.ts';
import type { DefinitionRow } from './pdf/definition-table.ts';
import {
  drawClosing,
  drawRecipient,
  drawSection,
  type Operator,
  officialDocument,
  printedTexts,
  SANDBOX_MARK,
} from './pdf/official.ts';

/** What a certificate states (第5条1項). All dates are civil dates in Asia/Tokyo, `YYYY-MM-DD`. */
export interface CertificatePayload {
  certificateNumber: string;
  revision: number;
  issuedOn: CivilDate;
  contractNumber: string;
  companyId: string;
  customer: { name: string; corporateNumber: string; postalCode?: string; address: string };
  plan: string;
  options: { name: string; quantity: number }[];
  licences: number;
  phoneNumbers: string[];
  contractType: 'annual' | 'monthly';
  concludedOn: string;
  period: { from: CivilDate; to: CivilDate };
  /** Whether another period follows the one stated. */
  autoRenewal: boolean;
  /** The contract's last day, where it is known (第10条, 第16条). */
  endsOn?: string;
  /** Last day on which a cancellation may arrive that ends the contract with this period (第10条1項). */
  cancelBy?: string;
  feePayment: string;
  communicationPayment: 'prepaid' | 'postpaid';
  partnerName?: string;
  termsEdition: string;
  support: { channel: string; hours: string };
  campaignTerms?: string[];
  operator: Operator;
  /** Public page that tells whether this revision is valid. */
  verification?: { url: string };
  /** A certificate of a test environment says so on its face. */
  sandbox: boolean;
  /** Drawn before issue, to be looked at: says so on its face. */
  sample?: true;
}

/** Every text of a payload that the certificate prints: what `missingGlyphs` must be asked about before issue. */
export function certificateTexts(payload: CertificatePayload): string[] {
  return printedTexts(payload);
}

/**
 * Draws the Hasso 契約証書 (第5条1項) as a tagged PDF (PDF/A-2a, PDF/UA-1). The same payload gives the same bytes.
 * Throws where no font has a character (ask `missingGlyphs(certificateTexts(payload))` first), where a date is no civil
 * date, or where the seal image cannot be read.
 */
export async function renderCertificate(payload: CertificatePayload): Promise<Uint8Array> {
  const { certificateNumber, revision, issuedOn, operator, verification } = payload;
  const name = 'Hasso 契約証書';
  return officialDocument(
    {
      name,
      title: `${name} ${certificateNumber} 第${revision}版${payload.sandbox ? '（テスト環境）' : ''}${payload.sample ? '（見本）' : ''}`,
      reference: `証書番号 ${certificateNumber}（第${revision}版）`,
      issuedOn,
      operator,
      mark: markOf(payload),
      framed: true,
    },
    (document) => {
      const statement = '貴社と当社との間に、下記のとおり Hasso の利用契約が成立していることを証します。';
      drawRecipient(document, payload.customer.name, statement);
      drawSection(document, '契約内容', contractRows(payload));
      drawSection(document, '契約期間と更新', periodRows(payload));
      drawSection(document, '支払いとサポート', serviceRows(payload));
      drawClosing(document, {
        issuedOn,
        operator,
        note: 'この証書の記載内容は、契約番号・企業IDを含めて秘密情報です。当社の許諾なく第三者に開示しないでください（第12条2項）。',
        ...(verification === undefined ? {} : { verification: { ...verification, ...VERIFICATION } }),
      });
    },
  );
}

const VERIFICATION = {
  title: '証書の有効性の確認',
  alt: '証書の有効性を確認するページの二次元コード',
};

/** What takes the effect from a certificate, or null. */
function markOf({ sample, sandbox }: CertificatePayload): string | null {
  if (sample === true) return '見本（効力なし）';
  return sandbox ? SANDBOX_MARK : null;
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
  const { from, to } = payload.period;
  const rows: DefinitionRow[] = [
    { label: '契約種別', value: [CONTRACT_KIND_LABELS[payload.contractType]] },
    { label: '契約締結日', value: [japaneseDateWithEra(payload.concludedOn)] },
    { label: '利用契約期間', value: [`${japaneseDateWithEra(from)}から${japaneseDateWithEra(to)}まで`] },
    { label: '自動更新', value: [renewalText(payload)] },
  ];
  if (payload.endsOn !== undefined) {
    rows.push({ label: '契約終了日', value: [japaneseDateWithEra(payload.endsOn)] });
  }
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

function renewalText({ autoRenewal, endsOn }: CertificatePayload): string {
  if (!autoRenewal) return 'なし（下記の日に終了します）';
  const until = endsOn === undefined ? '' : '。ただし下記の日に終了します';
  return `あり（満了の時に更新。第5条3項${until}）`;
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
