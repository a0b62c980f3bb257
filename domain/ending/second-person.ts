import { type CivilDate, compareDates, jstDate } from '../calendar/civil-date.ts';
import type { RequestKind } from '../period/contract.ts';

/** Whether staff enter an arrival on an earlier day (JST) than that of the entry (第10条1項). */
export function isBackdated(arrivedAtMs: number, enteredOn: CivilDate): boolean {
  return compareDates(jstDate(arrivedAtMs), enteredOn) < 0;
}

/**
 * Whether a second person confirms a request before it has any effect: a termination by the operator always (第10条2項), a change
 * or cancellation where its arrival was backdated (第10条1項). A withdrawal goes by today alone, whenever it arrived.
 */
export function requestNeedsSecondPerson(kind: RequestKind, backdated: boolean): boolean {
  switch (kind) {
    case 'termination':
      return true;
    case 'change':
    case 'cancellation':
      return backdated;
    case 'cancellationWithdrawal':
      return false;
  }
}

/** Whether a request needs the original that proves its arrival: what a customer asks for and staff backdate (第10条1項). */
export function requestNeedsOriginal(kind: RequestKind, backdated: boolean): boolean {
  return backdated && (kind === 'change' || kind === 'cancellation');
}
