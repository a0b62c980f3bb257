import { keysOf } from '../base/keys.ts';
import { type CivilDate, compareDates } from '../calendar/civil-date.ts';
import type { StaffRole } from '../desk/roles.ts';
import { type ContractStatus, isLive } from '../period/contract.ts';

/**
 * Parts of what a customer entrusted to the operator (第13条2項). The operator's own record of the contract (number, plan,
 * dates, state) belongs to none of them and is visible without a consent.
 */
export const CONSENT_SCOPES = {
  contact: '連絡先（所在地、電話番号、登録された連絡先、契約証書）',
  application: '申込の内容、添付書類、申込のメール',
  mail: '契約のメール',
  requests: '変更・解約の申込の内容',
  usage: '通話・SMS・電話番号の記録（番号は伏せ字）',
} as const;
export type ConsentScope = keyof typeof CONSENT_SCOPES;
export const ALL_SCOPES = keysOf(CONSENT_SCOPES);

/** How the registered contact said so. A telephone call needs a note, the others the paper or mail itself. */
export const CONSENT_WAYS = {
  email: 'Eメール',
  paper: '書面（郵送・FAX）',
  phone: '電話',
} as const;
export type ConsentWay = keyof typeof CONSENT_WAYS;

export interface Consent {
  id: string;
  scope: readonly string[];
  /** First and last day, both included. */
  from: CivilDate;
  through: CivilDate;
  withdrawn: boolean;
  /** It waits for its second person. */
  waits: boolean;
}

export interface SupportedContract {
  status: ContractStatus;
  firstDay: CivilDate;
  endsOn: CivilDate | null;
}

/** Whether a day lies within the contract period, the only time in which there is support (第13条1項). */
export function isSupported(contract: SupportedContract, today: CivilDate): boolean {
  const { status, firstDay, endsOn } = contract;
  return (
    isLive(status) &&
    compareDates(firstDay, today) <= 0 &&
    (endsOn === null || compareDates(today, endsOn) <= 0)
  );
}

/** Whether a member of staff sees customers' data through the support role alone, so only within a consent. */
export function needsConsent(roles: readonly StaffRole[]): boolean {
  return roles.includes('support') && roles.every((role) => role === 'support');
}

/**
 * Whether a consent takes a second person: one by telephone rests on the word of who took the call, and must not open the
 * data to nobody but them.
 */
export function consentNeedsTwo(way: ConsentWay, recordedBy: readonly StaffRole[]): boolean {
  return way === 'phone' && needsConsent(recordedBy);
}

/** The consent that opens each part of a contract's data today; a part without one stays closed (第13条). */
export function openScopes(
  consents: readonly Consent[],
  contract: SupportedContract,
  today: CivilDate,
): Partial<Record<ConsentScope, string>> {
  if (!isSupported(contract, today)) return {};
  const live = consents.filter(
    ({ withdrawn, waits, from, through }) =>
      !withdrawn && !waits && compareDates(from, today) <= 0 && compareDates(today, through) <= 0,
  );
  return Object.fromEntries(
    ALL_SCOPES.flatMap((scope) => {
      const consent = live.find((each) => each.scope.includes(scope));
      return consent === undefined ? [] : [[scope, consent.id]];
    }),
  );
}
