import { type CivilDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { ROLE_LABELS } from '../../../domain/desk/roles.ts';
import { CONTRACT_KIND_LABELS } from '../../../domain/period/contract.ts';
import { POLICIES, type PolicyKey } from '../../../domain/policy/policies.ts';
import { dateText } from '../../format.ts';

/** What each policy is called on the page. */
export const POLICY_TITLES: Record<PolicyKey, string> = {
  'conclusion.basis': '利用契約の締結日',
  'cancel.channels': '解約を受け付ける方法',
  'cutoff.holiday': '締切が休日のときの扱い',
  'renewal.reminderDays': '更新の案内を送る時期',
  'renewal.reminderKinds': '更新の案内を送る契約',
  'notice.counts': '通知の到達とみなすもの',
  'notice.mailsPerMinute': '通知の送信速度',
  'deletion.graceDays': 'データ削除までの猶予',
  'offBoarding.lateUsageDays': '遅れて届く利用量を待つ日数',
  'retention.fiscalYearEndMonth': '決算月',
  'retention.filingDeadlineMonths': '申告期限までの月数',
  'retention.deadlineHoliday': '申告期限が土日・祝日・年末年始のとき',
  'retention.years': '請求書・契約証書の保存年数',
  'retention.screeningDays': '反社・競合チェックの証跡の保存日数',
  'retention.applicationDays': '承諾に至らなかった申込の保存日数',
  'dataRequest.answerDays': '開示等の請求への回答の期限',
  'dataRequest.remindDays': '開示等の請求の督促',
  'billing.day': '請求処理の日',
  'billing.since': '請求を始める日',
  'billing.annualLeadMonths': '年額の料金を請求する時期',
  'billing.monthlyFee': '月額の料金を請求する時期',
  'billing.dueHoliday': '支払期限が休業日のときの扱い',
  'tax.rounding': '消費税の端数',
  'prepaid.taxPoint': 'プリペイドチャージの消費税',
  'prepaid.lowBalanceYen': 'プリペイド残高のお知らせ',
  'prepaid.exemptKinds': '基準日未使用残高に数えない法人',
  'usage.differencePercent': '通信の照合の差の限度',
  'usage.providerCategories': '通信の種別の対応',
  'payment.feeToleranceYen': '振込手数料とみる不足額',
  'dunning.days': '督促の時期',
  'statistics.minGroup': '統計に表示する最小の契約数',
  'signIn.codeRoles': '確認コードを必ず求める役割',
  'telephony.includedNumbers': 'プランに含まれる電話番号',
  'telephony.numberOptions': '電話番号を加えるオプション',
  'watch.loadPerMinute': '検知：発着信とSMS送信の集中',
  'watch.emergencyCalls': '検知：緊急通報番号への発信',
  'watch.similarNumbers': '緊急通報番号に準じる番号',
  'watch.withheldCalls': '検知：非通知での発信',
  'watch.smsRelays': '検知：SMSの中継',
  'watch.smsRelaySeconds': 'SMSの中継とみなす時間',
  'watch.bulkSmsRecipients': '検知：不特定多数へのSMS',
  'watch.bulkSmsMinutes': '不特定多数へのSMSを数える時間',
  'watch.solicitedHours': '応答とみなすSMSの時間',
  'watch.numberPurchases': '検知：電話番号の大量取得',
  'watch.numberCycles': '検知：電話番号の入れ替え',
  'watch.shortCallRecipients': '検知：短い発信の繰り返し',
  'watch.shortCallMinutes': '短い発信を数える時間',
  'watch.shortCallSeconds': '短い発信とみなす長さ',
  'watch.simultaneousCalls': '検知：同時の発着信',
  'watch.openCallHours': '終了が届かない通話の長さ',
  'watch.legs': '同時の発着信に数える通話',
  'watch.contractsPerCorporation': '検知：理由のない複数契約',
  'watch.numbersPerCorporation': '検知：複数契約の電話番号の数',
  'watch.lateHours': '遅れて届いた記録を数える期間',
  'watch.skewSeconds': '記録の時刻の進みの許容',
};

const WORDS: Readonly<Record<string, string>> = {
  arrival: '承諾メールが届いた日',
  approval: '承認日',
  post: '郵送',
  fax: 'FAX',
  email: 'Eメール',
  none: '動かさない',
  nextBusinessDay: '翌営業日にする',
  previousBusinessDay: '前営業日にする',
  ...CONTRACT_KIND_LABELS,
  ...ROLE_LABELS,
  mail: 'メールの到達',
  either: 'メールの到達またはWeb掲載の早い方',
  advance: '期間の始まる月',
  arrears: '期間の終わった後',
  floor: '切り捨て',
  round: '四捨五入',
  ceil: '切り上げ',
  use: '利用の時',
  topUp: 'チャージの時',
  101: '国の機関',
  201: '地方公共団体',
  301: '株式会社',
  302: '有限会社',
  303: '合名会社',
  304: '合資会社',
  305: '合同会社',
  399: 'その他の設立登記法人',
  401: '外国会社等',
  499: 'その他',
  all: '転送先への通話も数える',
  parent: '転送先への通話を数えない',
};

/** The same code means another thing here and there. */
const WORDS_OF: Partial<Record<PolicyKey, Readonly<Record<string, string>>>> = {
  'cancel.channels': { web: 'Webフォーム' },
  'notice.counts': { web: 'Web掲載' },
};

const UNITS: Partial<Record<PolicyKey, string>> = {
  'renewal.reminderDays': '日前',
  'notice.mailsPerMinute': '通／分',
  'deletion.graceDays': '日',
  'offBoarding.lateUsageDays': '日',
  'retention.fiscalYearEndMonth': '月',
  'retention.filingDeadlineMonths': 'か月',
  'retention.years': '年',
  'retention.screeningDays': '日',
  'retention.applicationDays': '日',
  'dataRequest.answerDays': '日',
  'dataRequest.remindDays': '日前',
  'billing.day': '日',
  'billing.annualLeadMonths': 'か月前',
  'payment.feeToleranceYen': '円',
  'dunning.days': '営業日',
  'statistics.minGroup': '契約',
  'watch.loadPerMinute': '件から',
  'watch.emergencyCalls': '件から',
  'watch.withheldCalls': '件から',
  'watch.smsRelays': '件から',
  'watch.smsRelaySeconds': '秒',
  'watch.bulkSmsRecipients': '人から',
  'watch.bulkSmsMinutes': '分',
  'watch.solicitedHours': '時間',
  'watch.numberPurchases': '件から',
  'watch.numberCycles': '件から',
  'watch.shortCallRecipients': '人から',
  'watch.shortCallMinutes': '分',
  'watch.shortCallSeconds': '秒',
  'watch.simultaneousCalls': '件から',
  'watch.openCallHours': '時間',
  'watch.contractsPerCorporation': '件目から',
  'watch.numbersPerCorporation': '個を超えたら',
  'watch.lateHours': '時間',
  'watch.skewSeconds': '秒',
  'usage.differencePercent': '％',
  'telephony.includedNumbers': '個',
};

/** Policies whose texts are the operator's own, not chosen among words. */
const OWN_TEXTS: ReadonlySet<PolicyKey> = new Set<PolicyKey>([
  'watch.similarNumbers',
  'usage.providerCategories',
  'telephony.numberOptions',
]);

/** Policies that are a day, or none. */
const DAYS: ReadonlySet<PolicyKey> = new Set<PolicyKey>(['billing.since']);

const word = (key: PolicyKey, value: string): string => WORDS_OF[key]?.[value] ?? WORDS[value] ?? value;

/** How a policy is entered: one of several words, several of them, a number, numbers in a row, or texts of one's own. */
export type PolicyInput = 'one' | 'some' | 'number' | 'numbers' | 'texts' | 'day';

export function inputOf(key: PolicyKey): PolicyInput {
  if (OWN_TEXTS.has(key)) return 'texts';
  if (DAYS.has(key)) return 'day';
  const value: unknown = POLICIES[key].default;
  if (Array.isArray(value)) return value.every((each) => typeof each === 'number') ? 'numbers' : 'some';
  return typeof value === 'number' ? 'number' : 'one';
}

/** The words among which a policy chooses, as domain/policy/policies.ts allows them. */
export function choicesOf(key: PolicyKey): { value: string; label: string }[] {
  const several = inputOf(key) === 'some';
  const known = [...Object.keys(WORDS_OF[key] ?? {}), ...Object.keys(WORDS)];
  const accept = POLICIES[key].accept as (value: unknown) => unknown;
  return known
    .filter((value) => accept(several ? [value] : value) !== undefined)
    .map((value) => ({ value, label: word(key, value) }));
}

const isDay = (value: unknown): value is CivilDate => typeof value === 'string' && isCivilDate(value);

/** A policy's value in words. */
export function policyText(key: PolicyKey, value: unknown): string {
  if (Array.isArray(value)) {
    return value.map((each) => `${word(key, String(each))}${UNITS[key] ?? ''}`).join('、') || 'なし';
  }
  if (inputOf(key) === 'day') return isDay(value) ? dateText(value) : 'なし';
  return typeof value === 'number' ? `${value}${UNITS[key] ?? ''}` : word(key, String(value));
}
