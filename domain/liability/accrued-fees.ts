import { decimal, wholePart } from '../base/decimal.ts';
import { yenOf } from '../base/money.ts';
import { type BillingLine, feeKey } from '../billing/lines.ts';
import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { type KindPeriod, periodsBeginning } from '../future/period-line.ts';
import { type ContractFuture, feeOfPeriod, upgradesIn } from '../future/project.ts';
import { countsForLiability, type FeePeriod } from './liability.ts';

/** A usage fee with where it is from: a paper that stands, or the price list where no paper of ours bills the period. */
export interface AccruedFee extends FeePeriod {
  basis: 'papers' | 'prices';
}

/**
 * The usage fees of a contract up to a day, by days of service (第23条3項): what papers billed, whole yen of each line; of periods that
 * they do not bill, what the price list asks. No communication, no prepaid charge, nothing after the contract's end.
 */
export function accruedFees(
  lines: readonly Pick<BillingLine, 'key' | 'item' | 'amount' | 'from' | 'to'>[],
  future: ContractFuture,
  through: CivilDate,
): AccruedFee[] {
  const billed = lines
    .filter(({ item }) => countsForLiability(item))
    .map(
      ({ from, to, amount }): AccruedFee => ({
        ...{ from, to, basis: 'papers' },
        feeYen: yenOf(wholePart(decimal(amount))),
      }),
    );
  const keys = new Set(lines.map(({ key }) => key));
  const unbilled = periodsThrough(future, through).filter(({ from }) => !keys.has(feeKey(from)));
  return [...billed, ...unbilled.flatMap((period) => feesByPrices(future, period))];
}

/** All periods that begin by a day and by the contract's end. */
function periodsThrough({ line, end }: ContractFuture, through: CivilDate): KindPeriod[] {
  const last = end !== null && end.on < through ? end.on : through;
  return periodsBeginning(line, addDays(line[0].firstDay, -1), last);
}

function feesByPrices(future: ContractFuture, period: KindPeriod): AccruedFee[] {
  const { from, to } = period;
  const basis = 'prices' as const;
  return [
    { basis, from, to, feeYen: feeOfPeriod(future, period) },
    ...upgradesIn(future, period).map(({ on, differenceYen }) => ({
      ...{ basis, from: on, to, feeYen: differenceYen },
    })),
  ];
}
