import { keysOf } from '../base/keys.ts';
import type { TaxRounding } from '../base/money.ts';
import type { DueHoliday } from '../billing/bank-days.ts';
import {
  type BillingPolicy,
  DEFAULT_BILLING_POLICY,
  DEFAULT_DUNNING_DAYS,
  type MonthlyFee,
  type PrepaidTaxPoint,
} from '../billing/billing-policy.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { CutoffPolicy } from '../calendar/cutoff.ts';
import { DEFAULT_LATE_USAGE_DAYS } from '../data/off-boarding.ts';
import {
  DEFAULT_GRACE_DAYS,
  DEFAULT_RETENTION_POLICY,
  type DeadlineHoliday,
  type RetentionPolicy,
} from '../data/retention.ts';
import { ROLE_LABELS, type StaffRole } from '../desk/roles.ts';
import type { ContractKind } from '../period/periods.ts';
import { DEFAULT_REMINDER_DAYS } from '../period/renewal.ts';
import { WATCH_POLICIES } from '../watch/policies.ts';
import {
  acceptedValue,
  ascending,
  dayOrNone,
  define,
  namePairs,
  oneOf,
  type PolicyDefinition,
  type PolicyValues,
  someOf,
  texts,
  valuesWith,
  wholeNumber,
} from './policy-definition.ts';

export type ConclusionBasis = 'arrival' | 'approval';
export type CancelChannel = 'post' | 'fax' | 'email' | 'web';
export type NoticeCounts = 'mail' | 'web' | 'either';
/** Kinds of corporations as the tax agency's registry numbers them (法人種別). */
export type LegalKind = '101' | '201' | '301' | '302' | '303' | '304' | '305' | '399' | '401' | '499';

