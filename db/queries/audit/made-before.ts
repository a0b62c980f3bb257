import { and, eq } from 'drizzle-orm';
import type { AuditAction, SubjectType } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import {
  type applications,
  auditEntries,
  type contracts,
  type discontinuations,
  type suspensions,
} from '../../schema/index.ts';

/**
 * For a move that found no row in the status where it starts: one that leads to the status that the row has, or that the
 * command made already before later steps led on, is a repeat. Anything else is a drift between row and workflow, and throws.
 */
export async function requireMadeBefore(
  tx: Executor,
  table: typeof applications | typeof contracts | typeof discontinuations | typeof suspensions,
  move: {
    subjectType: SubjectType;
    subjectId: string;
    from: string;
    to: string;
    action: AuditAction;
    commandId: string | undefined;
  },
): Promise<void> {
  const { subjectType, subjectId, from, to, action, commandId } = move;
  const [row] = await tx.select({ status: table.status }).from(table).where(eq(table.id, subjectId));
  if (row?.status === to) return;
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
  throw new Error(`${subjectType} ${subjectId} is ${row?.status}: no move from ${from} to ${to}`);
}
