import { and, eq, ne } from 'drizzle-orm';
import { telephonyProcess } from '../../../domain/processes/telephony.ts';
import type { Database, Executor } from '../../client.ts';
import { contracts, type TelephonyState, telephonyAccounts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export type TelephonyAccountRow = typeof telephonyAccounts.$inferSelect;

/** The subaccount of a contract, or null where none is registered. */
export async function findTelephonyAccount(
  db: Executor,
  contractId: string,
): Promise<TelephonyAccountRow | null> {
  const [row] = await db.select().from(telephonyAccounts).where(eq(telephonyAccounts.contractId, contractId));
  return row ?? null;
}

/**
 * Registers the subaccount of a contract. `taken`: another contract has it, or this one has another that is not closed.
 * A repeat changes nothing.
 */
export async function registerTelephonyAccount(
  db: Database,
  input: {
    contractId: string;
    subaccountSid: string;
    state: TelephonyState;
    staffId: string;
    commandId: string;
  },
): Promise<'registered' | 'taken'> {
  const { contractId, subaccountSid, state, staffId, commandId } = input;
  return db.transaction(async (tx) => {
    await tx.select({ id: contracts.id }).from(contracts).where(eq(contracts.id, contractId)).for('update');
    const own = await findTelephonyAccount(tx, contractId);
    if (own?.subaccountSid === subaccountSid) return 'registered';
    if (own !== null && own.state !== 'closed') return 'taken';
    const values = { subaccountSid, state, registeredBy: staffId, updatedAt: new Date() };
    const [other] = await tx
      .select({ contractId: telephonyAccounts.contractId })
      .from(telephonyAccounts)
      .where(
        and(eq(telephonyAccounts.subaccountSid, subaccountSid), ne(telephonyAccounts.contractId, contractId)),
      );
    if (other !== undefined) return 'taken';
    await tx
      .insert(telephonyAccounts)
      .values({ contractId, ...values })
      .onConflictDoUpdate({ target: telephonyAccounts.contractId, set: values });
    await recordAudit(tx, {
      actor: staffId,
      action: 'telephony.registered',
      subjectType: 'contract',
      subjectId: contractId,
      after: { state, replaced: own !== null },
      commandId,
    });
    return 'registered';
  });
}

/** Notes the state of a contract's subaccount, with an audit entry where it is another one. */
export async function recordTelephonyState(
  db: Database,
  input: { contractId: string; state: TelephonyState; clause: string; businessAt: Date },
): Promise<void> {
  const { contractId, state, clause, businessAt } = input;
  await db.transaction(async (tx) => {
    const [moved] = await tx
      .update(telephonyAccounts)
      .set({ state, updatedAt: new Date() })
      .where(and(eq(telephonyAccounts.contractId, contractId), ne(telephonyAccounts.state, state)))
      .returning({ contractId: telephonyAccounts.contractId });
    if (moved === undefined) return;
    await recordAudit(tx, {
      actor: 'system',
      action: telephonyProcess.statuses.telephony[state].audit,
      subjectType: 'contract',
      subjectId: contractId,
      clause,
      businessAt,
    });
  });
}
