import { eq } from 'drizzle-orm';
import { type Actor, actorId, isNobody } from '../../../domain/base/answers.ts';
import type { StaffRole } from '../../../domain/desk/roles.ts';
import { type CommandDoubt, commandDoubt, type ToldCommand } from '../../../domain/desk/told-command.ts';
import type { Database, Executor } from '../../client.ts';
import { commands, decisions, staff, tasks } from '../../schema/index.ts';
import { type AuditInput, recordAudit } from '../audit/record.ts';

/**
 * Why a workflow may not believe a command that came by Temporal's port, or null when it stands on record as the console wrote
 * it. A doubt is written to the audit log: somebody reached the port who should not.
 */
export async function doubtOfCommand(db: Database, told: ToldCommand): Promise<CommandDoubt | null> {
  return db.transaction(async (tx) => {
    const doubt = commandDoubt(told, await commandOnRecord(tx, told.commandId));
    if (doubt === null) return null;
    const { workflowId, update, actor, commandId } = told;
    await recordAudit(tx, {
      actor: 'system',
      action: 'command.madeUp',
      subjectType: 'staff',
      subjectId: shortened(actorId(actor)),
      after: { workflowId, update, doubt },
      commandId: shortened(commandId),
    });
    return doubt;
  });
}

async function commandOnRecord(tx: Executor, id: string) {
  const [row] = await tx
    .select({
      command: commands,
      staffId: decisions.staffId,
      taskId: decisions.taskId,
      taskKind: tasks.kind,
      roles: staff.roles,
      active: staff.active,
    })
    .from(commands)
    .leftJoin(decisions, eq(decisions.commandId, commands.id))
    .leftJoin(tasks, eq(tasks.id, decisions.taskId))
    .leftJoin(staff, eq(staff.id, decisions.staffId))
    .where(eq(commands.id, id));
  if (row === undefined) return null;
  const { command, staffId, taskId, taskKind, active } = row;
  const roles = active === null ? null : active ? (row.roles as StaffRole[]) : [];
  return { ...command, decision: staffId === null ? null : { staffId, taskId, taskKind, roles } };
}

/**
 * The audit entry of what a command did, in the transaction that does it: throws where it is done in the name of a person who
 * did not give that command. What the system does by itself, or an applicant, has no such row.
 */
export async function recordCarriedOut(tx: Executor, entry: AuditInput): Promise<void> {
  await requireGiven(tx, entry);
  await recordAudit(tx, entry);
}

async function requireGiven(
  tx: Executor,
  { actor, commandId }: { actor: string; commandId?: string | undefined },
): Promise<void> {
  if (isNobody(actor)) return;
  const [row] =
    commandId === undefined
      ? []
      : await tx.select({ actor: commands.actor }).from(commands).where(eq(commands.id, commandId));
  if (row !== undefined && idOf(row.actor) === actor) return;
  throw new Error(`no command ${shortened(commandId ?? '')} of ${shortened(actor)} is on record`);
}

const idOf = (actor: Actor): string | null => (actor.kind === 'staff' ? actor.id : null);

/** What a stranger sent is kept, but not at any length. */
const shortened = (text: string): string => text.slice(0, 100);
