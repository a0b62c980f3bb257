import type { BillingCause } from '../../../db/schema/index.ts';
import { givesBack, type PlannedDocument } from '../../../domain/billing/documents.ts';
import type { DraftFinding } from '../../../domain/billing/draft-checks.ts';
import { dateText } from '../../format.ts';

export const PATH = '/staff/billing';
export const RUNS_PATH = `${PATH}/runs`;

/** What a run is for. */
export const CAUSE_WORDS: Record<BillingCause, string> = {
  monthly: '月次の請求',
  daily: '随時の書類（訂正・返金・チャージ）',
};

export const yenText = (yen: number): string => `${yen.toLocaleString('ja-JP')}円`;

/** Names of partners by id. */
export type PartnerNames = ReadonlyMap<string, string>;

/** Who pays or hands over a paper. */
export const partyText = (party: string, names: PartnerNames): string =>
  party === 'customer' ? 'お客様' : party === 'operator' ? '当社' : (names.get(party) ?? 'パートナー');

/** How a paper reaches whom, where a partner has a part in it (第6条2項); null for the customer's own. */
export function wayText(
  { type, payer, deliveredBy }: Pick<PlannedDocument, 'type' | 'payer' | 'deliveredBy'>,
  names: PartnerNames,
): string | null {
  if (deliveredBy !== 'operator') return `${partyText(deliveredBy, names)}がお客様に届けます（代理交付）。`;
  if (payer === 'customer') return null;
  const name = partyText(payer, names);
  if (type === 'usageStatement') return `${name}への利用明細書（販売店）`;
  return type === 'statement' ? `${name}への精算書（媒介者交付）` : `${name}への請求（販売店）`;
}

/** By when a paper is to be paid, or why it is not. */
export function payText({ type, dueOn }: Pick<PlannedDocument, 'type' | 'dueOn'>): string {
  if (type === 'usageStatement') return '残高から支払い済み';
  if (givesBack(type)) return '返金';
  return dueOn === null ? '支払いなし' : `${dateText(dueOn)}まで`;
}

/** The sum of a paper, with its sign where money goes back. */
export const sumText = ({ type, totalYen }: Pick<PlannedDocument, 'type' | 'totalYen'>): string =>
  `${givesBack(type) ? '−' : ''}${yenText(totalYen)}`;

/** What people should look at before they release a draft, in a sentence. */
export function findingText(finding: DraftFinding, names: PartnerNames): string {
  switch (finding.kind) {
    case 'muchMore':
      return `先月（${yenText(finding.lastYen)}）の3倍を超えています。`;
    case 'payerChanged':
      return `支払者が先月の${partyText(finding.lastPayer, names)}から${partyText(finding.payer, names)}に変わりました。`;
    case 'registrationMissing':
      return finding.of === 'operator'
        ? '運営会社の登録番号（T＋13桁）が設定されていません。'
        : 'パートナーが適格請求書発行事業者として公表されていません。媒介者交付はできません。';
    case 'contactMissing':
      return `${partyText(finding.partnerId, names)}に請求書の送付先がありません。登録するまで、メールで送られません。`;
    case 'partnerNamed':
      return '申込にサービスパートナーの名がありますが、契約の支払者として登録されていません。お客様あての請求でよいか確かめてください。';
  }
}
