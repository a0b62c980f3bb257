import { and, asc, desc, eq } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { contracts, customers, decisions, requests, tasks } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { customerName } from '../customer/shown-name.ts';

/** One request of a contract with the task and the decisions of the second person. Null when it is not there. */
export async function readRequestDetail(db: Executor, id: { contractId: string; requestId: string }) {
  const [row] = await db
    .select({ request: requests, contract: contracts, customerName })
    .from(requests)
    .innerJoin(contracts, eq(contracts.id, requests.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(and(eq(requests.id, id.requestId), eq(requests.contractId, id.contractId)));
  if (row === undefined) return null;
  const [task] = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.kind, 'secondPerson'), eq(tasks.about, id.requestId)))
    .orderBy(desc(tasks.createdAt))
    .limit(1);
  const decided =
    task === undefined
      ? []
      : await db
          .select()
          .from(decisions)
          .where(and(eq(decisions.subjectId, id.contractId), eq(decisions.taskId, task.id)))
          .orderBy(asc(decisions.createdAt));
  return { ...row, task: task ?? null, decisions: decided };
}

export type RequestDetail = NonNullable<Awaited<ReturnType<typeof readRequestDetail>>>;

/** Where the original of a request is kept, for a member of staff; the look is recorded. Null when there is none. */
export async function openRequestOriginal(
  db: Database,
  input: { contractId: string; requestId: string; actor: string },
): Promise<string | null> {
  const { contractId, requestId, actor } = input;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ storageKey: requests.storageKey })
      .from(requests)
      .where(and(eq(requests.id, requestId), eq(requests.contractId, contractId)));
    if (row === undefined || row.storageKey === null) return null;
    await recordAudit(tx, {
      actor,
      action: 'document.downloaded',
      subjectType: 'contract',
      subjectId: contractId,
      clause: '第20条',
      after: { requestId },
    });
    return row.storageKey;
  });
}
