import {
  define,
  oneOf,
  type PolicyValues,
  texts,
  valuesWith,
  wholeNumber,
} from '../policy/policy-definition.ts';

const MANY = 1_000_000;
const YEAR_HOURS = 8_760;
const WEEK_MINUTES = 10_080;
const DAY_SECONDS = 86_400;

/** What the usage watchers count and from when it is a finding (第18条1項). All but the last two may differ for one contract. */
export const WATCH_POLICIES = {
  'watch.loadPerMinute': define<number>({
    ...wholeNumber(1, MANY),
    default: 600,
    description: '1分間の発着信とSMS送信の合計が、何件から検知とするか',
    clause: '第18条1項⑨',
  }),
  'watch.emergencyCalls': define<number>({
    ...wholeNumber(1, MANY),
    default: 1,
    description: '1日の緊急通報番号などへの発信が、何件から検知とするか',
    clause: '第18条1項⑩',
  }),
  'watch.similarNumbers': define<readonly string[]>({
    ...texts(50, 40),
    default: ['171', '188', '189', '#7119', '#8000', '#9110'],
    description: '110・118・119のほかに、緊急通報番号に準じて扱う番号',
    clause: '第18条1項⑩',
  }),
  'watch.withheldCalls': define<number>({
    ...wholeNumber(1, MANY),
    default: 1,
    description: '1日の非通知での発信（184を付けた発信を含む）が、何件から検知とするか',
    clause: '第18条1項⑪',
  }),
  'watch.smsRelays': define<number>({
    ...wholeNumber(1, MANY),
    default: 10,
    description: '1日のSMSの中継（受けた本文を別の番号へ送ること）が、何件から検知とするか',
    clause: '第18条1項⑫',
  }),
  'watch.smsRelaySeconds': define<number>({
    ...wholeNumber(0, DAY_SECONDS),
    default: 300,
    description: '受信から何秒以内に同じ本文を送信したら、SMSの中継とみなすか',
    clause: '第18条1項⑫',
  }),
  'watch.bulkSmsRecipients': define<number>({
    ...wholeNumber(1, MANY),
    default: 100,
    description: 'こちらに連絡していない相手へのSMSが、何人から検知とするか',
    clause: '第18条1項㉒',
  }),
  'watch.bulkSmsMinutes': define<number>({
    ...wholeNumber(1, WEEK_MINUTES),
    default: 60,
    description: '不特定多数へのSMSの相手を、何分間で数えるか',
    clause: '第18条1項㉒',
  }),
  'watch.solicitedHours': define<number>({
    ...wholeNumber(0, YEAR_HOURS),
    default: 24,
    description: '相手から電話またはSMSがあってから何時間以内のSMSを、応答とみなすか',
    clause: '第18条1項㉒',
  }),
  'watch.numberPurchases': define<number>({
    ...wholeNumber(1, MANY),
    default: 10,
    description: '1日の電話番号の取得が、何件から検知とするか',
    clause: '第18条1項㉔',
  }),
  'watch.numberCycles': define<number>({
    ...wholeNumber(1, MANY),
    default: 3,
    description: '取得した日のうちの電話番号の返却が、1日に何件から検知とするか',
    clause: '第18条1項㉔',
  }),
  'watch.shortCallRecipients': define<number>({
    ...wholeNumber(1, MANY),
    default: 50,
    description: '短い発信の相手が、何人から検知とするか',
    clause: '第18条1項㉕',
  }),
  'watch.shortCallMinutes': define<number>({
    ...wholeNumber(1, WEEK_MINUTES),
    default: 60,
    description: '短い発信の相手を、何分間で数えるか',
    clause: '第18条1項㉕',
  }),
  'watch.shortCallSeconds': define<number>({
    ...wholeNumber(0, DAY_SECONDS),
    default: 6,
    description: '何秒以内の発信を短いとみなすか',
    clause: '第18条1項㉕',
  }),
  'watch.simultaneousCalls': define<number>({
    ...wholeNumber(1, MANY),
    default: 100,
    description: '同時の発着信が、何件から検知とするか',
    clause: '第18条1項㉗',
  }),
  'watch.openCallHours': define<number>({
    ...wholeNumber(0, YEAR_HOURS),
    default: 4,
    description: '終了が届かない通話を、開始から何時間続いたとみなすか',
    clause: '第18条1項㉗',
  }),
  'watch.legs': define<'all' | 'parent'>({
    ...oneOf('all', 'parent'),
    default: 'all',
    description: '同時の発着信に、転送先への通話も数える（all）か、数えない（parent）か',
    clause: '第18条1項㉗',
  }),
  'watch.contractsPerCorporation': define<number>({
    ...wholeNumber(1, MANY),
    default: 2,
    description: '理由のない契約が、同じ法人の何件目から検知とするか',
    clause: '第18条1項㉘',
  }),
  'watch.numbersPerCorporation': define<number>({
    ...wholeNumber(0, MANY),
    default: 20,
    description: '複数の契約を持つ法人の電話番号が、合計で何個を超えたら検知とするか',
    clause: '第18条1項㉘',
  }),
  'watch.lateHours': define<number>({
    ...wholeNumber(0, YEAR_HOURS),
    default: 168,
    description: '発生から何時間を超えて届いた記録を、保存だけして数えないか',
    clause: '第18条1項',
  }),
  'watch.skewSeconds': define<number>({
    ...wholeNumber(0, DAY_SECONDS),
    default: 300,
    description: '届いた時刻より何秒を超えて未来の記録を、届いた時刻のものとみなすか',
    clause: '第18条1項',
  }),
} as const;

/** The value of every `watch.` policy, for the whole or for one contract. Plain JSON. */
export type WatchPolicies = PolicyValues<typeof WATCH_POLICIES>;

/** The defaults with the given values in their place. Throws InvalidValueError. */
export function watchPoliciesWith(given: Readonly<Record<string, unknown>>): WatchPolicies {
  return valuesWith(WATCH_POLICIES, given);
}

/** The thresholds and windows that a contract may have of its own, as whole numbers. */
export const CONTRACT_THRESHOLDS = [
  'watch.loadPerMinute',
  'watch.emergencyCalls',
  'watch.withheldCalls',
  'watch.smsRelays',
  'watch.smsRelaySeconds',
  'watch.bulkSmsRecipients',
  'watch.bulkSmsMinutes',
  'watch.solicitedHours',
  'watch.numberPurchases',
  'watch.numberCycles',
  'watch.shortCallRecipients',
  'watch.shortCallMinutes',
  'watch.shortCallSeconds',
  'watch.simultaneousCalls',
  'watch.openCallHours',
  'watch.contractsPerCorporation',
  'watch.numbersPerCorporation',
] as const satisfies readonly (keyof WatchPolicies)[];
export type ContractThreshold = (typeof CONTRACT_THRESHOLDS)[number];
