import { and, asc, eq, gt, inArray, isNull, min, or, sql } from 'drizzle-orm';
import type { AnyPgColumn, PgSelect } from 'drizzle-orm/pg-core';
import type { Fields, RowView } from '../../../domain/desk/reconcile.ts';
import { type Reconciled, reconciledWorkflowId } from '../../../domain/desk/reconciled.ts';
import type { Executor } from '../../client.ts';
import {
  applications,
  campaigns,
  commands,
  contactChanges,
  contracts,
  customerChanges,
  dataRequests,
  deletions,
  discontinuations,
  feeChanges,
  notices,
  offBoardingSteps,
  requests,
  suspensions,
  tasks,
  termsEditions,
} from '../../schema/index.ts';

/** Which cases: those behind an id, or those named. */
export interface CasePage {
  after: string | null;
  limit: number;
  only?: readonly string[];
}

export interface CaseRow extends RowView {
  id: string;
  workflowId: string;
}

interface Found {
  id: string;
  status: string;
  fields: Fields;
  /** What its tasks may be about. */
  taskSubjects: string[];
}

/** Cases of one kind in the order of their ids, each as the rows have it. */
export async function readCases(db: Executor, kind: Reconciled, page: CasePage): Promise<CaseRow[]> {
  const found = await SOURCES[kind](db, page);
  const ids = found.map(({ id }) => id);
  if (ids.length === 0) return [];
  const workflowIds = ids.map((id) => reconciledWorkflowId(kind, id));
  const [open, owed, unsettled] = await Promise.all([
    openTasks(
      db,
      found.flatMap(({ taskSubjects }) => taskSubjects),
    ),
    unansweredOf(db, workflowIds),
    kind === 'contract' ? openRequests(db, ids) : [],
  ]);
  return found.map(({ id, status, fields, taskSubjects }) => {
    const workflowId = reconciledWorkflowId(kind, id);
    return {
      ...{ id, workflowId, kind, status, fields },
      openTasks: open.filter(({ subjectId }) => taskSubjects.includes(subjectId)),
      requests: unsettled
        .filter(({ contractId }) => contractId === id)
        .map((request) => ({ id: request.id, waiting: request.outcome === 'waiting' })),
      unansweredSinceMs: owed.get(workflowId) ?? null,
    };
  });
}

/** One page of a query, in the order of the ids of its cases. */
function paged<Q extends PgSelect>(query: Q, id: AnyPgColumn, { after, limit, only }: CasePage) {
  const behind = after === null ? undefined : gt(id, after);
  const named = only === undefined ? undefined : inArray(id, [...only]);
  return query.where(and(behind, named)).orderBy(asc(id)).limit(limit);
}

type Source = (db: Executor, page: CasePage) => Promise<Found[]>;

/** Cases of which the status alone is compared, in a table whose rows are the cases. */
const plain =
  (
    table:
      | typeof applications
      | typeof discontinuations
      | typeof notices
      | typeof termsEditions
      | typeof feeChanges,
  ): Source =>
  async (db, page) => {
    const rows = await paged(
      db.select({ id: table.id, status: table.status }).from(table).$dynamic(),
      table.id,
      page,
    );
    return rows.map((row) => ({ ...row, fields: {}, taskSubjects: [row.id] }));
  };

