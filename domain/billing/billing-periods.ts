import { type CivilDate, compareDates } from '../calendar/civil-date.ts';
import { type ContractKind, type PeriodTerms, periodOf } from '../period/periods.ts';
import { type BillingContract, type Contents, contentsOn, isAfterEnd } from './billing-contract.ts';
import { feeChangeReachesPeriod } from './fee-versions.ts';
import { type Billed, feeKey } from './lines.ts';

/** A period of the contract as it is billed. */
export interface BillingPeriod {
  from: CivilDate;
  to: CivilDate;
  kind: ContractKind;
  /** Contents of its first day, as the run that bills it knows them. */
  contents: Contents;
  /** The version of the price list by which it is billed. */
  version: number;
  /** The run that billed its fee; null while none has. */
  billedOn: CivilDate | null;
}

/**
 * The periods that begin by a day and by the contract's end, in order (第5条3項): what a run on `knownOn` knows of them. A change
 * between annual and monthly begins new periods at the first day of the first period that finds it in force.
 */
export function billingPeriods(
  contract: BillingContract,
  billed: Billed,
  knownOn: CivilDate,
  limit: { through: CivilDate; end: CivilDate | null },
): BillingPeriod[] {
  const periods: BillingPeriod[] = [];
  let basis: PeriodTerms = { kind: contract.contents.kind, firstDay: contract.firstDay };
  let index = 1;
  for (;;) {
    const { from } = periodOf(basis, index);
    if (compareDates(from, limit.through) > 0 || isAfterEnd(from, limit.end)) return periods;
    const billedOn = billed.get(feeKey(from))?.billedOn ?? null;
    const contents = contentsOn(contract, from, billedOn ?? knownOn);
    if (contents.kind !== basis.kind) {
      basis = { kind: contents.kind, firstDay: from };
      index = 1;
    }
    const { to } = periodOf(basis, index);
    const version = versionOf(contract, from, billedOn ?? knownOn);
    periods.push({ from, to, kind: basis.kind, contents, version, billedOn });
    index += 1;
  }
}

/** The newest version that reaches a period whose invoice is of that run (第6条3項・4項). */
function versionOf(contract: BillingContract, from: CivilDate, invoicedOn: CivilDate): number {
  return contract.feeChanges
    .filter((change) => feeChangeReachesPeriod(change, from, invoicedOn))
    .reduce((newest, { version }) => Math.max(newest, version), contract.catalogueVersion);
}

/** The period that a day falls in; null before the first and after the last one. */
export function periodOn(periods: readonly BillingPeriod[], day: CivilDate): BillingPeriod | null {
  return periods.find(({ from, to }) => compareDates(from, day) <= 0 && compareDates(day, to) <= 0) ?? null;
}
