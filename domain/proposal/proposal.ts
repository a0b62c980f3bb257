import type { PartnerTerms } from '../billing/payers.ts';
import type { CivilDate, MonthKey } from '../calendar/civil-date.ts';
import type { AccountChange } from '../desk/accounts.ts';
import type { proposalProcess } from '../processes/proposal.ts';
import type { ContractThreshold } from '../watch/policies.ts';
import type { WatchRule } from '../watch/rules.ts';

export type ProposalStatus = keyof typeof proposalProcess.statuses.proposal;

/** A screening list by its name in the tables. */
type ListName = 'antisocial' | 'competitor' | 'internal';

/** What one person asks for and a second one lets happen. Ids, codes and instants only: words are kept apart, encrypted. */
export type Proposed =
  | { kind: 'policy'; key: string; value: string | number | (string | number)[]; afterVersion: number }
  | { kind: 'listTake'; list: ListName; importId: string }
  | { kind: 'listRollback'; list: ListName; version: number }
  | { kind: 'dataExport'; dataRequestId: string }
  | { kind: 'phoneConsent'; consentId: string; contractId: string; from: CivilDate; through: CivilDate }
  | { kind: 'suspensionTimes'; suspensionId: string; startsAtMs: number; endsAtMs: number | null }
  | { kind: 'suspensionCancel'; suspensionId: string }
  | { kind: 'suspensionLift'; suspensionId: string }
  | { kind: 'suspensionLifted'; suspensionId: string }
  | { kind: 'discontinuationCancel'; discontinuationId: string }
  /** Money that bears another payer's name. */
  | {
      kind: 'paymentMoved';
      lineId: string;
      payer: string;
      parts: { invoice: string; amountYen: number }[];
      learn: boolean;
    }
  | { kind: 'creditPaidBack'; payer: string; amountYen: number; contractId: string; sandbox: boolean }
  | { kind: 'writeOff'; paperId: string; contractId: string }
  | { kind: 'monthReopened'; month: MonthKey; sandbox: boolean }
  | { kind: 'partnerTerms'; partnerId: string; terms: PartnerTerms }
  | { kind: 'staffAccount'; staffId: string; change: AccountChange }
  | {
      kind: 'watchException';
      contractId: string;
      rule: WatchRule;
      from: CivilDate;
      to: CivilDate;
      allow: number | null;
    }
  /** Null: as for every contract. */
  | { kind: 'watchPolicy'; contractId: string; key: ContractThreshold; value: number | null }
  | { kind: 'contractPartner'; contractId: string; partnerId: string | null; from: CivilDate };

export type ProposalKind = Proposed['kind'];

/** What it changes, as a key: two proposals about the same thing do not wait side by side. */
export function aboutOf(proposed: Proposed): string {
  switch (proposed.kind) {
    case 'policy':
      return `policy/${proposed.key}`;
    case 'listTake':
    case 'listRollback':
      return `list/${proposed.list}`;
    case 'dataExport':
      return `dataRequest/${proposed.dataRequestId}`;
    case 'phoneConsent':
      return `consent/${proposed.consentId}`;
    case 'suspensionTimes':
    case 'suspensionCancel':
    case 'suspensionLift':
      return `suspension/${proposed.suspensionId}`;
    case 'suspensionLifted':
      return `lifted/${proposed.suspensionId}`;
    case 'discontinuationCancel':
      return `discontinuation/${proposed.discontinuationId}`;
    case 'paymentMoved':
      return `bankLine/${proposed.lineId}`;
    case 'creditPaidBack':
      return `credit/${proposed.payer}`;
    case 'writeOff':
      return `writeOff/${proposed.paperId}`;
    case 'monthReopened':
      return `month/${proposed.sandbox ? 'sandbox/' : ''}${proposed.month}`;
    case 'partnerTerms':
      return `partner/${proposed.partnerId}`;
    case 'watchException':
      return `watchException/${proposed.contractId}/${proposed.rule}`;
    case 'watchPolicy':
      return `watchPolicy/${proposed.contractId}/${proposed.key}`;
    case 'contractPartner':
      return `contractPartner/${proposed.contractId}`;
    case 'staffAccount':
      return `staff/${proposed.staffId}`;
  }
}

/** Whether another version of a screening list takes two people: nobody alone takes a name off the anti-social one (第4条4項③). */
export function listNeedsTwo(list: ListName, currentVersion: number | null): boolean {
  return list === 'antisocial' && currentVersion !== null;
}
