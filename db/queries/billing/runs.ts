import { and, desc, eq, ne } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { canMove } from '../../../domain/desk/moves.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import {
  type BillingCause,
  type BillingProblem,
  type BillingRunStatus,
  billingRuns,
  papers,
} from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { recordCarriedOut } from '../command/given.ts';

export type BillingRunRow = typeof billingRuns.$inferSelect;

/** Which run: of a day, of live or sandbox contracts, the month's unless another cause is named. */
export interface BillingRunKey {
  runOn: CivilDate;
  sandbox: boolean;
  cause?: BillingCause;
}

const billingRunId = ({ runOn, sandbox, cause = 'monthly' }: BillingRunKey): string =>
  nameUuid(`billing-run/${cause === 'monthly' ? '' : `${cause}/`}${sandbox ? 'sandbox/' : ''}${runOn}`);

export async function findBillingRun(db: Executor, id: string): Promise<BillingRunRow | null> {
  const [row] = await db.select().from(billingRuns).where(eq(billingRuns.id, id));
  return row ?? null;
}

/** The run of a day, or null. */
export function findBillingRunOn(db: Executor, key: BillingRunKey): Promise<BillingRunRow | null> {
  return findBillingRun(db, billingRunId(key));
}

/** The last runs, the newest first. */
export function listBillingRuns(db: Executor, limit: number): Promise<BillingRunRow[]> {
  return db
    .select()
    .from(billingRuns)
    .orderBy(desc(billingRuns.runOn), billingRuns.sandbox, billingRuns.cause)
    .limit(limit);
}

/**
 * Writes the run of a day, once: two that begin at once are one, and one that was discarded begins anew. Gives the row, or
 * null where there is nothing to begin: it is there, or another run still drafts and would bill the same.
 */
export async function openBillingRun(
  tx: Transaction,
  input: BillingRunKey & { startedBy: string },
): Promise<BillingRunRow | null> {
  const { runOn, sandbox, cause = 'monthly', startedBy } = input;
  const id = billingRunId(input);
  // One at a time: whoever comes second sees what the first wrote.
  await tx.execute(`select pg_advisory_xact_lock(hashtext('billing runs'))`);
  const [busy] = await tx
    .select({ id: billingRuns.id })
    .from(billingRuns)
    .where(and(eq(billingRuns.sandbox, sandbox), eq(billingRuns.status, 'drafting'), ne(billingRuns.id, id)));
  const before = await findBillingRun(tx, id);
  if (busy !== undefined || (before !== null && before.status !== 'discarded')) return null;
  const fresh = { status: 'drafting' as const, startedBy, paused: false, reviewedBy: null, approvedBy: null };
  const counted = { contracts: 0, problems: [], papers: 0, totalYen: 0 };
  const [row] = await tx
    .insert(billingRuns)
    .values({ id, runOn, sandbox, cause, ...fresh })
    .onConflictDoUpdate({ target: billingRuns.id, set: { ...fresh, ...counted, updatedAt: new Date() } })
    .returning();
  await recordAudit(tx, {
    actor: startedBy,
    action: 'billing.opened',
    subjectType: 'billingRun',
    subjectId: id,
    after: { runOn, sandbox, cause },
  });
  return row ?? null;
}

export interface MoveBillingRunInput {
  runId: string;
  to: Exclude<BillingRunStatus, 'drafting'>;
  actor: string;
  commandId?: string;
  businessAt: Date;
}

/** Moves a run along the state table, with its audit entry. A repeat changes nothing; discarding throws its drafts away. */
export async function moveBillingRun(db: Database, input: MoveBillingRunInput): Promise<void> {
  const { runId, to, actor, commandId, businessAt } = input;
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(billingRuns).where(eq(billingRuns.id, runId)).for('update');
    if (row === undefined) throw new Error(`billing run ${runId} does not exist`);
    if (row.status === to) return;
    if (!canMove(STATUS.billingRun, row.status, to)) {
      throw new Error(`a billing run may not go from ${row.status} to ${to}`);
    }
    const people = {
      ...(to === 'approval' ? { reviewedBy: actor } : {}),
      ...(to === 'issuing' ? { approvedBy: actor } : {}),
    };
    if (to === 'discarded')
      await tx.delete(papers).where(and(eq(papers.runId, runId), ne(papers.status, 'issued')));
    await tx
      .update(billingRuns)
      .set({ status: to, ...people, updatedAt: new Date() })
      .where(eq(billingRuns.id, runId));
    await recordCarriedOut(tx, {
      ...{ actor, subjectType: 'billingRun', subjectId: runId, businessAt },
      action: to === 'review' && row.status === 'approval' ? 'billing.sentBack' : STATUS.billingRun[to].audit,
      before: { status: row.status },
      after: { status: to },
      ...(commandId === undefined ? {} : { commandId }),
    });
  });
}

/** Stops a run before its next page, or lets it go on. A repeat changes nothing. */
export async function pauseBillingRun(
  db: Database,
  input: { runId: string; paused: boolean; actor: string; commandId: string; businessAt: Date },
): Promise<void> {
  const { runId, paused, actor, commandId, businessAt } = input;
  await db.transaction(async (tx) => {
    const changed = await tx
      .update(billingRuns)
      .set({ paused })
      .where(and(eq(billingRuns.id, runId), ne(billingRuns.paused, paused)))
      .returning({ id: billingRuns.id });
    if (changed.length === 0) return;
    await recordCarriedOut(tx, {
      ...{ actor, subjectType: 'billingRun', subjectId: runId, commandId, businessAt },
      action: paused ? 'billing.paused' : 'billing.resumed',
    });
  });
}

/** Writes how many contracts a run has looked at; absolute numbers, so a repeat changes nothing. Gives how many papers it has. */
export async function recordBillingProgress(
  db: Database,
  input: { runId: string; contracts: number; problems: readonly BillingProblem[] },
): Promise<{ papers: number }> {
  const { runId, contracts, problems } = input;
  const [run] = await db
    .update(billingRuns)
    .set({ contracts, problems: [...problems] })
    .where(eq(billingRuns.id, runId))
    .returning({ papers: billingRuns.papers });
  return { papers: run?.papers ?? 0 };
}
