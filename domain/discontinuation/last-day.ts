import { addDays, type CivilDate, compareDates } from '../calendar/civil-date.ts';

/** A contract's last day, and what it comes from: the contract itself (第10条), or a discontinuation (第16条). */
export interface LastDay {
  on: CivilDate;
  by: 'contract' | 'discontinuation';
}

/**
 * The earlier of a contract's own last day and that of the discontinuation that reaches it (第10条1項, 第16条); where they are one
 * day, it is the contract's own. Null where there is neither.
 */
export function firstEnd(ownEndsOn: CivilDate, discontinuedOn: CivilDate | null): LastDay;
export function firstEnd(ownEndsOn: CivilDate | null, discontinuedOn: CivilDate): LastDay;
export function firstEnd(ownEndsOn: CivilDate | null, discontinuedOn: CivilDate | null): LastDay | null;
export function firstEnd(ownEndsOn: CivilDate | null, discontinuedOn: CivilDate | null): LastDay | null {
  if (ownEndsOn !== null && (discontinuedOn === null || compareDates(ownEndsOn, discontinuedOn) <= 0)) {
    return { on: ownEndsOn, by: 'contract' };
  }
  return discontinuedOn === null ? null : { on: discontinuedOn, by: 'discontinuation' };
}

/**
 * Whether a discontinuation ends a contract (第16条): that of the service does, that of a plan where the contract still has the
 * plan on the day after the last one. A change that takes effect on that day keeps it going (第8条2項).
 */
export function isReached(
  { lastDay, planCode }: { lastDay: CivilDate; planCode: string | null },
  planOn: (day: CivilDate) => string,
): boolean {
  return planCode === null || planOn(addDays(lastDay, 1)) === planCode;
}
