import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { registerTelephonyAccount } from '../../db/queries/telephony/account.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import { contractRow } from './contract-row.ts';

/** A contract with a subaccount, and what signs its webhooks. */
export async function signedContract(db: Database, changes: Partial<ApplicationInput> = {}) {
  const contractId = await contractRow(db, changes);
  const signer = { account: `AC${randomBytes(16).toString('hex')}`, token: randomBytes(16).toString('hex') };
  await registerTelephonyAccount(db, {
    ...{ contractId, subaccountSid: signer.account, state: 'active', authToken: signer.token },
    ...{ staffId: randomUUID(), commandId: randomUUID() },
  });
  return { contractId, signer };
}
