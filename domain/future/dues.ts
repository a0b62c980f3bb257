import { addDays, compareDates, jstInstant } from '../calendar/civil-date.ts';
import type { ContractSchedule, Due } from '../period/contract-schedule.ts';
import { reminderOn, renewalCutoff } from '../period/renewal.ts';
import { type PeriodLine, periodNumber, withKind } from './period-line.ts';

/** Reminders go out at 9:00 JST. */
const REMINDER_MS_OF_DAY = 9 * 3_600_000;

/** How long after its last day a contract waits for its discontinuation to end it; the business date stays. */
const DISCONTINUED_END_MS = 12 * 3_600_000;

/** The periods as the accepted changes between annual and monthly make them. Pending ones of older runs name no kind. */
export function scheduledLine({ basis, pending }: Pick<ContractSchedule, 'basis' | 'pending'>): PeriodLine {
  return pending
    .filter(({ kind }) => kind !== undefined)
    .toSorted((a, b) => compareDates(a.effectiveOn, b.effectiveOn))
    .reduce<PeriodLine>(
      (line, { kind, effectiveOn }) => {
        const present = line.at(-1)?.kind;
        return kind === undefined || kind === present ? line : withKind(line, kind, effectiveOn);
      },
      [basis],
    );
}

/** All things to be done for a contract as far as they are known, earliest first. At one instant: change, renewal, end. */
export function dueList(schedule: ContractSchedule, nowMs: number): Due[] {
  const { basis, endsOn, recordedIndex, pending, spreadMs } = schedule;
  if (recordedIndex === 0) {
    const period = periodNumber([basis], 1);
    return [{ kind: 'begin', atMs: nowMs, on: period.from, period }];
  }
  const list: Due[] = pending.map(({ requestId, effectiveOn }) => ({
    kind: 'change',
    atMs: jstInstant(effectiveOn) + spreadMs,
    on: effectiveOn,
    requestId,
  }));
  list.push(...renewalDues(schedule), ...reminderDues(schedule), ...campaignDues(schedule));
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

/** An annual contract renews by itself after its recorded period, unless it ends by then or becomes monthly (第5条3項①). */
function renewalDues(schedule: ContractSchedule): Due[] {
  const { basis, endsOn, recordedIndex, spreadMs } = schedule;
  if (basis.kind !== 'annual') return [];
  const line = scheduledLine(schedule);
  const period = periodNumber(line, recordedIndex);
  if (endsOn !== null && compareDates(endsOn, period.to) <= 0) return [];
  const next = periodNumber(line, recordedIndex + 1);
  if (next.kind !== 'annual') return [];
  return [{ kind: 'renewal', atMs: jstInstant(next.from) + spreadMs, on: next.from, period: next }];
}

/** A campaign ends by itself: the certificate states it no more from the day after its last one (第5条4項). */
function campaignDues({ campaignUntil, endsOn, spreadMs }: ContractSchedule): Due[] {
  if (campaignUntil == null) return [];
  const on = addDays(campaignUntil, 1);
  if (endsOn !== null && compareDates(endsOn, on) < 0) return [];
  return [{ kind: 'campaignEnd', atMs: jstInstant(on) + spreadMs, on }];
}

/** The reminder before the cut-off of the next period that has had none, for the kinds of contracts that get one. */
function reminderDues(schedule: ContractSchedule): Due[] {
  const { basis, endsOn, recordedIndex, remindedIndex, reminders } = schedule;
  if (endsOn !== null || !reminders.kinds.includes(basis.kind)) return [];
  if (basis.kind === 'annual' && remindedIndex >= recordedIndex) return [];
  const first = basis.kind === 'annual' ? recordedIndex : basis.indexBase + 1;
  const period = periodNumber(scheduledLine(schedule), Math.max(first, remindedIndex + 1));
  if (!reminders.kinds.includes(period.kind)) return [];
  const on = reminderOn(period.to, reminders.days, reminders.cutoff).value;
  const { cancelBy } = renewalCutoff(period.to, reminders.cutoff).value;
  return [{ kind: 'reminder', atMs: jstInstant(on) + REMINDER_MS_OF_DAY, on, period, cancelBy }];
}
