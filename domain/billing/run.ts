import { type Explained, explained } from '../base/explain.ts';
import { addMonths, type CivilDate, compareDates, lastOfMonth } from '../calendar/civil-date.ts';
import { endKnown } from './billing-contract.ts';
import { billingPeriods } from './billing-periods.ts';
import { documentsOf, type PlannedDocument } from './documents.ts';
import { feeLines, type RunInput } from './fee-lines.ts';
import type { BillingLine } from './lines.ts';
import { usageLines } from './usage-lines.ts';

export interface RunPlan {
  documents: PlannedDocument[];
  /** Lines of documents that came to 0 yen: to be kept as billed. */
  withoutDocument: BillingLine[];
}

/**
 * What a billing run of a day makes for a contract (第6条2項・6項): everything that is due by then and not billed, so that a missed run
 * is made up by the next; not what began before this system bills (policy `billing.since`). A contract concluded by the day takes part. Throws InvalidValueError for what a price list lacks.
 */
export function planRun(input: RunInput): Explained<RunPlan> {
  const { contract, billed, runOn, policy } = input;
  if (compareDates(contract.concludedOn, runOn) > 0) return explained({ documents: [], withoutDocument: [] });
  const known = endKnown(contract, runOn);
  const periods = billingPeriods(contract, billed, runOn, { through: lastFirstDay(input), end: known.end });
  const lines = [
    ...usageLines(input, periods, known.end),
    ...periods.flatMap((period) => feeLines(input, period, known)),
  ];
  const ours = lines.filter(({ from }) => policy.since === null || compareDates(from, policy.since) >= 0);
  return documentsOf(contract, ours, runOn, policy);
}

/** No period that begins later can be billed by this run. */
function lastFirstDay({ runOn, policy }: RunInput): CivilDate {
  return lastOfMonth(addMonths(runOn, policy.annualLeadMonths));
}
