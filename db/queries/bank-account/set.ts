import { and, desc, eq, notInArray } from 'drizzle-orm';
import type { AccountWarning } from '../../../domain/billing/account-warnings.ts';
import type { BankAccount } from '../../../domain/billing/zengin.ts';
import type { Database, Executor } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { bankAccounts, contracts } from '../../schema/index.ts';
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

/** Whether the account is registered for another customer too: one account for several is looked at (第16条). */
export async function isOfAnotherCustomer(
  db: Executor,
  { contractId, account }: { contractId: string; account: BankAccount },
): Promise<boolean> {
  const own = db
    .select({ customerId: contracts.customerId })
    .from(contracts)
    .where(eq(contracts.id, contractId));
  // The number is encrypted under each customer's key and compared here.
  const others = await db
    .select({ accountNumber: bankAccounts.accountNumber })
    .from(bankAccounts)
    .innerJoin(contracts, eq(contracts.id, bankAccounts.contractId))
    .where(
      and(
        eq(bankAccounts.bankCode, account.bankCode),
        eq(bankAccounts.branchCode, account.branchCode),
        eq(bankAccounts.accountType, account.accountType),
        notInArray(contracts.customerId, own),
      ),
    );
  return others.some(({ accountNumber }) => accountNumber === account.accountNumber);
}

export interface NewBankAccount {
  contractId: string;
  account: BankAccount;
  enteredBy: string;
  /** What was odd about it, and the answer to that. */
  warnings?: AccountWarning[];
  answer?: string;
  /** The customer's own writing. */
  evidence?: { storageKey: string; sha256: string };
}

/**
 * Stores another account for a contract; the older ones stay. A repeat of the same account stores nothing and gives null.
 */
export async function setBankAccount(
  db: Database,
  input: NewBankAccount,
): Promise<{ contractId: string; accountId: string; sandbox: boolean } | null> {
  const { contractId, account, enteredBy, warnings = [], answer = '', evidence } = input;
  return db.transaction(async (tx) => {
    const before = await findBankAccount(tx, contractId);
    const keys = ['bankCode', 'branchCode', 'accountType', 'accountNumber', 'holderKana'] as const;
    if (before !== null && keys.every((key) => before[key] === account[key])) return null;
    const ownerId = await ownerOf(tx, { subjectType: 'contract', subjectId: contractId });
    const [contract] = await tx
      .select({ sandbox: contracts.sandbox })
      .from(contracts)
      .where(eq(contracts.id, contractId));
    const [stored] = await tx
      .insert(bankAccounts)
      .values(
        sealRow(bankAccounts, ownerId, { ...account, ...evidence, contractId, enteredBy, warnings, answer }),
      )
      .returning({ id: bankAccounts.id });
    if (stored === undefined || contract === undefined) throw new Error('the account was not stored');
    const made = { ...stored, ...contract };
    await recordAudit(tx, {
      actor: enteredBy,
      action: before === null ? 'bankAccount.entered' : 'bankAccount.changed',
      subjectType: 'contract',
      subjectId: contractId,
      after: { warnings, evidence: evidence?.sha256 ?? null },
    });
    return { contractId, accountId: made.id, sandbox: made.sandbox };
  });
}
