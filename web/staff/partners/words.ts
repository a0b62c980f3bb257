import type { PartnerDetails } from '../../../db/queries/partner/read.ts';
import type { PartnerMode, PartnerTerms } from '../../../domain/billing/payers.ts';

export const PARTNERS_PATH = '/staff/partners';

export const MODE_LABELS: Readonly<Record<PartnerMode, string>> = {
  none: '請求に関わらない',
  referral: '紹介',
  resale: '販売店',
  agent: '代理交付',
  intermediary: '媒介者交付',
};

/** What each mode does to papers (第6条2項). */
export const MODE_NOTES: Readonly<Record<PartnerMode, string>> = {
  none: 'お客様に直接請求します。',
  referral: 'お客様に直接請求します。紹介料は、別に支払います。',
  resale: 'パートナーに、定価に料率を掛けた額を請求します。通信費用は定価です。',
  agent: 'お客様あての当社の請求書を、パートナーがお客様に届けます。支払うのはお客様です。',
  intermediary:
    'パートナーが自分の名前でお客様に請求します。当社はパートナーに精算書を出し、請求書の写しを保存します。',
};

/** 販売店（料率 75％） */
export function termsText({ mode, ratePercent }: Pick<PartnerTerms, 'mode' | 'ratePercent'>): string {
  return ratePercent === null ? MODE_LABELS[mode] : `${MODE_LABELS[mode]}（料率 ${ratePercent}％）`;
}

/** What the registry of invoice issuers said of a registration number. */
export const REGISTRY_TEXTS: Readonly<Record<PartnerDetails['registryState'], string>> = {
  found: '国税庁の公表サイトで、登録を確認しました。',
  ended: '国税庁の公表サイトでは、登録が失効または取り消されています。',
  notFound: '国税庁の公表サイトに見つかりません。',
  noKey: '検査用数字だけを確認しました（国税庁には照会していません）。',
  failed: '国税庁に照会できませんでした。公表サイトで確かめてください。',
  notAsked: '登録番号はありません。',
};

/** States that somebody should look into. */
export const REGISTRY_WARNS: readonly PartnerDetails['registryState'][] = ['ended', 'notFound', 'failed'];
