import { and, eq } from 'drizzle-orm';
import type { AuditAction, SubjectType } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { auditEntries } from '../../schema/index.ts';

/**
 * For a move that found its subject neither where it starts nor where it leads: a command that moved it already, and whose
 * later steps led on, is a repeat. Anything else is a drift between row and workflow, and throws.
 */
export async function requireMadeBefore(
  tx: Executor,
  move: { subjectType: SubjectType; subjectId: string; action: AuditAction; commandId: string | undefined },
  drift: { is: string | undefined; from: string; to: string },
): Promise<void> {
  const { subjectType, subjectId, action, commandId } = move;
  if (drift.is === drift.to) return;
  const [made] =
    commandId === undefined
      ? []
      : await tx
          .select({ sequence: auditEntries.sequence })
          .from(auditEntries)
          .where(
            and(
              eq(auditEntries.subjectType, subjectType),
              eq(auditEntries.subjectId, subjectId),
              eq(auditEntries.action, action),
              eq(auditEntries.commandId, commandId),
            ),
          )
          .limit(1);
  if (made !== undefined) return;
  throw new Error(`${subjectType} ${subjectId} is ${drift.is}: no move from ${drift.from} to ${drift.to}`);
}
