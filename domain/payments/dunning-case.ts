import { addBankDays } from '../billing/bank-days.ts';
import { DUNNING_STEPS, type DunningStep } from '../billing/dunning.ts';
import { type CivilDate, compareDates } from '../calendar/civil-date.ts';

/** One workflow for each overdue paper. */
export const dunningWorkflowId = (paperId: string): string => `dunning/${paperId}`;

/** Whether one step comes after another. */
export function isLater(step: DunningStep, than: DunningStep | null): boolean {
  return than === null || DUNNING_STEPS.indexOf(step) > DUNNING_STEPS.indexOf(than);
}

/**
 * The day that the final notice sets (第10条2項④): the last bank day before the one on which the termination is proposed, at least
 * one bank day ahead. `days` is policy `dunning.days`.
 */
export function finalDeadline(on: CivilDate, overdueDays: number, days: readonly number[]): CivilDate {
  const proposedAt = days[DUNNING_STEPS.indexOf('proposal')] ?? overdueDays + 1;
  return addBankDays(on, Math.max(1, proposedAt - 1 - overdueDays));
}

/** Whether a person holds the steps back on a day; both days of a hold are included. */
export function isHeld(holds: readonly { from: CivilDate; to: CivilDate | null }[], on: CivilDate): boolean {
  return holds.some(
    ({ from, to }) => compareDates(from, on) <= 0 && (to === null || compareDates(on, to) <= 0),
  );
}
