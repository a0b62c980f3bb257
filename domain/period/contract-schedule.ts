import { addDays, type CivilDate, compareDates, jstInstant } from '../calendar/civil-date.ts';
import type { CutoffPolicy } from '../calendar/cutoff.ts';
import { type ContractKind, type Period, periodAt, periodContaining } from './periods.ts';
import { reminderOn, renewalCutoff } from './renewal.ts';

/** Renewals of one instant are spread over this many minutes after 00:00 JST; the business date stays (第5条3項). */
export const DEFAULT_SPREAD_MINUTES = 360;

/** Reminders go out at 9:00 JST. */
const REMINDER_MS_OF_DAY = 9 * 3_600_000;

/** How long after its last day a contract waits for its discontinuation to end it; the business date stays. */
const DISCONTINUED_END_MS = 12 * 3_600_000;

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
}

/** The next thing that has to be done for a contract; what the calendar says by itself is not here. */
export type Due =
  | { kind: 'begin'; atMs: number; on: CivilDate; period: Period }
  | { kind: 'reminder'; atMs: number; on: CivilDate; period: Period; cancelBy: CivilDate }
  | { kind: 'renewal'; atMs: number; on: CivilDate; period: Period }
  | { kind: 'change'; atMs: number; on: CivilDate; requestId: string }
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

/** All things to be done for a contract as far as they are known, earliest first. At one instant: change, renewal, end. */
export function dueList(schedule: ContractSchedule, nowMs: number): Due[] {
  const { basis, endsOn, recordedIndex, pending, spreadMs } = schedule;
  if (recordedIndex === 0) {
    const period = contractPeriod(basis, 1);
    return [{ kind: 'begin', atMs: nowMs, on: period.from, period }];
  }
  const list: Due[] = pending.map(({ requestId, effectiveOn }) => ({
    kind: 'change',
    atMs: jstInstant(effectiveOn) + spreadMs,
    on: effectiveOn,
    requestId,
  }));
  if (basis.kind === 'annual') list.push(...renewalDues(schedule));
  list.push(...reminderDues(schedule));
  if (endsOn !== null) {
    const on = addDays(endsOn, 1);
    // A discontinuation ends its contracts by pages, once the refunds are computed; by themselves they end only after that.
    const together = schedule.discontinuation != null && schedule.discontinuation.lastDay === endsOn;
    const atMs = jstInstant(on) + (together ? DISCONTINUED_END_MS + spreadMs : 0);
    list.push({ kind: 'end', atMs, on });
  }
  return list.sort((a, b) => a.atMs - b.atMs);
}

/** The next thing to be done, or null when only a command can change anything. */
export function nextDue(schedule: ContractSchedule, nowMs: number): Due | null {
  return dueList(schedule, nowMs)[0] ?? null;
}

/** An annual contract renews by itself after its recorded period, unless it ends by then (第5条3項①). */
function renewalDues({ basis, endsOn, recordedIndex, spreadMs }: ContractSchedule): Due[] {
  const period = contractPeriod(basis, recordedIndex);
  if (endsOn !== null && compareDates(endsOn, period.to) <= 0) return [];
  const next = contractPeriod(basis, recordedIndex + 1);
  return [{ kind: 'renewal', atMs: jstInstant(next.from) + spreadMs, on: next.from, period: next }];
}

/** The reminder before the cut-off of the next period that has had none, for the kinds of contracts that get one. */
function reminderDues(schedule: ContractSchedule): Due[] {
  const { basis, endsOn, recordedIndex, remindedIndex, reminders } = schedule;
  if (endsOn !== null || !reminders.kinds.includes(basis.kind)) return [];
  if (basis.kind === 'annual' && remindedIndex >= recordedIndex) return [];
  const first = basis.kind === 'annual' ? recordedIndex : basis.indexBase + 1;
  const period = contractPeriod(basis, Math.max(first, remindedIndex + 1));
  const on = reminderOn(period.to, reminders.days, reminders.cutoff).value;
  const { cancelBy } = renewalCutoff(period.to, reminders.cutoff).value;
  return [{ kind: 'reminder', atMs: jstInstant(on) + REMINDER_MS_OF_DAY, on, period, cancelBy }];
}
