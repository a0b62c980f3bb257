import { eq, sum } from 'drizzle-orm';
import type { Database, Executor } from '../../client.ts';
import { contracts, type PrepaidEntryKind, prepaidLedger } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

const forfeitureKey = (contractId: string) => `forfeiture/${contractId}`;

/**
 * Forfeits the prepaid balance of a contract that has ended (第10条3項) by a ledger entry, once; gives the yen that were
 * forfeited, 0 where there were none. The balance of the contract follows the ledger.
 */
export async function forfeitPrepaid(
  db: Database,
  input: { contractId: string; endedOn: string; businessAt: Date },
): Promise<number> {
  const { contractId, endedOn: on, businessAt } = input;
  const key = forfeitureKey(contractId);
  return db.transaction(async (tx) => {
    const [contract] = await tx
      .select({ balanceYen: contracts.prepaidBalanceYen })
      .from(contracts)
      .where(eq(contracts.id, contractId))
      .for('update');
    if (contract === undefined) throw new Error(`contract ${contractId} does not exist`);
    const [done] = await tx.select().from(prepaidLedger).where(eq(prepaidLedger.key, key));
    if (done !== undefined) return -done.amountYen;
    const { balanceYen } = contract;
    if (balanceYen === 0) return 0;
    const [ledger] = await tx
      .select({ sumYen: sum(prepaidLedger.amountYen).mapWith(Number) })
      .from(prepaidLedger)
      .where(eq(prepaidLedger.contractId, contractId));
    const unknownYen = balanceYen - (ledger?.sumYen ?? 0);
    const add = (entry: { key: string; kind: PrepaidEntryKind; amountYen: number }) =>
      tx.insert(prepaidLedger).values({ ...entry, contractId, on, businessAt });
    if (unknownYen !== 0) await add({ key: `opening/${contractId}`, kind: 'opening', amountYen: unknownYen });
    await add({ key, kind: 'forfeiture', amountYen: -balanceYen });
    await tx
      .update(contracts)
      .set({ prepaidBalanceYen: 0, updatedAt: new Date() })
      .where(eq(contracts.id, contractId));
    await recordAudit(tx, {
      actor: 'system',
      action: 'prepaid.forfeited',
      subjectType: 'contract',
      subjectId: contractId,
      clause: '第10条3項',
      before: { balanceYen },
      after: { balanceYen: 0 },
      businessAt,
    });
    return balanceYen;
  });
}

/** The yen of a contract's prepaid balance that were forfeited at its end; 0 where there were none. */
export async function findForfeiture(db: Executor, contractId: string): Promise<number> {
  const [entry] = await db
    .select({ amountYen: prepaidLedger.amountYen })
    .from(prepaidLedger)
    .where(eq(prepaidLedger.key, forfeitureKey(contractId)));
  return entry === undefined ? 0 : -entry.amountYen;
}
