import { type Explained, explained, type Step, step } from '../base/explain.ts';
import { InvalidValueError } from '../base/invalid-value.ts';
import { addDays, addYears, type CivilDate, compareDates, formatDateJa } from '../calendar/civil-date.ts';
import type { BillingContract } from './billing-contract.ts';
import type { BillingPolicy } from './billing-policy.ts';
import { planCorrections } from './corrections.ts';
import { billedBy, type IssuedDocument, type PlannedDocument } from './documents.ts';
import { runDays } from './fee-timing.ts';
import type { BillingLine } from './lines.ts';
import type { PriceList } from './price-list.ts';
import { planRefund } from './refunds.ts';
import { planRun } from './run.ts';
import { planTopUp, type TopUpOrder } from './top-up.ts';

/** Longer than any contract that somebody would ask about. */
const MAX_YEARS = 30;

export interface SpanInput {
  from: CivilDate;
  to: CivilDate;
  contract: BillingContract;
  lists: readonly PriceList[];
  topUps: readonly TopUpOrder[];
  /** Months (YYYY-MM) whose run did not take place. */
  missedRuns: ReadonlySet<string>;
  policy: BillingPolicy;
}

/** What a contract has been issued so far. */
interface Issued {
  /** Reasons are kept from here on. */
  from: CivilDate;
  all: IssuedDocument[];
  standing: IssuedDocument[];
  withoutDocument: BillingLine[];
  steps: Step[];
}

/**
 * Every document that a contract is issued from its conclusion to a day, as if each were released on the day that it bears; those of
 * `[from, to]` are answered (第6条, 第10条3項, 第16条). The same plans that a billing run executes, one day after the other.
 */
export function billSpan(input: SpanInput): Explained<IssuedDocument[]> {
  const { contract, from, to, policy } = input;
  if (compareDates(to, addYears(contract.concludedOn, MAX_YEARS)) > 0) {
    throw new InvalidValueError(`請求を試算できるのは、契約締結日から${MAX_YEARS}年間までです。`);
  }
  const issued: Issued = { from, all: [], standing: [], withoutDocument: [], steps: [] };
  const runs = new Set(runDays(contract.concludedOn, to, policy, input.missedRuns));
  for (const day of daysOf(input, runs)) {
    // An end that becomes known on a day is known to its run.
    take(issued, planCorrections(contract, issued.standing, day, policy));
    if (runs.has(day)) takeRun(issued, input, day);
    takeRefund(issued, input, addDays(day, -1));
    for (const order of input.topUps) {
      if (order.on === day) takeOne(issued, planTopUp(contract, order, policy));
    }
  }
  const inSpan = issued.all.filter(
    ({ issuedOn }) => compareDates(from, issuedOn) <= 0 && compareDates(issuedOn, to) <= 0,
  );
  if (inSpan.length > 0) return explained(inSpan, ...issued.steps);
  const text = `${formatDateJa(from)}から${formatDateJa(to)}までに発行する書類はありません。`;
  return explained(inSpan, step(text, '第6条2項'));
}

/** The days on which something may be issued, in order. */
function daysOf({ contract, topUps, to }: SpanInput, runs: ReadonlySet<CivilDate>): CivilDate[] {
  const days = new Set([
    ...runs,
    ...contract.ends.flatMap(({ knownOn }) => (knownOn === null ? [] : [knownOn])),
    ...contract.discontinuations.flatMap(({ announcedOn, lastDay }) => [announcedOn, addDays(lastDay, 1)]),
    ...topUps.map(({ on }) => on),
  ]);
  return [...days].filter((day) => compareDates(day, to) <= 0).sort(compareDates);
}

function takeRun(issued: Issued, { contract, lists, policy }: SpanInput, runOn: CivilDate): void {
  const billed = billedBy(issued.standing, issued.withoutDocument);
  const { value, steps } = planRun({ contract, lists, billed, runOn, policy });
  issued.withoutDocument.push(...value.withoutDocument);
  take(issued, explained(value.documents, ...steps));
}

function takeRefund(issued: Issued, { contract, lists, policy }: SpanInput, lastDay: CivilDate): void {
  const { standing, withoutDocument } = issued;
  const billed = billedBy(standing, withoutDocument);
  takeOne(issued, planRefund({ contract, lists, billed, standing, policy }, lastDay));
}

function takeOne(issued: Issued, { value, steps }: Explained<PlannedDocument | null>): void {
  take(issued, explained(value === null ? [] : [value], ...steps));
}

/** As released: numbered in order, and the one that it replaces stands no more. */
function take(issued: Issued, { value, steps }: Explained<PlannedDocument[]>): void {
  if (value.some(({ issuedOn }) => compareDates(issued.from, issuedOn) <= 0)) issued.steps.push(...steps);
  for (const document of value) {
    const numbered = { ...document, number: String(issued.all.length + 1) };
    issued.all.push(numbered);
    issued.standing = [
      ...issued.standing.filter(({ number }) => number !== document.corrects?.number),
      numbered,
    ];
  }
}
