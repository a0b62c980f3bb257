import { shareOfYen } from '../base/money.ts';
import type { RevenueLine } from '../billing/revenue.ts';
import { type CivilDate, compareDates, daysInclusive, earlierOf } from '../calendar/civil-date.ts';
import { type KindPeriod, periodOn, periodsBeginning } from '../future/period-line.ts';
import { type ContractFuture, contentsOn, feeOfPeriod, upgradesIn } from '../future/project.ts';

/**
 * The fees of a contract's periods that touch a span, as the books will see them (`monthFigures`), by the one projection of its future:
 * it renews until it is known to end (第5条3項). What an end cuts off counts by its days; usage is not foreseen. Yen without tax.
 */
export function forecastLines(
  future: ContractFuture,
  { from, through }: { from: CivilDate; through: CivilDate },
): RevenueLine[] {
  const { line, end } = future;
  const [first] = line;
  const begun = compareDates(first.firstDay, from) <= 0 ? [periodOn(line, from)] : [];
  const periods = [...begun, ...periodsBeginning(line, from, through)];
  const standing = periods.filter((period) => end === null || compareDates(period.from, end.on) <= 0);
  return standing.flatMap((period) => {
    const to = end === null ? period.to : earlierOf(period.to, end.on);
    const fee = { item: `plan:${contentsOn(future, period.from).planCode}`, from: period.from };
    const upgrades = upgradesIn(future, period)
      .filter(({ on }) => compareDates(on, to) <= 0)
      .map(({ on, differenceYen }) => ({ item: 'difference', from: on, feeYen: differenceYen }));
    return [{ ...fee, feeYen: feeOfPeriod(future, period) }, ...upgrades].map(
      ({ feeYen, ...each }): RevenueLine => ({
        ...{
          ...each,
          to,
          issuedOn: each.from,
          amountYen: partOf(feeYen, { ...period, from: each.from }, to),
        },
      }),
    );
  });
}

/** A fee up to a day, by days; below a yen cut off. */
function partOf(feeYen: number, { from, to }: Pick<KindPeriod, 'from' | 'to'>, last: CivilDate): number {
  return shareOfYen(feeYen, daysInclusive(from, last), daysInclusive(from, to));
}
