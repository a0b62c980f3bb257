import { desc, eq } from 'drizzle-orm';
import type { BankAccount } from '../../../domain/billing/zengin.ts';
import type { Database, Executor } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { bankAccounts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export type BankAccountRow = typeof bankAccounts.$inferSelect;

/** The account that refunds of a contract go to, or null. */
export async function findBankAccount(db: Executor, contractId: string): Promise<BankAccountRow | null> {
  const [row] = await db
    .select()
    .from(bankAccounts)
    .where(eq(bankAccounts.contractId, contractId))
    .orderBy(desc(bankAccounts.createdAt), desc(bankAccounts.id))
    .limit(1);
  return row ?? null;
}

/** Stores another account for a contract; the older ones stay. A repeat of the same account stores nothing. */
export async function setBankAccount(
  db: Database,
  input: { contractId: string; account: BankAccount; enteredBy: string },
): Promise<void> {
  const { contractId, account, enteredBy } = input;
  await db.transaction(async (tx) => {
    const before = await findBankAccount(tx, contractId);
    const keys = ['bankCode', 'branchCode', 'accountType', 'accountNumber', 'holderKana'] as const;
    if (before !== null && keys.every((key) => before[key] === account[key])) return;
    const ownerId = await ownerOf(tx, { subjectType: 'contract', subjectId: contractId });
    await tx
      .insert(bankAccounts)
      .values(sealRow(bankAccounts, ownerId, { ...account, contractId, enteredBy }));
    await recordAudit(tx, {
      actor: enteredBy,
      action: before === null ? 'bankAccount.entered' : 'bankAccount.changed',
      subjectType: 'contract',
      subjectId: contractId,
    });
  });
}
