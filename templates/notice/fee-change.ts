import { formatYen } from '../../domain/base/money.ts';
import { type CivilDate, formatDateJa } from '../../domain/calendar/civil-date.ts';
import type { NoticeTexts } from './terms-edition.ts';

/** What the notice says to one contract alone: placeholders of its mail. */
export const FEE_PLACEHOLDERS = ['現在の料金', '変更後の料金', '変更後の料金の適用日', '解約の期限'] as const;

export interface FeeNotice {
  effectiveOn: CivilDate;
  reason: string;
  /** Plans and options whose price changes, yen without tax. */
  prices: readonly { name: string; before: FeePair | null; after: FeePair }[];
}

interface FeePair {
  annualFeeYen: number;
  monthlyFeeYen: number;
}

/** Notice of a fee change (第6条4項): old and new prices for everyone, and for each contract its own fee and its day. */
export function feeChangeNotice({ effectiveOn, reason, prices }: FeeNotice): NoticeTexts {
  const heading = '利用料金の変更について';
  const from = formatDateJa(effectiveOn);
  const pair = ({ annualFeeYen, monthlyFeeYen }: FeePair) =>
    `年額${formatYen(annualFeeYen)}・月額${formatYen(monthlyFeeYen)}`;
  const list = prices.map(({ name, before, after }) =>
    before === null ? `・${name}：${pair(after)}（新設）` : `・${name}：${pair(before)} → ${pair(after)}`,
  );
  const general = [
    `${from}から、利用料金を変更します（第6条4項）。`,
    '',
    '■ 変更の理由',
    reason,
    '',
    '■ 変更後の料金（税抜）',
    ...list,
    '',
    '■ 適用の時期（第6条3項）',
    `月額契約は、${from}以後に始まる最初の月から適用します。`,
    '年額契約は、現在の契約期間が満了した後、次の期間から適用します。',
  ].join('\n');
  const own = [
    '■ お客様のご契約',
    '現在の料金（1期分・税抜）：{{現在の料金}}',
    '変更後の料金（1期分・税抜）：{{変更後の料金}}',
    '変更後の料金の適用日：{{変更後の料金の適用日}}',
    '変更前に終了を希望される場合の、解約の申請の期限：{{解約の期限}}',
  ].join('\n');
  return {
    title: heading,
    subjectLine: `【Hasso】${heading}`,
    body: `{{会社名}}\n{{担当者名}} 様\n\n${general}\n\n${own}`,
    postingText: `${general}\n\n契約ごとの料金と適用日は、メールでお知らせします。`,
  };
}