/** Every policy of the back office. Versions of their values are kept by the database; this is what the values mean. */
export const POLICIES = {
  'conclusion.basis': define<ConclusionBasis>({
    ...oneOf('arrival', 'approval'),
    default: 'arrival',
    description:
      '利用契約の締結日：承諾メールがお客様のサーバーに届いた日（arrival）または承認日（approval）',
    clause: '第4条2項',
    protects: 'byEveryChoice',
  }),
  'cancel.channels': define<readonly CancelChannel[]>({
    ...someOf('post', 'fax', 'email', 'web'),
    default: ['post', 'fax', 'email', 'web'],
    description: '解約の申請を書面として受け付ける方法：郵送、FAX、Eメール、Web',
    clause: '第10条1項',
  }),
  'cutoff.holiday': define<CutoffPolicy['cutoffHoliday']>({
    ...oneOf('none', 'nextBusinessDay'),
    default: 'none',
    description: '締切の5日・20日が休日のとき：動かさない（none）または翌営業日とする（nextBusinessDay）',
    clause: '第8条2項・第10条1項',
  }),
  'renewal.reminderDays': define<number>({
    ...wholeNumber(0, 365),
    default: DEFAULT_REMINDER_DAYS,
    description: '更新の案内を、解約の締切の何日前に送るか',
    clause: '第5条3項',
  }),
  'renewal.reminderKinds': define<readonly ContractKind[]>({
    ...someOf('annual', 'monthly'),
    default: ['annual'],
    description: '更新の案内を送る契約の種類：年額（annual）、月額（monthly）',
    clause: '第5条3項',
  }),
  'notice.counts': define<NoticeCounts>({
    ...oneOf('mail', 'web', 'either'),
    default: 'either',
    description:
      '通知の到達とみなすもの：お客様のサーバーへのメールの到達（mail）、Web掲載（web）、いずれか早い方（either）',
    clause: '第16条・第17条3項',
    protects: 'byEveryChoice',
  }),
  'notice.mailsPerMinute': define<number>({
    ...wholeNumber(1, 600_000),
    default: 600,
    description: '通知の一斉送信で、1分間に送るメールの数の上限（メールサーバーの受け入れ量に合わせる）',
    clause: '第17条3項',
  }),
  'deletion.graceDays': define<number>({
    ...wholeNumber(0, 3650),
    default: DEFAULT_GRACE_DAYS,
    description: '契約終了からお客様保有データの削除までの猶予日数',
    clause: '第22条6項',
    protects: 'byMore',
  }),
  'offBoarding.lateUsageDays': define<number>({
    ...wholeNumber(0, 60),
    default: DEFAULT_LATE_USAGE_DAYS,
    description: '契約終了後、遅れて届く通信の利用量を待ち、電話番号を返却するまでの日数',
    clause: '第10条3項・第11条2項',
  }),
  'retention.fiscalYearEndMonth': define<number>({
    ...wholeNumber(1, 12),
    default: DEFAULT_RETENTION_POLICY.fiscalYearEndMonth,
    description: '運営会社の決算月',
    clause: '第22条6項',
  }),
  'retention.filingDeadlineMonths': define<number>({
    ...wholeNumber(0, 12),
    default: DEFAULT_RETENTION_POLICY.filingDeadlineMonths,
    description: '事業年度の末日から確定申告期限までの月数',
    clause: '第22条6項',
  }),
  'retention.deadlineHoliday': define<DeadlineHoliday>({
    ...oneOf('nextBusinessDay', 'none'),
    default: DEFAULT_RETENTION_POLICY.deadlineHoliday,
    description:
      '申告期限が土日・祝日・12月29日から1月3日のとき：翌日以後の最初の平日とする（nextBusinessDay）または動かさない（none）',
    clause: '第22条6項',
  }),
  'retention.years': define<number>({
    ...wholeNumber(1, 30),
    default: DEFAULT_RETENTION_POLICY.years,
    description: '請求書・契約証書を申告期限の翌日から保存する年数',
    clause: '第22条6項',
    protects: 'byMore',
  }),
  'retention.screeningDays': define<number>({
    ...wholeNumber(0, 3650),
    default: 365,
    description: '反社・競合チェックの証跡を契約終了または謝絶の後に保存する日数',
    clause: '第4条4項・第22条6項',
    protects: 'byMore',
  }),
  'retention.applicationDays': define<number>({
    ...wholeNumber(0, 3650),
    default: 90,
    description: '承諾に至らなかった申込（謝絶・取下げ・失効）のデータを保存する日数',
    clause: '第4条・第20条',
  }),
  'dataRequest.answerDays': define<number>({
    ...wholeNumber(1, 90),
    default: 14,
    description: '開示等の請求を受け付けた日から、回答の期限までの日数',
    clause: '第20条',
    protects: 'byLess',
  }),
  'dataRequest.remindDays': define<number>({
    ...wholeNumber(1, 30),
    default: 5,
    description: '開示等の請求の回答の期限の何日前に、担当に督促するか',
    clause: '第20条',
  }),
  'billing.day': define<number>({
    ...wholeNumber(6, 20),
    default: DEFAULT_BILLING_POLICY.day,
    description: '毎月の請求処理の日。変更の締切の5日より後とする',
    clause: '第6条2項',
  }),
  'billing.since': define<CivilDate | ''>({
    ...dayOrNone(),
    default: '',
    description: 'この日より前に始まる明細は、このシステムの前に請求したものとして、請求しない',
    clause: '第6条2項',
  }),
  'billing.annualLeadMonths': define<number>({
    ...wholeNumber(0, 1),
    default: DEFAULT_BILLING_POLICY.annualLeadMonths,
    description: '年額の利用料金と変更差額を、期間の始まる月の何か月前に請求するか',
    clause: '第6条2項',
  }),
  'billing.monthlyFee': define<MonthlyFee>({
    ...oneOf('advance', 'arrears'),
    default: DEFAULT_BILLING_POLICY.monthlyFee,
    description: '月額の利用料金の請求：期間の始まる月（advance）または期間の終わった後（arrears）',
    clause: '第6条2項',
  }),
  'billing.dueHoliday': define<DueHoliday>({
    ...oneOf('nextBusinessDay', 'previousBusinessDay', 'none'),
    default: DEFAULT_BILLING_POLICY.dueHoliday,
    description:
      '支払期限が銀行の休業日のとき：翌営業日（nextBusinessDay）、前営業日（previousBusinessDay）、動かさない（none）',
    clause: '第6条2項',
  }),
  'tax.rounding': define<TaxRounding>({
    ...oneOf('floor', 'round', 'ceil'),
    default: DEFAULT_BILLING_POLICY.taxRounding,
    description: '消費税の1円未満の端数：切り捨て（floor）、四捨五入（round）、切り上げ（ceil）',
    clause: '第6条2項',
  }),
  'prepaid.taxPoint': define<PrepaidTaxPoint>({
    ...oneOf('use', 'topUp'),
    default: DEFAULT_BILLING_POLICY.prepaidTaxPoint,
    description: 'プリペイドチャージの消費税：利用の時（use）またはチャージの時（topUp）',
    clause: '第6条5項',
  }),
  'prepaid.exemptKinds': define<readonly LegalKind[]>({
    ...someOf<LegalKind>('101', '201', '301', '302', '303', '304', '305', '399', '401', '499'),
    mayBeNone: true,
    default: ['301', '302', '303', '304', '305'],
    description: '前払式支払手段の基準日未使用残高に数えない法人の種別（事業のための利用）',
    clause: '第6条5項',
  }),
  'prepaid.lowBalanceYen': define<number>({
    ...wholeNumber(0, 10_000_000),
    default: 5_000,
    description: 'プリペイドチャージの残高がこの額を下回ったら、お客様に一度お知らせする（0は知らせない）',
    clause: '第6条5項',
  }),
  'usage.differencePercent': define<number>({
    ...wholeNumber(0, 100),
    default: 1,
    description: '利用の明細の合計と提供者の記録の差が、記録の何％を超えたら請求担当のタスクにするか',
    clause: '第6条6項',
  }),
  'usage.providerCategories': define<readonly string[]>({
    ...namePairs(50, 100),
    default: ['call-in=calls-inbound', 'call-out=calls-outbound', 'sms=sms-outbound'],
    description: '通信の種別の対応：料金表の種別=提供者の種別。対応のない提供者の種別は比べない',
    clause: '第6条6項',
  }),
  'payment.feeToleranceYen': define<number>({
    ...wholeNumber(0, 10_000),
    default: 0,
    description: '振込手数料とみて値引きに充てる、入金の不足額の上限',
    clause: '第6条2項',
  }),
  'dunning.days': define<readonly number[]>({
    ...ascending(5, 1, 365),
    default: DEFAULT_DUNNING_DAYS,
    description:
      '支払期限の翌日から数えた銀行営業日：期限超過、督促1回目、督促2回目、最終通知、解約の提案の順',
    clause: '第10条2項',
  }),
  'statistics.minGroup': define<number>({
    ...wholeNumber(2, 1000),
    default: 5,
    description: '統計に表示してよい集団の最小の契約数（k-匿名性）',
    clause: '第14条1項',
    protects: 'byMore',
  }),
  'signIn.codeRoles': define<readonly StaffRole[]>({
    ...someOf(...keysOf(ROLE_LABELS)),
    mayBeNone: true,
    default: [],
    description: 'サインインのときに、パスワードのほかに確認コードを必ず求める役割',
    clause: '第20条',
    protects: 'byEveryChoice',
  }),
  'telephony.includedNumbers': define<number>({
    ...wholeNumber(0, 100),
    default: 1,
    description: 'どの料金プランにも含まれる電話番号の数',
    clause: '第11条2項',
  }),
  'telephony.numberOptions': define<readonly string[]>({
    ...texts(20, 40),
    default: ['number'],
    description: '1つにつき電話番号を1つ加えるオプションのコード',
    clause: '第8条',
  }),
  ...WATCH_POLICIES,
} as const;

