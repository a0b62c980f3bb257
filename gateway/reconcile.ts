import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { Executor } from '../db/client.ts';
import { type CasePage, type CaseRow, readCases } from '../db/queries/reconcile/cases.ts';
import {
  type Comparison,
  compareViews,
  failingActivity,
  type PendingActivity,
  type WorkflowView,
} from '../domain/desk/reconcile.ts';
import { type Reconciled, termOf } from '../domain/desk/reconciled.ts';
import { applicationSnapshot } from '../workflows/application-review/messages.ts';
import { contractSnapshot } from '../workflows/contract/messages.ts';
import { dataRequestSnapshot } from '../workflows/data-request/messages.ts';
import { deletionSnapshot } from '../workflows/deletion/messages.ts';
import { discontinuationSnapshot } from '../workflows/discontinuation/messages.ts';
import { noticeProgress } from '../workflows/notice/messages.ts';
import { offBoardingSnapshot } from '../workflows/off-boarding/messages.ts';
import { publicationSnapshot } from '../workflows/publication/messages.ts';
import { suspensionSnapshot } from '../workflows/suspension/messages.ts';

/** Cases that are asked about at the same time: enough for a page in seconds, few enough for people to go first. */
const AT_ONCE = 8;
const PATIENCE_MS = 2_000;
const OFF_BOARDING_OVER: readonly string[] = ['done', 'notNeeded'];

export interface ComparedCase extends CaseRow {
  comparison: Comparison;
}

/** A page of cases of one kind, each compared with its workflow. Throws when Temporal is away. */
export async function compareCases(
  { db, client }: { db: Executor; client: Client },
  kind: Reconciled,
  page: CasePage,
): Promise<ComparedCase[]> {
  const rows = await readCases(db, kind, page);
  const compared: ComparedCase[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = rows.slice(at, at + AT_ONCE).map(async (row) => {
      const view = await workflowView(client, row);
      return { ...row, comparison: compareViews(row, view, Date.now()) };
    });
    compared.push(...(await Promise.all(some)));
  }
  return compared;
}

type Snapshot = Extract<WorkflowView, { state: 'running' }>['snapshot'];
type Ask = (handle: ReturnType<Client['workflow']['getHandle']>) => Promise<Snapshot>;

const tasksOf = (...ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null);

/** What the workflow of each kind says of its case; null where it has no snapshot. */
const ASK: Readonly<Record<Reconciled, Ask | null>> = {
  application: async (handle) => {
    const { status, taskId } = await handle.query(applicationSnapshot);
    return { status, fields: {}, tasks: tasksOf(taskId), requests: [] };
  },
  contract: async (handle) => {
    const { status, endsOn, tasks, pending, waiting } = await handle.query(contractSnapshot);
    const requests = [...pending.map(({ requestId }) => requestId), ...waiting];
    return { status, fields: { endsOn }, tasks, requests };
  },
  suspension: async (handle) => {
    const { status, taskId, endsAtMs } = await handle.query(suspensionSnapshot);
    const endsAt = endsAtMs === null ? null : new Date(endsAtMs).toISOString();
    return { status, fields: { endsAt }, tasks: tasksOf(taskId), requests: [] };
  },
  discontinuation: async (handle) => {
    const { status, taskId } = await handle.query(discontinuationSnapshot);
    return { status, fields: {}, tasks: tasksOf(taskId), requests: [] };
  },
  notice: async (handle) => {
    const { status, taskId } = await handle.query(noticeProgress);
    return { status, fields: {}, tasks: tasksOf(taskId), requests: [] };
  },
  termsEdition: publicationOf,
  feeChange: publicationOf,
  offBoarding: async (handle) => {
    const { steps } = await handle.query(offBoardingSnapshot);
    const open = steps.some(({ state }) => !OFF_BOARDING_OVER.includes(state));
    const tasks = tasksOf(...steps.map(({ taskId }) => taskId));
    return { status: open ? 'waiting' : 'done', fields: {}, tasks, requests: [] };
  },
  deletion: async (handle) => {
    const { status, taskId } = await handle.query(deletionSnapshot);
    return { status, fields: {}, tasks: tasksOf(taskId), requests: [] };
  },
  dataRequest: async (handle) => {
    const { status, taskId, dueOn } = await handle.query(dataRequestSnapshot);
    return { status, fields: { dueOn }, tasks: tasksOf(taskId), requests: [] };
  },
  contactChange: null,
  customerChange: null,
  campaign: null,
};

async function publicationOf(handle: ReturnType<Client['workflow']['getHandle']>): Promise<Snapshot> {
  const { status, taskId } = await handle.query(publicationSnapshot);
  return { status, fields: {}, tasks: tasksOf(taskId), requests: [] };
}

async function workflowView(client: Client, { kind, workflowId, status }: CaseRow): Promise<WorkflowView> {
  const handle = client.workflow.getHandle(workflowId);
  const found = await handle.describe().then(
    ({ status: { name }, raw }) => ({ how: name, failing: failingActivity(pendingOf(raw)) }),
    (error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    },
  );
  if (found === null) return { state: 'missing' };
  const { how, failing } = found;
  if (how !== 'RUNNING') return { state: 'over', how: how.toLowerCase() };
  const ask = ASK[kind];
  if (ask === null) return { state: 'running', snapshot: null, failing };
  try {
    const snapshot = await client.withDeadline(Date.now() + PATIENCE_MS, () => ask(handle));
    return { state: 'running', snapshot, failing };
  } catch (error) {
    return whyNot(error, termOf(kind).over.includes(status));
  }
}

type Description = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['describe']>>;

const pendingOf = ({ pendingActivities }: Description['raw']): PendingActivity[] =>
  (pendingActivities ?? []).map(({ activityType, attempt, lastFailure }) => ({
    name: activityType?.name ?? '',
    attempt: attempt ?? 0,
    failure: lastFailure?.applicationFailureInfo?.type ?? '',
  }));

/** A workflow whose steps fail says so at once; where nobody answers, the workers may be away. */
function whyNot(error: unknown, over: boolean): WorkflowView {
  if (error instanceof WorkflowNotFoundError) return over ? { state: 'missing' } : { state: 'silent' };
  const fails = isGrpcServiceError(error) && /failed state/i.test(`${error.details} ${error.message}`);
  const wrong = error instanceof Error && error.name === 'QueryNotRegisteredError';
  return { state: fails || wrong ? 'stuck' : 'silent' };
}
