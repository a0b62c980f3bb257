import { and, eq, inArray, ne } from 'drizzle-orm';
import {
  DELETION_STATUSES,
  type DeletionStep,
  type Leftover,
  withStep,
} from '../../../domain/data/deletion.ts';
import { canMove } from '../../../domain/desk/moves.ts';
import type { AuditAction } from '../../../domain/processes/index.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { type DeletionObjectKind, deletionNeedles, deletionObjects, deletions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import type { KeptForSearch } from './erase.ts';

/** The steps that count what they removed; the proof and its mail have entries of their own. */
const ACTIONS = {
  rows: 'deletion.rows',
  files: 'deletion.files',
  outbox: 'deletion.outbox',
  executions: 'deletion.executions',
  search: 'deletion.search',
  keys: 'deletion.keys',
  forget: 'deletion.forget',
} as const satisfies Record<CountedStep, AuditAction>;
type CountedStep = Exclude<DeletionStep, 'proof' | 'mail'>;

/** Adds what a step did to the deletion's record, with an audit entry of the counts. */
export async function addStep(
  tx: Transaction,
  input: { contractId: string; step: CountedStep; removed: Record<string, number>; businessAt: Date },
): Promise<void> {
  const { contractId, step, businessAt } = input;
  const removed = Object.fromEntries(Object.entries(input.removed).filter(([, count]) => count > 0));
  const [row] = await tx.select().from(deletions).where(eq(deletions.contractId, contractId)).for('update');
  if (row === undefined) throw new Error(`deletion of ${contractId} was not opened`);
  const steps = withStep(row.steps, { step, atMs: businessAt.getTime(), removed });
  await tx.update(deletions).set({ steps }).where(eq(deletions.contractId, contractId));
  await recordAudit(tx, {
    actor: 'system',
    action: ACTIONS[step],
    subjectType: 'contract',
    subjectId: contractId,
    after: { removed },
    businessAt,
  });
}

/**
 * `addStep` in a transaction of its own, in which the notes of what went outside the database go too: a step that was killed
 * after the removal and before this finds its notes, and counts what it removed.
 */
export async function recordStep(
  db: Database,
  input: Parameters<typeof addStep>[1] & { settled?: DeletionObjects },
): Promise<void> {
  const { settled, ...step } = input;
  await db.transaction(async (tx) => {
    await addStep(tx, step);
    if (settled !== undefined) await settleObjects(tx, step.contractId, settled);
  });
}

/** Moves a deletion along its state table; a repeat changes nothing. */
export async function moveDeletion(
  db: Database,
  input: {
    contractId: string;
    to: 'problem' | 'deleting';
    leftovers: readonly Leftover[];
    actor: string;
    commandId?: string;
    businessAt: Date;
  },
): Promise<void> {
  const { contractId, to, leftovers, actor, commandId, businessAt } = input;
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(deletions).where(eq(deletions.contractId, contractId)).for('update');
    if (row === undefined || row.status === to || !canMove(DELETION_STATUSES, row.status, to)) return;
    await tx
      .update(deletions)
      .set({ status: to, leftovers: [...leftovers] })
      .where(eq(deletions.contractId, contractId));
    await recordAudit(tx, {
      actor,
      action: DELETION_STATUSES[to].audit,
      subjectType: 'contract',
      subjectId: contractId,
      before: { status: row.status },
      after: { status: to, leftovers },
      businessAt,
      ...(commandId === undefined ? {} : { commandId }),
    });
  });
}

/** Things outside the database that go with a deletion. */
export interface DeletionObjects {
  kind: DeletionObjectKind;
  names: readonly string[];
}

/** Notes what has to go outside the database; a repeat notes nothing twice. */
export async function noteObjects(
  db: Executor,
  contractId: string,
  { kind, names }: DeletionObjects,
): Promise<void> {
  if (names.length === 0) return;
  await db
    .insert(deletionObjects)
    .values(names.map((name) => ({ contractId, kind, name })))
    .onConflictDoNothing();
}

/** What has to go outside the database still. */
export async function pendingObjects(
  db: Executor,
  contractId: string,
  kind: DeletionObjectKind,
): Promise<string[]> {
  const rows = await db
    .select({ name: deletionObjects.name })
    .from(deletionObjects)
    .where(and(eq(deletionObjects.contractId, contractId), eq(deletionObjects.kind, kind)));
  return rows.map(({ name }) => name);
}

/** What has to go outside the database with the deletions of others: theirs, although no row of theirs names it any more. */
export async function objectsOfOthers(
  db: Executor,
  contractId: string,
  kind: DeletionObjectKind,
): Promise<Set<string>> {
  const rows = await db
    .select({ name: deletionObjects.name })
    .from(deletionObjects)
    .where(and(ne(deletionObjects.contractId, contractId), eq(deletionObjects.kind, kind)));
  return new Set(rows.map(({ name }) => name));
}

/** Forgets what is gone, or belongs to others too. */
export async function settleObjects(
  db: Executor,
  contractId: string,
  { kind, names }: DeletionObjects,
): Promise<void> {
  if (names.length === 0) return;
  await db
    .delete(deletionObjects)
    .where(
      and(
        eq(deletionObjects.contractId, contractId),
        eq(deletionObjects.kind, kind),
        inArray(deletionObjects.name, [...names]),
      ),
    );
}

/** What the search looks for and where the proof goes; null once the deletion has forgotten it. */
export async function readKeptForSearch(db: Executor, contractId: string): Promise<KeptForSearch | null> {
  const [row] = await db.select().from(deletionNeedles).where(eq(deletionNeedles.contractId, contractId));
  return row === undefined ? null : (JSON.parse(row.needles) as KeptForSearch);
}
