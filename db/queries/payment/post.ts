import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor, Transaction } from '../../client.ts';
import { allocations, bankLines, credits, payouts } from '../../schema/index.ts';
import { tellDunnings } from '../dunning/tell.ts';
import { settleTopUps } from '../prepaid/top-up.ts';

export type NewAllocation = typeof allocations.$inferInsert;

const ROWS_AT_ONCE = 500;

/** Writes what was paid, and has prepaid ledgers and dunning look at it. The caller holds the lock and has judged it; `because` names the posting. */
export async function postAllocations(
  tx: Transaction,
  rows: readonly NewAllocation[],
  because: string,
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await tx.insert(allocations).values(rows.slice(from, from + ROWS_AT_ONCE));
  }
  await settleTopUps(tx, rows);
  await tellDunnings(
    tx,
    rows.map(({ paperId }) => paperId),
    because,
  );
}

/** What a payer has to its credit and may use: what is to be paid back is set aside. */
export async function creditOf(
  db: Executor,
  { payer, sandbox }: { payer: string; sandbox: boolean },
): Promise<number> {
  const [[row], asideYen] = await Promise.all([
    db
      .select({ yen: sql<number>`coalesce(sum(${credits.amountYen}), 0)`.mapWith(Number) })
      .from(credits)
      .where(and(eq(credits.payer, payer), eq(credits.sandbox, sandbox))),
    setAsideOf(db, { payer, sandbox }),
  ]);
  return (row?.yen ?? 0) - asideYen;
}

/** What two people agreed to pay back of a payer's credit and the bank has not paid yet. */
export async function setAsideOf(
  db: Executor,
  { payer, sandbox }: { payer: string; sandbox: boolean },
): Promise<number> {
  const [row] = await db
    .select({ yen: sql<number>`coalesce(sum(${payouts.amountYen}), 0)`.mapWith(Number) })
    .from(payouts)
    .where(
      and(
        ...[eq(payouts.payer, payer), eq(payouts.sandbox, sandbox)],
        inArray(payouts.status, ['waiting', 'inFile']),
      ),
    );
  return row?.yen ?? 0;
}

/** What was posted of a line and stands. */
export async function postedOf(db: Executor, lineId: string) {
  const reversed = (id: unknown, table: 'allocations' | 'credits') =>
    sql`not exists (select 1 from ${sql.identifier(table)} r where r.reverses = ${id})`;
  const [paid, credited] = await Promise.all([
    db
      .select()
      .from(allocations)
      .where(
        and(
          eq(allocations.lineId, lineId),
          isNull(allocations.reverses),
          reversed(allocations.id, 'allocations'),
        ),
      ),
    db
      .select()
      .from(credits)
      .where(and(eq(credits.lineId, lineId), isNull(credits.reverses), reversed(credits.id, 'credits'))),
  ]);
  return { paid, credited };
}

/** Takes back all that stands of a line. False, and nothing done, where its credit was used meanwhile. */
export async function reverseLine(
  tx: Transaction,
  input: { lineId: string; on: CivilDate; by: string; commandId: string },
): Promise<boolean> {
  const { lineId, on, by, commandId } = input;
  const { paid, credited } = await postedOf(tx, lineId);
  for (const { payer, sandbox, amountYen } of credited) {
    if ((await creditOf(tx, { payer, sandbox })) < amountYen) return false;
  }
  const made = { on, madeBy: by, commandId, lineId };
  await postAllocations(
    tx,
    paid.map(({ id, paperId, amountYen, discountYen }) => ({
      ...{ ...made, paperId, reverses: id },
      ...{ amountYen: -amountYen, discountYen: -discountYen },
    })),
    commandId,
  );
  if (credited.length > 0) {
    await tx.insert(credits).values(
      credited.map(({ id, payer, sandbox, amountYen }) => ({
        ...{ ...made, payer, sandbox, kind: 'reversed' as const, reverses: id, amountYen: -amountYen },
      })),
    );
  }
  return true;
}

/** A payment as it stands, locked; null where there is none. */
export async function lineForUpdate(tx: Transaction, lineId: string) {
  const [line] = await tx.select().from(bankLines).where(eq(bankLines.id, lineId)).for('update');
  return line ?? null;
}
