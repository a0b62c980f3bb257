import { and, eq, sql } from 'drizzle-orm';
import { dunningWorkflowId } from '../../../domain/payments/dunning-case.ts';
import type { Transaction } from '../../client.ts';
import { dunnings } from '../../schema/index.ts';
import { recordCommand } from '../command/record.ts';

/**
 * Has the workflows of papers look again, where they are overdue: something was posted, held or given up. The command is in the
 * transaction that did it; `because` names that.
 */
export async function tellDunnings(
  tx: Transaction,
  paperIds: readonly string[],
  because: string,
): Promise<void> {
  if (paperIds.length === 0) return;
  // A file may pay more papers than a statement takes parameters.
  const ids = sql`string_to_array(${[...new Set(paperIds)].join(',')}, ',')`;
  const running = await tx
    .select({ id: dunnings.id })
    .from(dunnings)
    .where(and(sql`${dunnings.id} = any(${ids}::uuid[])`, eq(dunnings.status, 'running')));
  for (const { id } of running) {
    await recordCommand(tx, {
      ...{ commandId: `look/${id}/${because}`, actor: { kind: 'system' }, workflowId: dunningWorkflowId(id) },
      ...{ update: 'lookAtDunning', carries: {}, starts: null },
    });
  }
}
