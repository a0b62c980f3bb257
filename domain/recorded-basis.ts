import { addDays, type CivilDate } from './civil-date.ts';
import type { PeriodBasis } from './contract-schedule.ts';
import { type ContractKind, type Period, periodAt } from './periods.ts';

/**
 * From where a contract's periods are computed, found again from the periods on record (第5条3項): the first of those
 * that follow each other in the present kind. Without any it is the contract's first day.
 */
export function recordedBasis(
  contract: { kind: ContractKind; firstDay: CivilDate },
  recorded: readonly Period[],
): PeriodBasis {
  const { kind } = contract;
  const ofKind = ({ from, to }: Period): boolean => periodAt({ kind, firstDay: from }, 1).value.to === to;
  let first: Period | null = null;
  for (const period of recorded.toSorted((a, b) => b.index - a.index)) {
    const follows = first === null || addDays(period.to, 1) === first.from;
    if (!ofKind(period) || !follows) break;
    first = period;
  }
  return first === null
    ? { kind, firstDay: contract.firstDay, indexBase: 0 }
    : { kind, firstDay: first.from, indexBase: first.index - 1 };
}
