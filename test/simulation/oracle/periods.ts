import type { Day } from './dates.ts';
import { type Kind, type Period, periodFrom } from './rules.ts';

/** From where periods are computed: from the first day, and anew from each renewal on which the kind changed. */
export interface Basis {
  kind: Kind;
  firstDay: Day;
  /** How many periods there were before. */
  before: number;
}

export type Bases = readonly [Basis, ...Basis[]];

export interface NumberedPeriod extends Period {
  index: number;
  kind: Kind;
}

/** All periods of a contract from the first on, without an end. */
export function* periodsOf(bases: Bases): Generator<NumberedPeriod> {
  for (const [at, basis] of bases.entries()) {
    const next = bases[at + 1]?.firstDay ?? Number.POSITIVE_INFINITY;
    for (let nth = 1; ; nth += 1) {
      const period = periodFrom(basis.firstDay, basis.kind, nth);
      if (period.from >= next) break;
      yield { ...period, index: basis.before + nth, kind: basis.kind };
    }
  }
}

/** The period of a day; the first one for an earlier day. */
export function periodOn(bases: Bases, date: Day): NumberedPeriod {
  for (const period of periodsOf(bases)) if (date <= period.to) return period;
  throw new Error('periods have no end');
}

export function periodWithIndex(bases: Bases, index: number): NumberedPeriod {
  for (const period of periodsOf(bases)) if (period.index === index) return period;
  throw new Error('periods have no end');
}

/** The first renewal on or after a day: the beginning of the contract is none. */
export function renewalFrom(bases: Bases, date: Day): Day {
  for (const { index, from } of periodsOf(bases)) if (index > 1 && from >= date) return from;
  throw new Error('periods have no end');
}

/** The bases when the kind changes on a renewal. */
export function withKind(bases: Bases, kind: Kind, on: Day): Bases {
  const before = bases.filter(({ firstDay }) => firstDay < on);
  const [first, ...rest] = before;
  const period = periodOn(bases, on - 1);
  const basis = { kind, firstDay: on, before: period.index };
  return first === undefined ? [basis] : [first, ...rest, basis];
}
