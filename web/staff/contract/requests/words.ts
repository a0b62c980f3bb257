import type { RequestKind } from '../../../../domain/period/contract.ts';

const WRITTEN = ['email', 'fax', 'post', 'web'] as const;
const ANY = [...WRITTEN, 'other'] as const;

/** How each kind of request may arrive; which of them a cancellation may use is a policy (cancel.channels). */
export const CHANNELS_OF: Record<RequestKind, readonly (typeof ANY)[number][]> = {
  change: ANY,
  cancellation: WRITTEN,
  cancellationWithdrawal: ANY,
  termination: ANY,
};

/** The four grounds of 第10条2項, in words of our own. */
export const TERMINATION_GROUND_LABELS: Readonly<Record<string, string>> = {
  '1': '① 申込書の虚偽・誤記・記入漏れ',
  '2': '② 競合などによる調査目的の利用',
  '3': '③ 反社会的勢力との関係',
  '4': '④ 支払いの遅滞',
};

/** Title and help of each form. */
export const REQUEST_FORMS: Record<RequestKind, { title: string; lead: string }> = {
  change: {
    title: '利用内容変更の申込を入力',
    lead: '届いた申込書のとおりに入力してください。適用日は到達日時から自動で決まります（第8条2項）。',
  },
  cancellation: {
    title: '解約の申請を入力',
    lead: '届いた書面のとおりに入力してください。解約日は当社への到達日時とご希望日から自動で決まります（第10条1項）。',
  },
  cancellationWithdrawal: {
    title: '解約の取消を入力',
    lead: '終了日までの間は、運用担当の同意により解約を取り消せます（第10条1項）。',
  },
  termination: {
    title: '即時解約を申し立てる',
    lead: '別の担当者（承認者）が確認したあとで通知を送り、通知がお客様に届いた時に効力が生じます（第10条2項）。',
  },
};

/** The words of the arrival fields: what arrives differs by kind. */
export const ARRIVAL_LABELS: Record<RequestKind, { channel: string; day: string; time: string }> = {
  change: { channel: '受付方法', day: '当社への到達日', time: '当社への到達時刻' },
  cancellation: { channel: '受付方法', day: '当社への到達日', time: '当社への到達時刻' },
  cancellationWithdrawal: { channel: '受付方法', day: '当社への到達日', time: '当社への到達時刻' },
  termination: { channel: '事由を把握した方法', day: '事由を把握した日', time: '事由を把握した時刻' },
};