export type PolicyKey = keyof typeof POLICIES;
export type PolicyValue<K extends PolicyKey> = (typeof POLICIES)[K]['default'];
/** The value of every policy. Plain JSON. */
export type Policies = PolicyValues<typeof POLICIES>;

export const POLICY_KEYS = keysOf(POLICIES);

export function isPolicyKey(key: string): key is PolicyKey {
  return Object.hasOwn(POLICIES, key);
}

/** Checks a value from a form, a file or the database. Throws InvalidValueError naming the allowed values. */
export function policyValue<K extends PolicyKey>(key: K, value: unknown): PolicyValue<K> {
  const definition: PolicyDefinition<unknown> = POLICIES[key];
  return acceptedValue(key, definition, value) as PolicyValue<K>;
}

/** The defaults with the given values in their place. Throws InvalidValueError for unknown keys and values not allowed. */
export function policiesWith(values: Readonly<Record<string, unknown>>): Policies {
  return valuesWith(POLICIES, values);
}

/** Every policy as the terms have it. @internal */
export const DEFAULT_POLICIES: Policies = policiesWith({});

/** The part of the policies that cut-offs depend on. */
export function cutoffPolicyOf(policies: Policies): CutoffPolicy {
  return { cutoffHoliday: policies['cutoff.holiday'] };
}

/** The part of the policies that keeping documents depends on. */
export function retentionPolicyOf(policies: Policies): RetentionPolicy {
  return {
    fiscalYearEndMonth: policies['retention.fiscalYearEndMonth'],
    filingDeadlineMonths: policies['retention.filingDeadlineMonths'],
    years: policies['retention.years'],
    deadlineHoliday: policies['retention.deadlineHoliday'],
  };
}

/** The part of the policies that documents depend on. */
export function billingPolicyOf(policies: Policies): BillingPolicy {
  return {
    day: policies['billing.day'],
    since: policies['billing.since'] === '' ? null : policies['billing.since'],
    annualLeadMonths: policies['billing.annualLeadMonths'],
    monthlyFee: policies['billing.monthlyFee'],
    dueHoliday: policies['billing.dueHoliday'],
    taxRounding: policies['tax.rounding'],
    prepaidTaxPoint: policies['prepaid.taxPoint'],
  };
}
