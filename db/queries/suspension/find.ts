import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm';
import type { SuspensionStatus } from '../../../domain/suspension/suspension.ts';
import type { Executor } from '../../client.ts';
import { contracts, customers, suspensions } from '../../schema/index.ts';
import { customerName } from '../customer/shown-name.ts';

export type SuspensionRow = typeof suspensions.$inferSelect;

/** One suspension, or null. */
export async function findSuspension(db: Executor, id: string): Promise<SuspensionRow | null> {
  const [row] = await db.select().from(suspensions).where(eq(suspensions.id, id));
  return row ?? null;
}

/** Suspensions with the customer where one contract is meant, the newest first. */
export async function listSuspensions(
  db: Executor,
  page: { limit: number; offset: number },
): Promise<{ rows: (SuspensionRow & { customerName: string | null })[]; count: number }> {
  const [rows, [counted]] = await Promise.all([
    db
      .select({ row: suspensions, customerName })
      .from(suspensions)
      .leftJoin(contracts, eq(contracts.id, suspensions.contractId))
      .leftJoin(customers, eq(customers.id, contracts.customerId))
      .orderBy(desc(suspensions.createdAt), desc(suspensions.id))
      .limit(page.limit)
      .offset(page.offset),
    db.select({ count: sql<number>`count(*)::int` }).from(suspensions),
  ]);
  return { rows: rows.map(({ row, ...more }) => ({ ...row, ...more })), count: counted?.count ?? 0 };
}

/** The suspensions that reach a contract, in the order in which they begin (第15条). */
export async function suspensionsOf(
  db: Executor,
  contract: { id: string; planCode: string; sandbox: boolean },
  statuses: readonly SuspensionStatus[],
): Promise<SuspensionRow[]> {
  return db
    .select()
    .from(suspensions)
    .where(
      and(
        eq(suspensions.sandbox, contract.sandbox),
        inArray(suspensions.status, [...statuses]),
        or(
          eq(suspensions.scope, 'service'),
          and(eq(suspensions.scope, 'plan'), eq(suspensions.planCode, contract.planCode)),
          eq(suspensions.contractId, contract.id),
        ),
      ),
    )
    .orderBy(asc(suspensions.startsAt), asc(suspensions.id));
}

/** The suspensions that stop the service now, live or sandbox. */
export async function activeSuspensions(db: Executor, sandbox: boolean): Promise<SuspensionRow[]> {
  return db
    .select()
    .from(suspensions)
    .where(and(eq(suspensions.sandbox, sandbox), eq(suspensions.status, 'active')));
}
