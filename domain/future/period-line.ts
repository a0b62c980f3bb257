import { addDays, type CivilDate, compareDates } from '../calendar/civil-date.ts';
import { contractPeriod, currentPeriod, type PeriodBasis } from '../period/contract-schedule.ts';
import type { ContractKind, Period, PeriodTerms } from '../period/periods.ts';

/**
 * From where a contract's periods are computed, now and after each change between annual and monthly (第5条3項): by first
 * day. Each basis but the first begins on the day after a period of the one before.
 */
export type PeriodLine = readonly [PeriodBasis, ...PeriodBasis[]];

/** A period with the kind of the contract in it. */
export type KindPeriod = Period & { kind: ContractKind };

/** The line of a contract whose kind does not change. */
export function lineOf(periods: PeriodTerms | PeriodLine): PeriodLine {
  return 'kind' in periods ? [{ indexBase: 0, ...periods }] : periods;
}

function basisOn(line: PeriodLine, day: CivilDate): PeriodBasis {
  return line.findLast(({ firstDay }) => compareDates(firstDay, day) <= 0) ?? line[0];
}

/** The period that a day falls in; the first one for an earlier day. */
export function periodOn(line: PeriodLine, day: CivilDate): KindPeriod {
  const basis = basisOn(line, day);
  return { ...currentPeriod(basis, day), kind: basis.kind };
}

/** The period with a number, counted over all bases. */
export function periodNumber(line: PeriodLine, index: number): KindPeriod {
  const basis = line.findLast(({ indexBase }) => indexBase < index) ?? line[0];
  return { ...contractPeriod(basis, index), kind: basis.kind };
}

/** The period that follows by renewal. */
export function periodAfter(line: PeriodLine, { to }: Period): KindPeriod {
  return periodOn(line, addDays(to, 1));
}

/** The periods whose first day lies in `(after, through]`, in order (第5条3項). */
export function periodsBeginning(line: PeriodLine, after: CivilDate, through: CivilDate): KindPeriod[] {
  const present = periodOn(line, after);
  let period = compareDates(present.from, after) > 0 ? present : periodAfter(line, present);
  const beginning: KindPeriod[] = [];
  while (compareDates(period.from, through) <= 0) {
    beginning.push(period);
    period = periodAfter(line, period);
  }
  return beginning;
}

/** The first day of the first period that begins on or after a day: from then on a fee change counts (第6条3項). */
export function periodFrom(line: PeriodLine, day: CivilDate): CivilDate {
  const before = periodOn(line, addDays(day, -1));
  return compareDates(before.from, day) >= 0 ? before.from : addDays(before.to, 1);
}

/** The first renewal on or after a day: when a contract can become annual or monthly (第5条3項). */
export function renewalFrom(line: PeriodLine, day: CivilDate): CivilDate {
  const from = periodFrom(line, day);
  const [first] = line;
  const begins = first.indexBase === 0 && from === first.firstDay;
  return begins ? addDays(periodOn(line, from).to, 1) : from;
}

/** The line with another kind from a renewal on. */
export function withKind(line: PeriodLine, kind: ContractKind, from: CivilDate): PeriodLine {
  const [first, ...rest] = line.filter(({ firstDay }) => compareDates(firstDay, from) < 0);
  const { index } = periodOn(line, from);
  const basis = { kind, firstDay: from, indexBase: index - 1 };
  return first === undefined ? [basis] : [first, ...rest, basis];
}
