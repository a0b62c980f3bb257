import type { CivilDate } from '../calendar/civil-date.ts';
import type { proposalProcess } from '../processes/proposal.ts';

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
  | { kind: 'discontinuationCancel'; discontinuationId: string };

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
  }
}

/** Whether another version of a screening list takes two people: nobody alone takes a name off the anti-social one (第4条4項③). */
export function listNeedsTwo(list: ListName, currentVersion: number | null): boolean {
  return list === 'antisocial' && currentVersion !== null;
}
