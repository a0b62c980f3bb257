import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { requests } from '../../schema/index.ts';

export type RequestRow = typeof requests.$inferSelect;

/** One request, or null. */
export async function findRequest(db: Executor, requestId: string): Promise<RequestRow | null> {
  const [row] = await db.select().from(requests).where(eq(requests.id, requestId));
  return row ?? null;
}

/** Requests by id, in the order in which they arrived. */
export async function findRequests(db: Executor, ids: string[]): Promise<RequestRow[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(requests)
    .where(inArray(requests.id, ids))
    .orderBy(requests.computedOn, requests.arrivedAt);
}

/** The cancellation that a contract is ending by, or null. */
export async function findOpenCancellation(db: Executor, contractId: string): Promise<RequestRow | null> {
  const [row] = await db
    .select()
    .from(requests)
    .where(
      and(
        eq(requests.contractId, contractId),
        eq(requests.kind, 'cancellation'),
        eq(requests.outcome, 'accepted'),
      ),
    )
    .orderBy(desc(requests.createdAt))
    .limit(1);
  return row ?? null;
}