const SOURCES: Readonly<Record<Reconciled, Source>> = {
  application: plain(applications),
  discontinuation: plain(discontinuations),
  notice: plain(notices),
  termsEdition: plain(termsEditions),
  feeChange: plain(feeChanges),
  contract: async (db, page) => {
    const rows = await paged(
      db
        .select({ id: contracts.id, status: contracts.status, endsOn: contracts.endsOn })
        .from(contracts)
        .$dynamic(),
      contracts.id,
      page,
    );
    return rows.map(({ id, status, endsOn }) => ({ id, status, fields: { endsOn }, taskSubjects: [id] }));
  },
  suspension: async (db, page) => {
    const rows = await paged(
      db
        .select({ id: suspensions.id, status: suspensions.status, endsAt: suspensions.endsAt })
        .from(suspensions)
        .$dynamic(),
      suspensions.id,
      page,
    );
    return rows.map(({ id, status, endsAt }) => ({
      ...{ id, status, taskSubjects: [id] },
      fields: { endsAt: endsAt?.toISOString() ?? null },
    }));
  },
  dataRequest: async (db, page) => {
    const rows = await paged(
      db
        .select({ id: dataRequests.id, status: dataRequests.status, dueOn: dataRequests.dueOn })
        .from(dataRequests)
        .$dynamic(),
      dataRequests.id,
      page,
    );
    return rows.map(({ id, status, dueOn }) => ({ id, status, fields: { dueOn }, taskSubjects: [id] }));
  },
  deletion: async (db, page) => {
    const rows = await paged(
      db.select({ id: deletions.contractId, status: deletions.status }).from(deletions).$dynamic(),
      deletions.contractId,
      page,
    );
    return rows.map((row) => ({ ...row, fields: {}, taskSubjects: [row.id] }));
  },
  offBoarding: async (db, page) => {
    const rows = await paged(
      db
        .select({
          id: offBoardingSteps.contractId,
          open: sql<boolean>`bool_or(${offBoardingSteps.state} not in ('done', 'notNeeded'))`,
        })
        .from(offBoardingSteps)
        .groupBy(offBoardingSteps.contractId)
        .$dynamic(),
      offBoardingSteps.contractId,
      page,
    );
    return rows.map(({ id, open }) => ({
      ...{ id, status: open ? 'waiting' : 'done', fields: {}, taskSubjects: [id] },
    }));
  },
  contactChange: async (db, page) => {
    const rows = await paged(
      db
        .select({ id: contactChanges.id, status: contactChanges.status, about: contactChanges.subjectId })
        .from(contactChanges)
        .$dynamic(),
      contactChanges.id,
      page,
    );
    return rows.map(({ id, status, about }) => ({ id, status, fields: {}, taskSubjects: [about] }));
  },
  customerChange: async (db, page) => {
    const rows = await paged(
      db
        .select({ id: customerChanges.id, status: customerChanges.status, about: customerChanges.contractId })
        .from(customerChanges)
        .$dynamic(),
      customerChanges.id,
      page,
    );
    return rows.map(({ id, status, about }) => ({ id, status, fields: {}, taskSubjects: [about] }));
  },
  campaign: async (db, page) => {
    const rows = await paged(
      db
        .select({
          id: campaigns.id,
          status: campaigns.status,
          applicationId: campaigns.applicationId,
          contractId: contracts.id,
        })
        .from(campaigns)
        .leftJoin(contracts, eq(contracts.applicationId, campaigns.applicationId))
        .$dynamic(),
      campaigns.id,
      page,
    );
    return rows.map(({ id, status, applicationId, contractId }) => ({
      ...{ id, status, fields: {} },
      taskSubjects: contractId === null ? [applicationId] : [applicationId, contractId],
    }));
  },
};

async function openTasks(db: Executor, subjects: readonly string[]) {
  return db
    .select({ id: tasks.id, kind: tasks.kind, subjectId: tasks.subjectId })
    .from(tasks)
    .where(and(inArray(tasks.subjectId, [...new Set(subjects)]), eq(tasks.status, 'open')));
}

async function openRequests(db: Executor, contractIds: readonly string[]) {
  return db
    .select({ id: requests.id, contractId: requests.contractId, outcome: requests.outcome })
    .from(requests)
    .where(
      and(
        inArray(requests.contractId, [...contractIds]),
        or(eq(requests.outcome, 'waiting'), eq(requests.outcome, 'accepted')),
      ),
    );
}

/** Since when each workflow owes an answer. */
async function unansweredOf(db: Executor, workflowIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ workflowId: commands.workflowId, since: min(commands.createdAt) })
    .from(commands)
    .where(and(inArray(commands.workflowId, [...workflowIds]), isNull(commands.answeredAt)))
    .groupBy(commands.workflowId);
  return new Map(rows.map(({ workflowId, since }) => [workflowId, since?.getTime() ?? 0]));
}
