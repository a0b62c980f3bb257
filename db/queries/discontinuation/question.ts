import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import { forecastNotice } from '../../../domain/discontinuation/discontinuation-plan.ts';
import type { VersionKind } from '../../../domain/discontinuation/discontinuation-status.ts';
import { billingPolicyOf, cutoffPolicyOf, type Policies } from '../../../domain/policy/policies.ts';
import type { Executor } from '../../client.ts';
import { findNoticeByCause } from '../notice/find.ts';
import { noticeReach } from '../notice/reach.ts';
import { loadPolicies } from '../policy/load.ts';
import type { DiscontinuationRow } from './find.ts';
import type { PlanQuestion } from './plan.ts';

/** What a plan is asked about, before anything is decided. */
export interface ProposedDiscontinuation {
  sandbox: boolean;
  planCode: string | null;
  lastDay: CivilDate;
  forceMajeure: boolean;
}

/** The plan of a proposal, if the notices began to go out at an instant (ms). */
export function proposedQuestion(
  policies: Policies,
  proposal: ProposedDiscontinuation,
  startMs: number,
): PlanQuestion {
  const { sandbox, planCode, lastDay, forceMajeure } = proposal;
  const forecast = {
    startMs,
    perMinute: policies['notice.mailsPerMinute'],
    counts: policies['notice.counts'],
  };
  return {
    scope: { sandbox, planCode, discontinuationId: null, ended: false, today: jstDate(startMs) },
    terms: {
      lastDay,
      planCode,
      forceMajeure,
      announcedOn: jstDate(startMs),
      cutoff: cutoffPolicyOf(policies),
    },
    billing: billingPolicyOf(policies),
    noticeOn: ({ unreachable }, place) => forecastNotice(forecast, place, unreachable),
  };
}

/**
 * The plan that becomes a version at an instant (ms): as approved with the forecast, later with the days on which the
 * notice has reached each customer, and none where it has not.
 */
export async function frozenQuestion(
  db: Executor,
  row: DiscontinuationRow,
  kind: VersionKind,
  businessMs: number,
): Promise<PlanQuestion> {
  const { id, sandbox, planCode, forceMajeure } = row;
  const lastDay = row.lastDay;
  const proposal = { sandbox, planCode, lastDay, forceMajeure };
  const question = proposedQuestion(await loadPolicies(db), proposal, businessMs);
  const announcedOn = row.announcedOn ?? jstDate(businessMs);
  const announced = {
    scope: { ...question.scope, discontinuationId: id, ended: kind === 'final' },
    terms: { ...question.terms, announcedOn },
  };
  if (kind === 'approved') return { ...question, ...announced };
  const notice = await findNoticeByCause(db, { type: 'discontinuation', id, step: 'announcement' });
  const reached = notice === null ? [] : await noticeReach(db, notice.id);
  const days = new Map(reached.map(({ contractId, reach }) => [contractId, reach?.on ?? null]));
  return { ...question, ...announced, noticeOn: ({ contractId }) => days.get(contractId) ?? null };
}
