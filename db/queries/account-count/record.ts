import { and, eq, isNull, lte, or } from 'drizzle-orm';
import type { AccountCount } from '../../../domain/change/account-count.ts';
import type { Database } from '../../client.ts';
import { contracts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/**
 * Records how many accounts a customer uses (第7条); what it was before stands in the audit log. False when a later count was
 * recorded meanwhile. The same count again records nothing.
 */
export async function recordAccountCount(
  db: Database,
  input: AccountCount & { contractId: string; countedBy: string },
): Promise<boolean> {
  const { contractId, accounts, countedOn, countedBy } = input;
  return db.transaction(async (tx) => {
    const [before] = await tx
      .select({ accounts: contracts.accountsInUse, countedOn: contracts.accountsCountedOn })
      .from(contracts)
      .where(eq(contracts.id, contractId))
      .for('update');
    if (before === undefined) throw new Error(`contract ${contractId} does not exist`);
    if (before.accounts === accounts && before.countedOn === countedOn) return true;
    const notLater = or(isNull(contracts.accountsCountedOn), lte(contracts.accountsCountedOn, countedOn));
    const [stored] = await tx
      .update(contracts)
      .set({ accountsInUse: accounts, accountsCountedOn: countedOn })
      .where(and(eq(contracts.id, contractId), notLater))
      .returning({ id: contracts.id });
    if (stored === undefined) return false;
    await recordAudit(tx, {
      actor: countedBy,
      action: 'contract.accountsCounted',
      subjectType: 'contract',
      subjectId: contractId,
      before,
      after: { accounts, countedOn },
    });
    return true;
  });
}
