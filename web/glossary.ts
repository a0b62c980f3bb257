import { type Channel, GROUNDS, type Ground } from '../domain/application/application.ts';
import type { BoundEdition } from '../domain/notice/terms-binding.ts';
import type { RequestKind } from '../domain/period/contract.ts';

// The Japanese words for words of the code that belong to no process alone: see domain/processes.

export const CHANNEL_LABELS: Record<Channel, string> = {
  web: 'Webフォーム',
  email: 'Eメール',
  fax: 'FAX',
  post: '郵送',
  other: 'その他',
};

export { PAYMENT_LABELS } from '../domain/application/application-input.ts';
export { labelOf } from '../domain/base/labels.ts';
export { CONTRACT_KIND_LABELS } from '../domain/period/contract.ts';

export const REQUEST_KIND_LABELS: Record<RequestKind, string> = {
  change: '利用内容変更',
  cancellation: '解約',
  cancellationWithdrawal: '解約の撤回',
  termination: '即時解約',
};

/** Why an edition of the terms binds a customer (第17条2項・3項). */
export const BINDING_LABELS: Record<BoundEdition['why'], string> = {
  agreement: '申込時の同意',
  notice: '適用開始日より前の告知',
  firstUse: '告知後の最初の利用',
};

/** The things that a contract's workflow does by itself. */
export const DUE_LABELS: Readonly<Record<string, string>> = {
  begin: '利用契約期間の開始',
  renewal: '自動更新',
  reminder: '解約期限のお知らせの送信',
  change: '利用内容の変更の適用',
  campaignEnd: 'キャンペーンの終了と契約証書の再発行',
  end: '契約の終了',
};

export const LIST_LABELS: Readonly<Record<string, string>> = {
  antisocial: '反社会的勢力リスト',
  competitor: '競合リスト',
  internal: '社内リスト',
  '': '照合先',
};

export const groundLabel = (ground: Ground): string => `${'①②③④'[ground - 1]} ${GROUNDS[ground]}`;

const SYSTEM_ACTORS: Readonly<Record<string, string>> = {
  applicant: '申込者',
  customer: 'お客様',
  system: 'システム',
  cli: 'コマンドライン',
  folder: '監視フォルダー',
  sample: 'サンプルデータ',
};

/** Who did something, by name; an id that is nobody's stays as it is. */
export function actorName(actor: string, names: ReadonlyMap<string, string>): string {
  return SYSTEM_ACTORS[actor] ?? names.get(actor) ?? actor;
}
