import { eq } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { contracts, prepaidLedger } from '../../schema/index.ts';
import { bookPrepaid } from './ledger.ts';

/** Of the entry by which a discontinuation pays a balance back. */
export const prepaidRefundKey = (discontinuationId: string, contractId: string) =>
  `refund/${discontinuationId}/${contractId}`;

const forfeitureKey = (contractId: string) => `forfeiture/${contractId}`;

/**
 * Forfeits the prepaid balance of a contract that has ended (第10条3項) by a ledger entry, once; gives the yen that were
 * forfeited, 0 where there were none. The balance of the contract follows the ledger.
 */
export async function forfeitPrepaid(
  db: Database,
  input: { contractId: string; endedOn: CivilDate; businessAt: Date },
): Promise<number> {
  const { contractId, endedOn: on, businessAt } = input;
  return db.transaction((tx) =>
    withdrawBalance(tx, { contractId, on, businessAt, kind: 'forfeiture', key: forfeitureKey(contractId) }),
  );
}

/** Takes the whole balance of a contract off the ledger by one entry, once for its key; gives the yen. */
export async function withdrawBalance(
  tx: Transaction,
  input: { contractId: string; key: string; kind: 'forfeiture' | 'refund'; on: CivilDate; businessAt: Date },
): Promise<number> {
  const { contractId, key, kind, on, businessAt } = input;
  const [contract] = await tx
    .select({ balanceYen: contracts.prepaidBalanceYen })
    .from(contracts)
    .where(eq(contracts.id, contractId))
    .for('update');
  if (contract === undefined) throw new Error(`contract ${contractId} does not exist`);
  const [done] = await tx.select().from(prepaidLedger).where(eq(prepaidLedger.key, key));
  if (done !== undefined) return -done.amountYen;
  if (contract.balanceYen === 0) return 0;
  const { bookedYen } = await bookPrepaid(tx, {
    // Taking all off computes no tax.
    ...{ contractId, event: { key, on, kind }, taxPoint: 'use', actor: 'system', businessAt },
  });
  return -bookedYen;
}

/** The yen of a contract's prepaid balance that were forfeited at its end; 0 where there were none. */
export async function findForfeiture(db: Executor, contractId: string): Promise<number> {
  const [entry] = await db
    .select({ amountYen: prepaidLedger.amountYen })
    .from(prepaidLedger)
    .where(eq(prepaidLedger.key, forfeitureKey(contractId)));
  return entry === undefined ? 0 : -entry.amountYen;
}

/** The yen of a contract's prepaid balance that go back to the customer by a discontinuation (第16条); 0 where none do. */
export async function findPrepaidRefund(
  db: Executor,
  contract: { id: string; discontinuationId: string | null },
): Promise<number> {
  if (contract.discontinuationId === null) return 0;
  const [entry] = await db
    .select({ amountYen: prepaidLedger.amountYen })
    .from(prepaidLedger)
    .where(eq(prepaidLedger.key, prepaidRefundKey(contract.discontinuationId, contract.id)));
  return entry === undefined ? 0 : -entry.amountYen;
}
