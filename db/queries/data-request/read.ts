import { and, asc, desc, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, customers, dataRequests, decisions, tasks } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';
import { type AuditRow, readTimeline } from '../read/timeline.ts';
import type { DataRequestRow } from './create.ts';

export interface DataRequestListRow {
  request: DataRequestRow;
  companyName: string;
}

export interface DataRequestDetail extends DataRequestListRow {
  decisions: (typeof decisions.$inferSelect)[];
  /** The open task, whoever may do it. */
  task: typeof tasks.$inferSelect | null;
  timeline: AuditRow[];
}

const joined = (db: Executor) =>
  db
    .select({ request: dataRequests, companyName: customerName })
    .from(dataRequests)
    .innerJoin(contracts, eq(contracts.id, dataRequests.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId));

/** Requests about data of one contract, or of all: open ones first, the soonest last day first. */
export async function listDataRequests(
  db: Executor,
  query: { contractId: string | null; limit: number },
): Promise<DataRequestListRow[]> {
  const rows = await joined(db)
    .where(query.contractId === null ? undefined : eq(dataRequests.contractId, query.contractId))
    .orderBy(desc(eq(dataRequests.status, 'open')), asc(dataRequests.dueOn))
    .limit(query.limit);
  return rows;
}

export async function findDataRequest(db: Executor, id: string): Promise<DataRequestDetail | null> {
  const [row] = await joined(db).where(eq(dataRequests.id, id));
  if (row === undefined) return null;
  const of = { subjectType: 'dataRequest' as const, subjectId: id };
  const [decisionRows, [task], timeline] = await Promise.all([
    db
      .select()
      .from(decisions)
      .where(and(eq(decisions.subjectType, of.subjectType), eq(decisions.subjectId, id)))
      .orderBy(asc(decisions.createdAt)),
    db
      .select()
      .from(tasks)
      .where(and(eq(tasks.subjectType, of.subjectType), eq(tasks.subjectId, id), eq(tasks.status, 'open'))),
    readTimeline(db, of),
  ]);
  return { ...row, decisions: decisionRows, task: task ?? null, timeline };
}
