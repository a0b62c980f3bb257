import type { CivilDate } from '../calendar/civil-date.ts';
import type { CutoffPolicy } from '../calendar/cutoff.ts';
import { type ContractKind, type Period, periodAt, periodContaining } from './periods.ts';

/** Renewals of one instant are spread over this many minutes after 00:00 JST; the business date stays (第5条3項). */
export const DEFAULT_SPREAD_MINUTES = 360;

/**
 * From where periods are computed: `firstDay` is the first day of period `indexBase + 1`. A change between annual and
 * monthly at a renewal starts a new basis; period numbers run on.
 */
export interface PeriodBasis {
  kind: ContractKind;
  firstDay: CivilDate;
  indexBase: number;
}

/** A change that was accepted and has yet to take effect. */
export interface ScheduledChange {
  requestId: string;
  effectiveOn: CivilDate;
  arrivedAtMs: number;
  /** The kind that the contract has from then on, where the change alters it. */
  kind?: ContractKind;
}

/** Policies `renewal.reminderDays`, `renewal.reminderKinds` and `cutoff.holiday`, as a contract needs them. */
export interface ReminderPolicy {
  days: number;
  kinds: readonly ContractKind[];
  cutoff: CutoffPolicy;
}

/** What an announced discontinuation means for a contract. */
export interface ContractDiscontinuation {
  id: string;
  lastDay: CivilDate;
  /** Null: the whole service. */
  planCode: string | null;
  /** The contract's own end (第10条), which may be later than the last day; null when it has none. */
  ownEndsOn: CivilDate | null;
}

export interface ContractSchedule {
  basis: PeriodBasis;
  endsOn: CivilDate | null;
  /** Number of the last period that was recorded; 0 before the first. */
  recordedIndex: number;
  /** Number of the last period whose reminder went out or was not needed. */
  remindedIndex: number;
  pending: ScheduledChange[];
  spreadMs: number;
  /** Policies in force when the last period was recorded: a later change never moves a date already told. */
  reminders: ReminderPolicy;
  /** The announced discontinuation that reaches the contract (第16条); runs from before it existed lack the field. */
  discontinuation?: ContractDiscontinuation | null;
  /** Last day of the campaign that the certificate states (第5条4項); runs from before there were any lack the field. */
  campaignUntil?: CivilDate | null;
}

/** The next thing that has to be done for a contract; what the calendar says by itself is not here. */
export type Due =
  | { kind: 'begin'; atMs: number; on: CivilDate; period: Period }
  | { kind: 'reminder'; atMs: number; on: CivilDate; period: Period; cancelBy: CivilDate }
  | { kind: 'renewal'; atMs: number; on: CivilDate; period: Period }
  | { kind: 'change'; atMs: number; on: CivilDate; requestId: string }
  | { kind: 'campaignEnd'; atMs: number; on: CivilDate }
  | { kind: 'end'; atMs: number; on: CivilDate };

/** Period `index` of a contract, counted over all its bases. */
export function contractPeriod(basis: PeriodBasis, index: number): Period {
  return { ...periodAt(basis, index - basis.indexBase).value, index };
}

/** The period of a basis that a day falls in; the first one for an earlier day. */
export function currentPeriod(basis: PeriodBasis, on: CivilDate): Period {
  const found = periodContaining(basis, on).value;
  return found === null
    ? contractPeriod(basis, basis.indexBase + 1)
    : { ...found, index: found.index + basis.indexBase };
}

/** A fixed offset for each contract, so that 100,000 renewals of one midnight do not fire in one second. */
export function spreadOffsetMs(contractId: string, spreadMinutes: number): number {
  if (spreadMinutes <= 0) return 0;
  let hash = 2_166_136_261;
  for (const char of contractId) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return hash % (spreadMinutes * 60_000);
}
