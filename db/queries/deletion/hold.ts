import { eq } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import type { HoldStatus } from '../../../domain/data/deletion.ts';
import type { AuditAction } from '../../../domain/processes/index.ts';
import type { Database, Executor } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { contracts, deletions, legalHolds } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { closeTask } from '../task/close.ts';
import { openWatchedTask } from '../task/open.ts';

export type HoldRow = typeof legalHolds.$inferSelect;
type Told = Answer<{ holdId: string; status: HoldStatus }>;

const BEGUN = refuse('wrongState', '削除はすでに始まっているため、保留できません。', '第22条6項');
const STALE = refuse('stale', 'この保留は、画面を開いたあとに変わりました。読み込み直してください。');

/**
 * Sets a hold: from this moment the deletion is stopped, and a second person confirms or rejects it. Refused once the deletion
 * has begun. A repeat of the command is the same hold.
 */
export async function proposeHold(
  db: Database,
  input: { contractId: string; commandId: string; reason: string; staffId: string; at: Date },
): Promise<Told> {
  const { contractId, commandId, reason, staffId, at } = input;
  return db.transaction(async (tx) => {
    const [known] = await tx.select().from(legalHolds).where(eq(legalHolds.commandId, commandId));
    if (known !== undefined) return { ok: true, holdId: known.id, status: known.status };
    // Locks the contract too: its deletion may not be opened yet.
    await tx.select({ id: contracts.id }).from(contracts).where(eq(contracts.id, contractId)).for('update');
    const [deletion] = await tx
      .select()
      .from(deletions)
      .where(eq(deletions.contractId, contractId))
      .for('update');
    if (deletion !== undefined && deletion.status !== 'waiting' && deletion.status !== 'held') return BEGUN;
    const ownerId = await ownerOf(tx, { subjectType: 'contract', subjectId: contractId });
    const [hold] = await tx
      .insert(legalHolds)
      .values(
        sealRow(legalHolds, ownerId, { contractId, commandId, reason, proposedBy: staffId, proposedAt: at }),
      )
      .returning();
    if (hold === undefined) throw new Error('the hold was not stored');
    await askSecondPerson(tx, hold, staffId, at);
    await audit(tx, hold, { actor: staffId, action: 'hold.proposed', to: 'proposed', commandId });
    return { ok: true, holdId: hold.id, status: 'proposed' };
  });
}

/**
 * The second person's word on a hold, or on its lifting, in the transaction that stores the decision. A rejected lifting
 * leaves the hold as it is.
 */
export async function decideHold(
  tx: Executor,
  input: { holdId: string; verdict: 'confirm' | 'reject'; commandId: string; staffId: string; at: Date },
): Promise<Told> {
  const { holdId, verdict, commandId, staffId, at } = input;
  const hold = await locked(tx, holdId);
  if (hold?.status !== 'proposed' && hold?.status !== 'liftProposed') return STALE;
  const confirmed = verdict === 'confirm';
  const to: HoldStatus =
    hold.status === 'proposed' ? (confirmed ? 'active' : 'rejected') : confirmed ? 'lifted' : 'active';
  const over = to === 'lifted' || to === 'rejected';
  await tx
    .update(legalHolds)
    .set({
      status: to,
      ...(hold.status === 'proposed' && confirmed ? { confirmedBy: staffId, confirmedAt: at } : {}),
      ...(over ? { closedBy: staffId, closedAt: at } : {}),
    })
    .where(eq(legalHolds.id, holdId));
  await closeTask(tx, taskIdOf(hold), 'done');
  const action = confirmed ? 'hold.confirmed' : 'hold.rejected';
  await audit(tx, hold, { actor: staffId, action, to, commandId });
  return { ok: true, holdId, status: to };
}

/** Asks for the lifting of a hold; it goes on until another person confirms. */
export async function proposeLift(
  db: Database,
  input: { holdId: string; reason: string; commandId: string; staffId: string; at: Date },
): Promise<Told> {
  const { holdId, reason, commandId, staffId, at } = input;
  return db.transaction(async (tx) => {
    const hold = await locked(tx, holdId);
    if (hold?.status === 'liftProposed' && hold.liftProposedBy === staffId) {
      return { ok: true, holdId, status: hold.status };
    }
    if (hold?.status !== 'active') return STALE;
    const ownerId = await ownerOf(tx, { subjectType: 'contract', subjectId: hold.contractId });
    await tx
      .update(legalHolds)
      .set(
        sealRow(legalHolds, ownerId, {
          status: 'liftProposed',
          liftReason: reason,
          liftProposedBy: staffId,
          liftProposedAt: at,
        }),
      )
      .where(eq(legalHolds.id, holdId));
    await askSecondPerson(tx, { ...hold, status: 'liftProposed' }, staffId, at);
    await audit(tx, hold, { actor: staffId, action: 'hold.liftProposed', to: 'liftProposed', commandId });
    return { ok: true, holdId, status: 'liftProposed' };
  });
}

/** A hold or its lifting that waits is in the queue of whoever may confirm it, and reminds like any other. */
async function askSecondPerson(
  tx: Executor,
  hold: Pick<HoldRow, 'id' | 'contractId' | 'status'>,
  staffId: string,
  at: Date,
): Promise<void> {
  const [contract] = await tx
    .select({ sandbox: contracts.sandbox })
    .from(contracts)
    .where(eq(contracts.id, hold.contractId));
  await openWatchedTask(tx, {
    taskId: taskIdOf(hold),
    kind: 'holdDecision',
    subjectType: 'contract',
    subjectId: hold.contractId,
    involved: [{ staffId, as: 'proposed' }],
    about: hold.id,
    openedAt: at,
    sandbox: contract?.sandbox ?? false,
  });
}

/** One task for the hold and one for its lifting, whichever is asked for. */
function taskIdOf({ id, status }: Pick<HoldRow, 'id' | 'status'>): string {
  return nameUuid(`${status === 'proposed' ? 'hold' : 'lift'}/${id}`);
}

async function locked(tx: Executor, holdId: string): Promise<HoldRow | null> {
  const [hold] = await tx.select().from(legalHolds).where(eq(legalHolds.id, holdId)).for('update');
  return hold ?? null;
}

type HoldAction = Extract<AuditAction, `hold.${string}`>;

async function audit(
  tx: Executor,
  hold: HoldRow,
  entry: { actor: string; action: HoldAction; to: HoldStatus; commandId: string },
): Promise<void> {
  await recordAudit(tx, {
    actor: entry.actor,
    action: entry.action,
    subjectType: 'contract',
    subjectId: hold.contractId,
    before: { holdId: hold.id, status: hold.status },
    after: { holdId: hold.id, status: entry.to },
    commandId: entry.commandId,
  });
}

/** The holds of a contract, newest first. */
export async function listHolds(db: Database, contractId: string): Promise<HoldRow[]> {
  return db.query.legalHolds.findMany({
    where: (t, { eq: equals }) => equals(t.contractId, contractId),
    orderBy: (t, { desc }) => [desc(t.proposedAt)],
  });
}
