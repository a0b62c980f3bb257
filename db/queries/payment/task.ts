import { and, eq } from 'drizzle-orm';
import type { Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { bankLines } from '../../schema/index.ts';
import { closeTask } from '../task/close.ts';
import { findOpenTask } from '../task/find.ts';
import { openWatchedTask } from '../task/open.ts';

const KIND = 'paymentsToSettle';

/** Asks staff for what a file leaves to them: one task for all of it, closed with the last payment. `because` tells openings apart. */
export async function askToSettle(
  tx: Transaction,
  { importId, because, sandbox, now }: { importId: string; because: string; sandbox: boolean; now: Date },
): Promise<void> {
  if ((await findOpenTask(tx, { subjectId: importId, kind: KIND })) !== null) return;
  await openWatchedTask(tx, {
    ...{ taskId: nameUuid(`settle-task/${importId}/${because}`), kind: KIND },
    ...{ subjectType: 'bankImport', subjectId: importId, involved: [], openedAt: now, sandbox },
  });
}

export async function closeIfSettled(tx: Transaction, importId: string): Promise<void> {
  const waiting = await tx.$count(
    bankLines,
    and(eq(bankLines.importId, importId), eq(bankLines.status, 'waiting')),
  );
  const task = waiting > 0 ? null : await findOpenTask(tx, { subjectId: importId, kind: KIND });
  if (task !== null) await closeTask(tx, task.id, 'done');
}
