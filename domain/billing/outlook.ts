import { addMonths, type CivilDate, firstOfMonth } from '../calendar/civil-date.ts';
import type { BillingContract } from './billing-contract.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { billedBy, type PlannedDocument } from './documents.ts';
import { runDays } from './fee-timing.ts';
import type { BillingLine } from './lines.ts';
import type { PriceList } from './price-list.ts';
import { planRun } from './run.ts';

const NONE_MISSED: ReadonlySet<string> = new Set();

/** The day of the first run on or after a day (第6条2項). */
export function nextRunOn(today: CivilDate, policy: BillingPolicy): CivilDate {
  const [next = today] = runDays(today, addMonths(today, 2), policy, NONE_MISSED);
  return next;
}

/**
 * What the runs of the next months will bill a contract as things stand: the plans that they will execute, one after the other.
 * Throws InvalidValueError for what a price list lacks.
 */
export function comingDocuments(input: {
  contract: BillingContract;
  lists: readonly PriceList[];
  /** Lines that were billed so far, drafts with them. */
  billedLines: readonly BillingLine[];
  today: CivilDate;
  months: number;
  policy: BillingPolicy;
}): PlannedDocument[] {
  const { contract, lists, today, months, policy } = input;
  const made: PlannedDocument[] = [];
  const lines = [...input.billedLines];
  const through = addMonths(firstOfMonth(today), months);
  for (const runOn of runDays(today, through, policy, NONE_MISSED)) {
    const billed = billedBy([], lines);
    const plan = planRun({ contract, lists, billed, runOn, policy }).value;
    made.push(...plan.documents);
    lines.push(...plan.documents.flatMap((document) => document.lines), ...plan.withoutDocument);
  }
  return made;
}
