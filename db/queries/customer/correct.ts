import { eq } from 'drizzle-orm';
import {
  type CorrectionReason,
  type CustomerEntry,
  changedEntries,
} from '../../../domain/corporation/customer-entry.ts';
import { isLive } from '../../../domain/period/contract.ts';
import type { Database, Executor } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { applicationDocuments, auditEntries, contracts, customers } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { indexContract } from '../contract/index-for-search.ts';

/** A contract's customer as it is registered, and how many contracts it has. */
export interface RegisteredCustomer {
  customerId: string;
  applicationId: string;
  entry: CustomerEntry;
  live: boolean;
  /** All contracts of this customer; those that are live are screened again. */
  contracts: { id: string; live: boolean }[];
}

export async function registeredCustomer(
  db: Executor,
  contractId: string,
): Promise<RegisteredCustomer | null> {
  const [row] = await db
    .select({ customer: customers, applicationId: contracts.applicationId, status: contracts.status })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(eq(contracts.id, contractId));
  if (row === undefined) return null;
  const { customer, applicationId, status } = row;
  const all = await db
    .select({ id: contracts.id, status: contracts.status })
    .from(contracts)
    .where(eq(contracts.customerId, customer.id));
  const { name: companyName, kana: companyKana, postalCode, address, phone } = customer;
  return {
    customerId: customer.id,
    applicationId,
    entry: { companyName, companyKana, postalCode, address, phone },
    live: isLive(status),
    contracts: all.map(({ id, status: each }) => ({ id, live: isLive(each) })),
  };
}

export interface CustomerCorrection {
  /** The command id of the form: a second submit changes nothing. */
  commandId: string;
  contractId: string;
  entry: CustomerEntry;
  reason: CorrectionReason;
  /** Stored files that show why: a 登記事項証明書, a letter. Kept with the contract's application. */
  evidence: readonly { fileName: string; contentType: string; key: string; sha256: string; bytes: number }[];
  enteredBy: string;
}

/**
 * Registers what a customer is called and where it sits from now on, for all its contracts, with the evidence (第5条1項). The
 * audit entry names the fields, never what stands in them (第12条2項). Says which live contracts are concerned.
 */
export async function correctCustomer(
  db: Database,
  correction: CustomerCorrection,
): Promise<{ liveContractIds: string[] } | { refused: 'unknown' | 'ended' | 'unchanged' }> {
  const { commandId, contractId, entry, reason, evidence, enteredBy } = correction;
  return db.transaction(async (tx) => {
    await tx.select().from(contracts).where(eq(contracts.id, contractId)).for('update');
    const registered = await registeredCustomer(tx, contractId);
    if (registered === null) return { refused: 'unknown' };
    const { customerId, applicationId, live } = registered;
    const liveContractIds = registered.contracts.flatMap((each) => (each.live ? [each.id] : []));
    const [earlier] = await tx.select().from(auditEntries).where(eq(auditEntries.commandId, commandId));
    if (earlier !== undefined) return { liveContractIds };
    if (!live) return { refused: 'ended' };
    const fields = changedEntries(registered.entry, entry);
    if (fields.length === 0) return { refused: 'unchanged' };
    const { companyName: name, companyKana: kana, postalCode, address, phone } = entry;
    await tx
      .update(customers)
      .set(sealRow(customers, customerId, { name, kana, postalCode, address, phone }))
      .where(eq(customers.id, customerId));
    for (const { id } of registered.contracts) await indexContract(tx, id);
    if (evidence.length > 0) {
      await tx.insert(applicationDocuments).values(
        evidence.map(({ key, ...file }) =>
          sealRow(applicationDocuments, applicationId, {
            ...file,
            storageKey: key,
            applicationId,
            addedBy: enteredBy,
          }),
        ),
      );
    }
    await recordAudit(tx, {
      actor: enteredBy,
      action: 'customer.corrected',
      subjectType: 'contract',
      subjectId: contractId,
      after: { fields, reason, evidence: evidence.map(({ sha256 }) => sha256) },
      commandId,
    });
    return { liveContractIds };
  });
}
