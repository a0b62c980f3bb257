import type { CivilDate } from '../../../domain/civil-date.ts';
import {
  addOutcome,
  contractOutcome,
  type DiscontinuationTerms,
  NO_TOTALS,
  type PlannedOutcome,
  type PlanTotals,
} from '../../../domain/discontinuation-plan.ts';
import type { Step } from '../../../domain/explain.ts';
import type { Executor } from '../../client.ts';
import { type DiscontinuationScope, type PlannedContractRow, plannedContracts } from './planned-contracts.ts';

/** Contracts that are read at once. */
const PAGE = 500;

export interface PlanQuestion {
  scope: DiscontinuationScope;
  terms: DiscontinuationTerms;
  /** The day on which the notice reaches a contract: forecast by its place among those who are told, or as it was. */
  noticeOn: (row: PlannedContractRow, place: number) => CivilDate | null;
}

export interface PlanRow {
  contractId: string;
  contractNumber: string;
  customerName: string;
  outcome: PlannedOutcome;
  steps: Step[];
}

/** What a discontinuation brings about for each contract of its scope (第16条), in the order of their ids. Changes nothing. */
export async function* planRows(db: Executor, question: PlanQuestion): AsyncGenerator<PlanRow> {
  const { scope, terms, noticeOn } = question;
  const read = plannedContracts(db, scope);
  let after: string | null = null;
  let place = 0;
  for (;;) {
    const page: PlannedContractRow[] = await read(after, PAGE);
    for (const row of page) {
      const { value: outcome, steps } = contractOutcome(terms, row.contract, noticeOn(row, place));
      if (outcome.fate === 'ends') place += 1;
      const { contractId, contractNumber, customerName } = row;
      yield { contractId, contractNumber, customerName, outcome, steps };
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.contractId;
  }
}

/** The totals of a plan, and the rows of one page of it. */
export async function readPlan(
  db: Executor,
  question: PlanQuestion,
  page: { offset: number; limit: number },
): Promise<{ totals: PlanTotals; rows: PlanRow[] }> {
  let totals = NO_TOTALS;
  const rows: PlanRow[] = [];
  for await (const row of planRows(db, question)) {
    const { contracts } = totals;
    if (contracts >= page.offset && contracts < page.offset + page.limit) rows.push(row);
    totals = addOutcome(totals, row.outcome);
  }
  return { totals, rows };
}
