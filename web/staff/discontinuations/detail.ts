import { planNameOf } from '../../../db/queries/catalogue/names.ts';
import { type RefundBatch, refundBatchesOf } from '../../../db/queries/discontinuation/batches.ts';
import {
  frozenRows,
  frozenTotals,
  type UnpaidRefunds,
  unpaidRefunds,
} from '../../../db/queries/discontinuation/contracts.ts';
import {
  type DiscontinuationRow,
  type DiscontinuationVersion,
  discontinuationVersionsOf,
  findDiscontinuation,
} from '../../../db/queries/discontinuation/find.ts';
import { findNoticeByCause, type NoticeRow } from '../../../db/queries/notice/find.ts';
import { noticeReachGroups } from '../../../db/queries/notice/reach.ts';
import { type AuditRow, readTimeline } from '../../../db/queries/read/timeline.ts';
import type { TaskRow } from '../../../db/queries/task/find.ts';
import { openTasksOf } from '../../../db/queries/task/find.ts';
import { notifyBy } from '../../../domain/discontinuation/discontinuation.ts';
import type { PlanTotals } from '../../../domain/discontinuation/discontinuation-plan.ts';
import type { DiscontinuationSnapshot } from '../../../workflows/discontinuation/messages.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import { figuresOf, shownFrozenRow, showPlan } from './plan.ts';
import type { ShownRow } from './words.ts';

/** How many customers the announcement has reached, and by when. */
export interface Reached {
  notice: NoticeRow;
  recipients: number;
  reached: number;
  inTime: number;
}

export interface DiscontinuationDetail {
  row: DiscontinuationRow;
  planName: string | null;
  snapshot: DiscontinuationSnapshot | null;
  /** The discontinuation's clock. */
  nowMs: number;
  versions: DiscontinuationVersion[];
  /** The version that is shown; null while the plan is computed anew each time. */
  version: DiscontinuationVersion | null;
  totals: PlanTotals;
  rows: ShownRow[];
  /** What a decision is about: the figures that were shown. */
  figures: string;
  reached: Reached | null;
  batches: RefundBatch[];
  /** Refunds that no list has taken up; null before the last day. */
  waiting: UnpaidRefunds | null;
  tasks: TaskRow[];
  timeline: AuditRow[];
}

/** Everything that the page of a discontinuation shows. Throws a 404 page for an unknown one. */
export async function loadDetail(
  deps: WebDependencies,
  id: string,
  shown: { version: number | null; offset: number; limit: number },
): Promise<DiscontinuationDetail> {
  const { db } = deps;
  const row = await findDiscontinuation(db, id);
  if (row === null) throw new Problem(404, { message: 'この廃止は見つかりません。' });
  const [snapshot, versions, planName, notice, batches, tasks, timeline] = await Promise.all([
    deps.discontinuations.snapshot(id),
    discontinuationVersionsOf(db, id),
    row.planCode === null ? null : planNameOf(db, row.planCode),
    findNoticeByCause(db, { type: 'discontinuation', id, step: 'announcement' }),
    refundBatchesOf(db, id),
    openTasksOf(db, { subjectType: 'discontinuation', subjectId: id }),
    readTimeline(db, { subjectType: 'discontinuation', subjectId: id }),
  ]);
  const nowMs = snapshot?.nowMs ?? deps.now().getTime();
  const version =
    versions.find((each) => each.version === (shown.version ?? row.version)) ?? versions.at(-1) ?? null;
  const figures =
    version === null ? await computed(deps, row, nowMs, shown) : await frozen(deps, version, shown);
  const final = versions.find(({ kind }) => kind === 'final');
  return {
    ...{ row, planName, snapshot, nowMs, versions, version, batches, tasks, timeline },
    ...figures,
    figures: figuresOf(figures.totals),
    reached: notice === null ? null : await reachOf(deps, notice, row),
    waiting:
      final === undefined ? null : await unpaidRefunds(db, { discontinuationId: id, version: final.version }),
  };
}

async function computed(
  deps: WebDependencies,
  row: DiscontinuationRow,
  nowMs: number,
  page: { offset: number; limit: number },
): Promise<{ totals: PlanTotals; rows: ShownRow[] }> {
  const { sandbox, planCode, forceMajeure } = row;
  const proposal = { sandbox, planCode, forceMajeure, lastDay: row.lastDay };
  return showPlan(deps, proposal, nowMs, page);
}

async function frozen(
  { db }: WebDependencies,
  version: DiscontinuationVersion,
  page: { offset: number; limit: number },
): Promise<{ totals: PlanTotals; rows: ShownRow[] }> {
  const [totals, rows] = await Promise.all([frozenTotals(db, version), frozenRows(db, version, page)]);
  return { totals, rows: rows.map(shownFrozenRow) };
}

async function reachOf(
  { db }: WebDependencies,
  notice: NoticeRow,
  row: DiscontinuationRow,
): Promise<Reached> {
  const deadline = notifyBy(row.lastDay).value;
  const groups = await noticeReachGroups(db, notice.id);
  const sumOf = (some: typeof groups) => some.reduce((sum, { recipients }) => sum + recipients, 0);
  return {
    notice,
    recipients: sumOf(groups),
    reached: sumOf(groups.filter(({ reach }) => reach !== null)),
    inTime: sumOf(groups.filter(({ reach }) => reach !== null && reach.on <= deadline)),
  };
}
