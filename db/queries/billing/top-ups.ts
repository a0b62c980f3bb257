import { and, asc, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import type { TopUpOrder } from '../../../domain/billing/top-up.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor, Transaction } from '../../client.ts';
import { papers, topUpOrders } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/** Orders of a contract until a day of which no bill was drafted or issued, in their order. */
export async function ordersWithoutBill(
  db: Executor,
  { contractId, through }: { contractId: string; through: CivilDate },
): Promise<TopUpOrder[]> {
  const rows = await db
    .select({ key: topUpOrders.id, on: topUpOrders.orderedOn, amountYen: topUpOrders.amountYen })
    .from(topUpOrders)
    .leftJoin(papers, eq(papers.about, sql`'topUp/' || ${topUpOrders.id}::text`))
    .where(
      and(
        ...[eq(topUpOrders.contractId, contractId), lte(topUpOrders.orderedOn, through)],
        isNull(papers.id),
      ),
    )
    .orderBy(asc(topUpOrders.orderedOn), asc(topUpOrders.createdAt));
  return rows;
}

export type TopUpOrderRow = typeof topUpOrders.$inferSelect;

/** Stores an order once for its key; null where that key came before with another content. */
export async function orderTopUp(
  tx: Transaction,
  input: { contractId: string; orderKey: string; amountYen: number; orderedOn: CivilDate; orderedBy: string },
): Promise<TopUpOrderRow | null> {
  const [added] = await tx
    .insert(topUpOrders)
    .values(input)
    .onConflictDoNothing({ target: topUpOrders.orderKey })
    .returning();
  if (added !== undefined) {
    await recordAudit(tx, {
      ...{ actor: input.orderedBy, action: 'topUp.ordered', subjectType: 'contract' },
      subjectId: input.contractId,
      after: { orderId: added.id, amountYen: input.amountYen, orderedOn: input.orderedOn },
    });
    return added;
  }
  const [before] = await tx.select().from(topUpOrders).where(eq(topUpOrders.orderKey, input.orderKey));
  const same = before?.contractId === input.contractId && before.amountYen === input.amountYen;
  return before !== undefined && same ? before : null;
}

/** Orders of a contract with their bill, the newest first. */
export function ordersOf(db: Executor, contractId: string) {
  return db
    .select({
      ...{ order: topUpOrders, paperId: papers.id, number: papers.number },
      ...{ status: papers.status, totalYen: papers.totalYen },
    })
    .from(topUpOrders)
    .leftJoin(papers, eq(papers.about, sql`'topUp/' || ${topUpOrders.id}::text`))
    .where(eq(topUpOrders.contractId, contractId))
    .orderBy(desc(topUpOrders.createdAt));
}
