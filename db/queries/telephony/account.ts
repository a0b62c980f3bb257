import { and, eq, getTableColumns, ne, notInArray } from 'drizzle-orm';
import { telephonyProcess } from '../../../domain/processes/telephony.ts';
import type { Database, Executor } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { contracts, type TelephonyState, telephonyAccounts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { tellProvisioning } from './tell.ts';

const { authToken: _secret, ...shown } = getTableColumns(telephonyAccounts);

/** Without the secret, which only signatures need. */
export type TelephonyAccountRow = Omit<typeof telephonyAccounts.$inferSelect, 'authToken'>;

/** The subaccount of a contract, or null where none is registered. */
export async function findTelephonyAccount(
  db: Executor,
  contractId: string,
): Promise<TelephonyAccountRow | null> {
  const [row] = await db
    .select(shown)
    .from(telephonyAccounts)
    .where(eq(telephonyAccounts.contractId, contractId));
  return row ?? null;
}

/** The contract of a subaccount and the token that signs what the provider tells of it; null where either is not known. */
export async function findSigner(
  db: Executor,
  subaccountSid: string,
): Promise<{ contractId: string; authToken: string } | null> {
  const { contractId, authToken } = telephonyAccounts;
  const [row] = await db
    .select({ contractId, authToken })
    .from(telephonyAccounts)
    .where(eq(telephonyAccounts.subaccountSid, subaccountSid));
  return row === undefined || row.authToken === '' ? null : row;
}

/** Keeps the token of a contract's subaccount as the provider has it now. */
export async function keepAuthToken(
  tx: Executor,
  { contractId, authToken }: { contractId: string; authToken: string },
): Promise<void> {
  const [contract] = await tx
    .select({ applicationId: contracts.applicationId })
    .from(contracts)
    .where(eq(contracts.id, contractId));
  if (contract === undefined || authToken === '') return;
  await tx
    .update(telephonyAccounts)
    .set(sealRow(telephonyAccounts, contract.applicationId, { authToken }))
    .where(eq(telephonyAccounts.contractId, contractId));
}

/** What was known of the subaccount before. */
const ANEW = { authToken: '', listedThrough: null, listedAt: null, listFailures: 0 };

/**
 * Registers the subaccount of a contract. `taken`: another contract has it, or this one has another that is not closed.
 * A repeat changes nothing.
 */
export async function registerTelephonyAccount(
  db: Executor,
  input: {
    contractId: string;
    subaccountSid: string;
    state: TelephonyState;
    /** '' where the provider was not asked. */
    authToken?: string;
    staffId: string;
    commandId: string;
  },
): Promise<'registered' | 'taken'> {
  const { contractId, subaccountSid, state, authToken = '', staffId, commandId } = input;
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
      .onConflictDoUpdate({ target: telephonyAccounts.contractId, set: { ...values, ...ANEW } });
    await keepAuthToken(tx, { contractId, authToken });
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

/**
 * Notes the state of a contract's subaccount, with an audit entry where it is another one. That the provider stopped it by itself
 * shows as `suspended` there too: it stays on record until it is seen active or closed.
 */
export async function recordTelephonyState(
  db: Database,
  input: { contractId: string; state: TelephonyState; clause: string; businessAt: Date },
): Promise<void> {
  const { contractId, state, clause, businessAt } = input;
  const covered: TelephonyState[] = state === 'suspended' ? ['suspended', 'suspendedByProvider'] : [state];
  await db.transaction(async (tx) => {
    const [moved] = await tx
      .update(telephonyAccounts)
      .set({ state, updatedAt: new Date() })
      .where(and(eq(telephonyAccounts.contractId, contractId), notInArray(telephonyAccounts.state, covered)))
      .returning({ contractId: telephonyAccounts.contractId });
    if (moved === undefined) return;
    await tellProvisioning(tx, contractId, `${state}/${businessAt.getTime()}`);
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
