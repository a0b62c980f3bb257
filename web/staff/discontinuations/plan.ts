import { planNameOf } from '../../../db/queries/catalogue/names.ts';
import type { FrozenRow } from '../../../db/queries/discontinuation/contracts.ts';
import { type NamedPlanRow, readPlan } from '../../../db/queries/discontinuation/plan.ts';
import {
  type ProposedDiscontinuation,
  proposedQuestion,
} from '../../../db/queries/discontinuation/question.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import type { PlanTotals } from '../../../domain/discontinuation/discontinuation-plan.ts';
import { campaignDurationMs } from '../../../domain/notice/notice.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { policyText } from '../policies/words.ts';
import type { ShownRow } from './words.ts';

/** A plan as it is shown: recomputed each time, until it is approved. */
export interface ShownPlan {
  proposal: ProposedDiscontinuation;
  planName: string | null;
  /** When notices would begin to go out. */
  startMs: number;
  campaignMs: number;
  perMinute: number;
  countsText: string;
  totals: PlanTotals;
  rows: ShownRow[];
}

/** Computes the plan of a proposal with one page of its contracts. Changes nothing. */
export async function showPlan(
  deps: WebDependencies,
  proposal: ProposedDiscontinuation,
  startMs: number,
  page: { offset: number; limit: number },
): Promise<ShownPlan> {
  const policies = await loadPolicies(deps.db);
  const question = proposedQuestion(policies, proposal, startMs);
  const [{ totals, rows }, planName] = await Promise.all([
    readPlan(deps.db, question, page),
    proposal.planCode === null ? null : planNameOf(deps.db, proposal.planCode),
  ]);
  const perMinute = policies['notice.mailsPerMinute'];
  return {
    ...{ proposal, planName, startMs, perMinute, totals },
    campaignMs: campaignDurationMs(totals.ending, perMinute),
    countsText: policyText('notice.counts', policies['notice.counts']),
    rows: rows.map(shownPlanRow),
  };
}

export function shownPlanRow({ outcome, ...row }: NamedPlanRow): ShownRow {
  const { fate, basis, noticeOn, late, period, periodFeeYen, refund } = outcome;
  return {
    ...row,
    ...{ fate, basis, noticeOn, late, periodFeeYen },
    periodFrom: period.from,
    periodTo: period.to,
    ...refund,
  };
}

export const shownFrozenRow = (row: FrozenRow): ShownRow => row;

/** What a person saw when deciding: a decision on figures that are others by now is not theirs. */
export function figuresOf({ contracts, ending, late, cut, refunds, refundYen }: PlanTotals): string {
  return [contracts, ending, late, cut, refunds, refundYen].join('/');
}
