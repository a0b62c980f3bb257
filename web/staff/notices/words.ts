import type {
  NoticeAction,
  NoticeAudience,
  NoticeCause,
  NoticeClass,
} from '../../../domain/notice/notice.ts';

export const CLASS_LABELS: Record<NoticeClass, string> = {
  contractual: '契約に関する通知',
  advertising: 'ご案内（広告）',
};

export const CAUSE_LABELS: Record<NoticeCause, string> = {
  manual: '手作業で作成',
  termsEdition: '利用規約の改定',
  feeChange: '料金の変更',
  suspension: 'サービスの停止',
  discontinuation: 'サービスの廃止',
};

export const AUDIENCE_LABELS: Record<NoticeAudience, string> = {
  all: '契約中のすべてのお客様',
  plan: '一つの料金プランのお客様',
  contracts: '契約番号で指定したお客様',
};

/** What a button does, and what is said after it. */
export const ACTION_WORDS: Record<Exclude<NoticeAction, 'recordLetters'>, { label: string; done: string }> = {
  pause: { label: '一時停止する', done: '送信を一時停止しました。' },
  resume: { label: '送信を再開する', done: '送信を再開しました。' },
  stop: { label: '送信を中止する', done: '送信を中止しました。まだ届けていない宛先には送信されません。' },
  retry: { label: '届いていない宛先に再送する', done: '届いていない宛先への再送を始めました。' },
};
