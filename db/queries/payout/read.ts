import { and, asc, desc, eq, inArray, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Transfer } from '../../../domain/billing/zengin.ts';
import type { Executor } from '../../client.ts';
import { bankAccounts, contracts, payoutFiles, payouts } from '../../schema/index.ts';
import type { BankAccountRow } from '../bank-account/set.ts';

export type PayoutRow = typeof payouts.$inferSelect;
export type PayoutFileRow = typeof payoutFiles.$inferSelect;

/** What is to be paid back, with the account that it goes to; null where none is registered, or the payer is no customer. */
export interface ShownPayout {
  payout: PayoutRow;
  contractNumber: string;
  account: BankAccountRow | null;
}

const SHOWN_FILES = 30;

/** What was agreed and stands in no file, the oldest first. */
export const waitingPayouts = (db: Executor, sandbox: boolean): Promise<ShownPayout[]> =>
  shown(db, and(eq(payouts.status, 'waiting'), eq(payouts.sandbox, sandbox)));

/** What stands in a file, or was paid by it, in the order of the file. */
export const payoutsOfFile = (db: Executor, fileId: string): Promise<ShownPayout[]> =>
  shown(db, eq(payouts.fileId, fileId));

/** The newest files. */
export function listPayoutFiles(db: Executor, sandbox: boolean): Promise<PayoutFileRow[]> {
  return db
    .select()
    .from(payoutFiles)
    .where(eq(payoutFiles.sandbox, sandbox))
    .orderBy(desc(payoutFiles.createdAt))
    .limit(SHOWN_FILES);
}

export async function findPayoutFile(db: Executor, id: string): Promise<PayoutFileRow | null> {
  const [row] = await db.select().from(payoutFiles).where(eq(payoutFiles.id, id));
  return row ?? null;
}

async function shown(db: Executor, where: SQL | undefined): Promise<ShownPayout[]> {
  const rows = await db
    .select({ payout: payouts, contractNumber: contracts.contractNumber, pinned: bankAccounts })
    .from(payouts)
    .innerJoin(contracts, eq(contracts.id, payouts.contractId))
    .leftJoin(bankAccounts, eq(bankAccounts.id, payouts.accountId))
    .where(where)
    .orderBy(asc(payouts.createdAt), asc(payouts.id));
  const newest = await accountsOf(
    db,
    rows.map(({ payout }) => payout.payer),
  );
  return rows.map(({ payout, contractNumber, pinned }) => ({
    ...{ payout, contractNumber, account: pinned ?? newest.get(payout.payer) ?? null },
  }));
}

/** The newest account of each customer, of whichever of its contracts. A partner has none here: its contracts' accounts are their customers'. */
async function accountsOf(db: Executor, payers: readonly string[]): Promise<Map<string, BankAccountRow>> {
  const ids = [...new Set(payers)].filter((payer) => z.uuid().safeParse(payer).success);
  const rows = await db
    .select({ customerId: contracts.customerId, account: bankAccounts })
    .from(bankAccounts)
    .innerJoin(contracts, eq(contracts.id, bankAccounts.contractId))
    .where(inArray(contracts.customerId, ids))
    .orderBy(asc(bankAccounts.createdAt), asc(bankAccounts.id));
  return new Map(rows.map(({ customerId, account }) => [customerId, account]));
}

/** What has an account, as records of the bank's file; the contract's number comes back on the statement. */
export const transfersOf = (rows: readonly ShownPayout[]): Transfer[] =>
  rows.flatMap(({ payout: { amountYen }, contractNumber, account }) =>
    account === null ? [] : [{ account, amountYen, reference: contractNumber.replaceAll('-', '') }],
  );
