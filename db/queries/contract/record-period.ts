import { and, eq, gte, not, sql } from 'drizzle-orm';
import type { Period } from '../../../domain/period/periods.ts';
import type { Database, Transaction } from '../../client.ts';
import { contractPeriods } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { recordFeeVersions } from '../fee-change/record.ts';

/** Records a contract period once (第5条3項), with its audit entry; a fee change that reaches it goes along (第6条3項). */
export async function recordPeriod(
  db: Database,
  input: { contractId: string; period: Period; clause: string; replaces?: boolean; businessAt: Date },
): Promise<void> {
  const { contractId, period } = input;
  await db.transaction(async (tx) => {
    if (input.replaces === true) await removeOthers(tx, contractId, period);
    const stored = await tx
      .insert(contractPeriods)
      .values({ contractId, index: period.index, from: period.from, to: period.to })
      .onConflictDoNothing()
      .returning({ index: contractPeriods.index });
    if (stored.length === 0) return;
    await recordAudit(tx, {
      actor: 'system',
      action: period.index === 1 ? 'contract.firstPeriod' : 'contract.renewed',
      subjectType: 'contract',
      subjectId: contractId,
      clause: input.clause,
      after: { index: period.index, from: period.from, to: period.to },
      businessAt: input.businessAt,
    });
    await recordFeeVersions(tx, { contractId, on: period.from, businessAt: input.businessAt });
  });
}

/** Takes away what is on record from a period on, unless it is that very period. */
async function removeOthers(tx: Transaction, contractId: string, { index, from, to }: Period): Promise<void> {
  const others = not(
    and(eq(contractPeriods.index, index), eq(contractPeriods.from, from), eq(contractPeriods.to, to)) ??
      sql`false`,
  );
  await tx
    .delete(contractPeriods)
    .where(and(eq(contractPeriods.contractId, contractId), gte(contractPeriods.index, index), others));
}
