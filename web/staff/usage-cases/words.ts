import type { Proposed } from '../../../domain/proposal/proposal.ts';
import { groundOf } from '../../../domain/suspension/suspension-grounds.ts';
import { WATCH_RULES, type WatchRule } from '../../../domain/watch/rules.ts';
import { dateText } from '../../format.ts';
import { POLICY_TITLES, policyText } from '../policies/words.ts';

export const PATH = '/staff/usage-cases';

/** A clause as staff read it: 「第18条1項⑩ 緊急通報番号への発信」. */
export function clauseText(clause: string): string {
  const ground = groundOf(clause);
  return ground === null ? clause : `${ground.clause} ${ground.label}`;
}

/** What each rule counts, in words. */
export const RULE_LABELS: Record<WatchRule, string> = {
  load: '1分間の発着信とSMS送信',
  emergencyCalls: '緊急通報番号などへの発信（1日）',
  withheldCallerId: '非通知での発信（1日）',
  smsRelay: 'SMSの中継（1日）',
  bulkSms: '連絡のない相手へのSMSの相手',
  numberPurchases: '電話番号の取得（1日）',
  numberCycles: '取得した日のうちの電話番号の返却（1日）',
  shortCalls: '短い発信の相手',
  simultaneousCalls: '同時の発着信',
  severalContracts: '同じ法人の契約',
  numbersOverLimit: '同じ法人の電話番号',
};

/** What an exception, or a contract's own threshold, says. */
export function termFacts(
  term: Extract<Proposed, { kind: 'watchException' | 'watchPolicy' }>,
): { label: string; value: string }[] {
  if (term.kind === 'watchPolicy') {
    const { key, value } = term;
    const words = value === null ? '契約ごとの値を取り消す（共通の設定に戻す）' : policyText(key, value);
    return [
      { label: '基準', value: POLICY_TITLES[key] },
      { label: 'この契約での値', value: words },
    ];
  }
  const { rule, from, to, allow } = term;
  return [
    { label: '検知の種類', value: `${RULE_LABELS[rule]}（${clauseText(WATCH_RULES[rule].clause)}）` },
    { label: '期間', value: `${dateText(from)}〜${dateText(to)}` },
    { label: '認める件数', value: allow === null ? '制限なし' : `${allow.toLocaleString('ja-JP')}件まで` },
  ];
}
