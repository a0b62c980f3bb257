import { and, asc, eq, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { UncoveredUsage } from '../../../domain/billing/tax-included.ts';
import { type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor, Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { contracts, customers, papers, prepaidUsage } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { customerName } from '../customer/shown-name.ts';
import { closeTask } from '../task/close.ts';
import { findOpenTask } from '../task/find.ts';
import { openWatchedTask } from '../task/open.ts';

export type UncoveredDecision = 'invoice' | 'waive';

const month = sql<string>`to_char(${prepaidUsage.usedOn}, 'YYYY-MM-01')`;
const sum = sql<number>`sum(${prepaidUsage.uncoveredYen})`.mapWith(Number);

/** Use that no balance covered and of which nobody has decided, by contract and month. */
export function uncoveredOpen(db: Executor, contractId?: string) {
  return db
    .select({
      ...{ contractId: contracts.id, contractNumber: contracts.contractNumber, customerName },
      ...{ month, yen: sum },
    })
    .from(prepaidUsage)
    .innerJoin(contracts, eq(contracts.id, prepaidUsage.contractId))
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(
      and(
        ...[isNull(prepaidUsage.decision), sql`${prepaidUsage.uncoveredYen} > 0`],
        contractId === undefined ? undefined : eq(contracts.id, contractId),
      ),
    )
    .groupBy(contracts.id, customers.id, month)
    .orderBy(asc(month), asc(contracts.contractNumber))
    .limit(500);
}

/** Asks people of billing to decide of use that no balance covered (第6条5項): one open task for a contract. `key`: of the booking that lacked it. */
export async function askAboutUncovered(
  tx: Executor,
  {
    contractId,
    key,
    sandbox,
    openedAt,
  }: { contractId: string; key: string; sandbox: boolean; openedAt: Date },
): Promise<void> {
  if ((await findOpenTask(tx, { subjectId: contractId, kind: 'prepaidUncovered' })) !== null) return;
  await openWatchedTask(tx, {
    ...{ taskId: nameUuid(`prepaid-uncovered/${key}`), kind: 'prepaidUncovered', involved: [], sandbox },
    ...{ subjectType: 'contract', subjectId: contractId, openedAt },
  });
}

/**
 * A person decides of a month's use that no balance covered: it is invoiced with the next papers of a day, or waived (第6条5項). Gives
 * the yen, 0 where it was decided before; `shownYen`: what the person saw, as a guard against more that came meanwhile.
 */
export async function decideUncovered(
  tx: Transaction,
  input: {
    contractId: string;
    month: CivilDate;
    decision: UncoveredDecision;
    shownYen: number;
    staffId: string;
    today: CivilDate;
  },
): Promise<{ yen: number } | { changedYen: number }> {
  const { contractId, decision, shownYen, staffId, today } = input;
  const open = and(
    ...[eq(prepaidUsage.contractId, contractId), isNull(prepaidUsage.decision)],
    sql`${prepaidUsage.uncoveredYen} > 0 and ${month} = ${input.month}`,
  );
  const rows = await tx.select().from(prepaidUsage).where(open).for('update');
  const yen = rows.reduce((all, { uncoveredYen }) => all + uncoveredYen, 0);
  if (yen !== shownYen) return { changedYen: yen };
  await tx.update(prepaidUsage).set({ decision, decidedBy: staffId, decidedOn: today }).where(open);
  await recordAudit(tx, {
    ...{ actor: staffId, subjectType: 'contract', subjectId: contractId },
    action: 'prepaid.uncoveredDecided',
    after: { month: input.month, decision, yen },
  });
  if ((await uncoveredOpen(tx, contractId)).length === 0) {
    const task = await findOpenTask(tx, { subjectId: contractId, kind: 'prepaidUncovered' });
    if (task !== null) await closeTask(tx, task.id, 'done');
  }
  return { yen };
}

/** What people want invoiced until a day and no paper bills, by month. A paper bills what was decided by its own day. */
export async function uncoveredToInvoice(
  db: Executor,
  { contractId, through }: { contractId: string; through: CivilDate },
): Promise<UncoveredUsage[]> {
  const rows = await db
    .select({ month, yen: sum })
    .from(prepaidUsage)
    .where(and(eq(prepaidUsage.contractId, contractId), toInvoice(through)))
    .groupBy(month)
    .orderBy(asc(month));
  return rows.map(({ month: first, yen }) => ({ month: civilDate(first), yen }));
}

/** The contract has use to be invoiced. */
export const uncoveredWaits = (through: CivilDate): SQL =>
  sql`exists (select 1 from ${prepaidUsage} where ${prepaidUsage.contractId} = ${contracts.id} and ${toInvoice(through)})`;

function toInvoice(through: CivilDate): SQL | undefined {
  const billed = sql`exists (select 1 from ${papers} where ${papers.contractId} = ${prepaidUsage.contractId}
    and ${papers.about} like 'uncovered/' || ${month} || '/%' and ${papers.issuedOn} >= ${prepaidUsage.decidedOn})`;
  return and(
    ...[eq(prepaidUsage.decision, 'invoice'), isNotNull(prepaidUsage.decidedOn)],
    ...[lte(prepaidUsage.decidedOn, through), sql`not ${billed}`],
  );
}
