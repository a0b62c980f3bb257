import { DAY_MS } from '../calendar/civil-date.ts';
import type { provisioningProcess } from '../processes/provisioning.ts';

/** One workflow for each contract whose numbers are provided. */
export const provisioningWorkflowId = (contractId: string): string => `provisioning/${contractId}`;

export type ProvisioningStatus = keyof typeof provisioningProcess.statuses.provisioning;
/** Why staff have to do something. */
export type ProvisioningCause = keyof typeof provisioningProcess.tasks.provisioning.causes;
/** What passes by itself: the provider's review, a suspension, the end of the contract, a provider that is away. */
type ProvisioningPause = 'review' | 'suspended' | 'offBoarding' | 'away';
export type ProvisioningWait = ProvisioningCause | ProvisioningPause;

/** The kinds of Japanese numbers that can be asked for. */
export const NUMBER_TYPES = ['national', 'local', 'tollFree'] as const;
export type NumberType = (typeof NUMBER_TYPES)[number];

/** How the provider's review of the papers stands. `provisionally-approved` counts as approved: numbers may be bought. */
export const BUNDLE_STATUSES = [
  'draft',
  'pending-review',
  'in-review',
  'twilio-rejected',
  'twilio-approved',
  'provisionally-approved',
] as const;
export type BundleStatus = (typeof BUNDLE_STATUSES)[number];

/** What our rows and the provider say at one look. */
export interface ProvisioningFacts {
  /** Where the record stands. */
  status: ProvisioningStatus;
  /** Whether the contract goes on. */
  live: boolean;
  account: 'active' | 'suspended' | 'suspendedByProvider' | 'closed' | null;
  /** Null until staff have said what they want. */
  numberType: NumberType | null;
  bundle: BundleStatus | null;
  /** Staff say that the papers are complete, and ask for the review. */
  submitAsked: boolean;
  /** Since when the provider reviews; null where it does not. */
  reviewedSinceMs: number | null;
  /** Numbers that the contract gives a right to, that the provider lists, and that it listed when all were ready the last time. */
  wanted: number;
  held: number;
  fulfilled: number;
  /** Listed numbers whose calls would not be told to us. */
  silent: number;
  /** Whether the contract's own row has the numbers that the provider lists. */
  recorded: boolean;
  nowMs: number;
}

/** What a look does next: one act at the provider or in our rows, a wait, or nothing more for ever. */
export type ProvisioningStep = { status: ProvisioningStatus } & (
  | {
      does:
        | 'createAccount'
        | 'createBundle'
        | 'submitBundle'
        | 'buyNumber'
        | 'setCallbacks'
        | 'recordNumbers';
    }
  /** Null: all is as it should be; looked at again the next day. */
  | { waits: ProvisioningWait | null }
  | { over: true }
);

/** A review that takes longer becomes a task. */
const REVIEW_PATIENCE_MS = 10 * DAY_MS;

/**
 * The next step towards the numbers of a contract (第11条2項, 第23条1項). Nothing is made at the provider before staff have said
 * what they want; nothing is bought before the papers are approved, while the service is suspended, or in place of a number that
 * was lost; what is too much is never given back by itself.
 */
export function nextStep(facts: ProvisioningFacts): ProvisioningStep {
  const { status, account } = facts;
  if (!facts.live) {
    if (account === null || account === 'closed') return { status: 'released', over: true };
    return { status: 'releasing', waits: 'offBoarding' };
  }
  const complete = facts.held >= facts.wanted;
  // What was provided by hand needs no papers of ours.
  if (account === 'active' && facts.bundle === null && complete) return numbersStep(facts);
  if (facts.numberType === null) return { status, waits: 'input' };
  switch (account) {
    case null:
      return { status, does: 'createAccount' };
    case 'closed':
      return { status, waits: 'accountClosed' };
    case 'suspendedByProvider':
      return { status, waits: 'accountStopped' };
    case 'suspended':
      return { status, waits: 'suspended' };
    case 'active':
      return bundleStep(facts);
  }
}

function bundleStep(facts: ProvisioningFacts): ProvisioningStep {
  switch (facts.bundle) {
    case null:
      return { status: 'bundle', does: 'createBundle' };
    case 'draft':
      return facts.submitAsked
        ? { status: 'bundle', does: 'submitBundle' }
        : { status: 'bundle', waits: 'papers' };
    case 'twilio-rejected':
      return facts.submitAsked
        ? { status: 'rejected', does: 'submitBundle' }
        : { status: 'rejected', waits: 'rejected' };
    case 'pending-review':
    case 'in-review': {
      const since = facts.reviewedSinceMs ?? facts.nowMs;
      return { status: 'review', waits: facts.nowMs - since > REVIEW_PATIENCE_MS ? 'reviewLong' : 'review' };
    }
    case 'twilio-approved':
    case 'provisionally-approved':
      return numbersStep(facts);
  }
}

function numbersStep({ wanted, held, fulfilled, silent, recorded }: ProvisioningFacts): ProvisioningStep {
  if (held < Math.min(wanted, fulfilled)) return { status: 'numbers', waits: 'numbersMissing' };
  if (held < wanted) return { status: 'numbers', does: 'buyNumber' };
  if (silent > 0) return { status: 'numbers', does: 'setCallbacks' };
  if (!recorded) return { status: 'numbers', does: 'recordNumbers' };
  return { status: 'ready', waits: held > wanted ? 'numbersBeyond' : null };
}

/**
 * How many numbers a contract gives a right to (第7条, 第8条): those of every plan (policy `telephony.includedNumbers`) and those of
 * its options (policy `telephony.numberOptions`), by their quantity.
 */
export function numbersWanted(
  options: readonly { code: string; quantity: number }[],
  policy: { included: number; optionCodes: readonly string[] },
): number {
  const added = options.filter(({ code }) => policy.optionCodes.includes(code));
  return added.reduce((sum, { quantity }) => sum + quantity, policy.included);
}

/** The provider's error numbers that staff may meet here, in words. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [20_003, '提供者への認証に失敗しました。アカウントの設定を確認してください。'],
  [20_404, '提供者に、その対象が見つかりません。'],
  [21_422, '選んだ電話番号は、すでに取得されています。'],
  [21_615, '電話番号の取得に、その地域の住所の登録が必要です。'],
  [21_631, '電話番号の取得に、住所の登録が必要です。'],
  [21_649, '審査書類が承認されていないか、この番号に合っていません。'],
  [22_200, '審査書類の番号の種類または利用者の種類が正しくありません。'],
]);

/** Why the provider refused, in Japanese; a number that is not in the table as it is. */
export const reasonText = (code: number): string =>
  REASONS.get(code) ?? `提供者のエラー番号${code}です。内容は提供者の資料で確認してください。`;
