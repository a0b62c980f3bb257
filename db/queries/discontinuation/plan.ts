import type { Explained, Step } from '../../../domain/base/explain.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import {
  addOutcome,
  contractOutcome,
  NO_TOTALS,
  type PlannedContract,
  type PlannedOutcome,
  type PlanTotals,
} from '../../../domain/discontinuation/discontinuation-plan.ts';
import type { Executor } from '../../client.ts';
import { contractNamesOf } from '../contract/names.ts';
import { type PlannedContractRow, type PlannedQuestion, plannedContracts } from './planned-contracts.ts';

/** Parameters of one statement are limited. */
const NAMES_AT_ONCE = 5_000;

export interface PlanQuestion extends PlannedQuestion {
  /** The day on which the notice reaches a contract: forecast by its place among those who are told, or as it was. */
  noticeOn: (row: PlannedContractRow, place: number) => CivilDate | null;
}

export interface PlanRow {
  contractId: string;
  outcome: PlannedOutcome;
  steps: Step[];
}

export type NamedPlanRow = PlanRow & { contractNumber: string; customerName: string };

/** What a discontinuation brings about for each contract of its scope (第16条), in the order of their ids. Changes nothing. */
export async function* planRows(db: Executor, question: PlanQuestion): AsyncGenerator<PlanRow> {
  const { terms, noticeOn } = question;
  // What becomes of contracts alike that hear of it on the same day is worked out once.
  const known = new Map<PlannedContract, Map<CivilDate | null, Explained<PlannedOutcome>>>();
  const outcomeOf = (contract: PlannedContract, on: CivilDate | null): Explained<PlannedOutcome> => {
    const days = known.get(contract) ?? new Map<CivilDate | null, Explained<PlannedOutcome>>();
    known.set(contract, days);
    const outcome = days.get(on) ?? contractOutcome(terms, contract, on);
    days.set(on, outcome);
    return outcome;
  };
  let place = 0;
  for await (const row of plannedContracts(db, question)) {
    const { value: outcome, steps } = outcomeOf(row.contract, noticeOn(row, place));
    if (outcome.fate === 'ends') place += 1;
    yield { contractId: row.contractId, outcome, steps };
  }
}

/** The totals of a plan, and the rows of one page of it with their names. */
export async function readPlan(
  db: Executor,
  question: PlanQuestion,
  page: { offset: number; limit: number },
): Promise<{ totals: PlanTotals; rows: NamedPlanRow[] }> {
  let totals = NO_TOTALS;
  const rows: PlanRow[] = [];
  for await (const row of planRows(db, question)) {
    const { contracts } = totals;
    if (contracts >= page.offset && contracts < page.offset + page.limit) rows.push(row);
    totals = addOutcome(totals, row.outcome);
  }
  return { totals, rows: await withNames(db, rows) };
}

/** Rows with the numbers of the contracts and the names of the customers. */
async function withNames(db: Executor, rows: readonly PlanRow[]): Promise<NamedPlanRow[]> {
  const named: NamedPlanRow[] = [];
  for (let from = 0; from < rows.length; from += NAMES_AT_ONCE) {
    const some = rows.slice(from, from + NAMES_AT_ONCE);
    const ids = some.map(({ contractId }) => contractId);
    const names = await contractNamesOf(db, ids);
    for (const row of some) {
      const name = names.get(row.contractId);
      if (name !== undefined) named.push({ ...row, ...name });
    }
  }
  return named;
}
