import { and, asc, eq, isNull, lt, ne, or, sql } from 'drizzle-orm';
import { DAY_MS, jstDate } from '../../../domain/calendar/civil-date.ts';
import { BACKGROUND_QUEUE } from '../../../domain/desk/queues.ts';
import { dunningWorkflowId } from '../../../domain/payments/dunning-case.ts';
import type { Executor } from '../../client.ts';
import { contracts, dunnings, papers } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { recordCommand } from '../command/record.ts';
import { lockPayments } from '../payment/lock.ts';
import { charged, openYenOfPaper } from '../payment/receivable.ts';

/** A running case at which nobody has looked for so long has lost its workflow: it begins anew. */
const UNSEEN_MS = 3 * DAY_MS;

/**
 * Opens a case for open papers whose due date is over and that have none, some at most, each with the command to begin its
 * workflow; one that was paid begins anew where the payment was taken back. Gives how many.
 */
export async function openDunnings(
  db: Executor,
  { nowMs, limit }: { nowMs: number; limit: number },
): Promise<{ opened: number }> {
  return db.transaction(async (tx) => {
    await lockPayments(tx, 'looks');
    const now = new Date(nowMs);
    const unseen = new Date(nowMs - UNSEEN_MS);
    // A sandbox contract's day is that of its clock.
    const today = sql`(${jstDate(nowMs)}::date + (${contracts.clockOffsetMs} / 86400000)::int)`;
    const overdue = await tx
      .select({
        id: papers.id,
        contractId: papers.contractId,
        sandbox: papers.sandbox,
        before: dunnings.status,
      })
      .from(papers)
      .innerJoin(contracts, eq(contracts.id, papers.contractId))
      .leftJoin(dunnings, eq(dunnings.id, papers.id))
      .where(
        and(
          charged(tx),
          // What a partner owes ends no customer's contract.
          eq(papers.payer, 'customer'),
          sql`${papers.dueOn} < ${today}`,
          or(isNull(dunnings.id), ne(dunnings.status, 'running'), lt(dunnings.lookedAt, unseen)),
          sql`${openYenOfPaper} > 0`,
        ),
      )
      .orderBy(asc(papers.dueOn), asc(papers.id))
      .limit(limit);
    for (const { id, contractId, sandbox, before } of overdue) {
      await tx
        .insert(dunnings)
        .values({ id, contractId, sandbox, lookedAt: now })
        .onConflictDoUpdate({
          target: dunnings.id,
          set: { status: 'running', endedAt: null, lookedAt: now },
        });
      if (before !== 'running') {
        await recordAudit(tx, {
          ...{
            actor: 'system',
            action: 'dunning.begun',
            subjectType: 'dunning',
            subjectId: id,
            businessAt: now,
          },
          ...{ before: { status: before }, after: { status: 'running' } },
        });
      }
      await recordCommand(tx, {
        ...{ commandId: `begin/${dunningWorkflowId(id)}/${nowMs}`, actor: { kind: 'system' } },
        ...{ workflowId: dunningWorkflowId(id), update: null, carries: {} },
        starts: {
          ...{ workflowType: 'dunning', taskQueue: BACKGROUND_QUEUE, runs: 'again' },
          args: [{ paperId: id, contractId, sandbox, carried: null }],
        },
      });
    }
    return { opened: overdue.length };
  });
}
