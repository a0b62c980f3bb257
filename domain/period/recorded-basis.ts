import type { CivilDate } from '../calendar/civil-date.ts';
import { contractPeriod, type PeriodBasis } from './contract-schedule.ts';
import type { ContractKind, Period } from './periods.ts';

/**
 * From where a contract's periods are computed, found again from the periods on record (第5条3項): the earliest from which all
 * later ones follow in the present kind. One by one they would not do: after a first day of 29 February a period ends a day
 * earlier than one counted from its own first day. Without any it is the contract's first day.
 */
export function recordedBasis(
  contract: { kind: ContractKind; firstDay: CivilDate },
  recorded: readonly Period[],
): PeriodBasis {
  const { kind } = contract;
  const periods = recorded.toSorted((a, b) => a.index - b.index);
  const explains = (basis: PeriodBasis, later: readonly Period[]): boolean =>
    later.every(({ index, from, to }) => {
      const period = contractPeriod(basis, index);
      return period.from === from && period.to === to;
    });
  for (const [position, { from, index }] of periods.entries()) {
    const basis = { kind, firstDay: from, indexBase: index - 1 };
    if (explains(basis, periods.slice(position))) return basis;
  }
  return { kind, firstDay: contract.firstDay, indexBase: 0 };
}
