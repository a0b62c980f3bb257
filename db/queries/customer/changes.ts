import { desc, eq } from 'drizzle-orm';
import {
  type CustomerValues,
  changedCustomerFields,
  isCertified,
  namesRepresentative,
} from '../../../domain/corporation/customer.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { customerChanges, customers } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { recordCarriedOut } from '../command/given.ts';
import { indexContracts } from '../contract/index-for-search.ts';
import { currentPeople, writeOfficerChange } from '../officers/change.ts';
import { contractIdsOf, liveContractsOf, registeredCustomer } from './registered.ts';

export type CustomerChangeRow = typeof customerChanges.$inferSelect;

/** One change, or null. */
export async function findCustomerChange(db: Executor, id: string): Promise<CustomerChangeRow | null> {
  const [row] = await db.select().from(customerChanges).where(eq(customerChanges.id, id));
  return row ?? null;
}

/** The changes of a customer, newest first. */
export function customerChangesOf(db: Executor, customerId: string): Promise<CustomerChangeRow[]> {
  return db
    .select()
    .from(customerChanges)
    .where(eq(customerChanges.customerId, customerId))
    .orderBy(desc(customerChanges.createdAt));
}

export interface EnterCustomerChange {
  /** The command id of the form. */
  changeId: string;
  contractId: string;
  values: CustomerValues;
  reason: string;
  storageKey: string;
  enteredBy: string;
}

export type EnteredCustomerChange =
  | { change: CustomerChangeRow }
  | { refused: 'unknown' | 'over' | 'unchanged' | 'anotherWaits' };

/** Writes a change down, once for each id; the audit entry names the fields, never what stands in them (第12条2項). */
export async function enterCustomerChange(
  db: Database,
  input: EnterCustomerChange,
): Promise<EnteredCustomerChange> {
  const { changeId, contractId, values, reason, storageKey, enteredBy } = input;
  return db.transaction(async (tx) => {
    const earlier = await findCustomerChange(tx, changeId);
    if (earlier !== null) {
      const same = earlier.contractId === contractId && earlier.enteredBy === enteredBy;
      return same ? { change: earlier } : { refused: 'unknown' };
    }
    const registered = await registeredCustomer(tx, contractId);
    if (registered === null) return { refused: 'unknown' };
    if (!registered.live) return { refused: 'over' };
    const fields = changedCustomerFields(registered.values, values);
    if (fields.length === 0) return { refused: 'unchanged' };
    const { customerId, sandbox, values: before } = registered;
    const row = { id: changeId, customerId, contractId, before, after: values, fields, reason, storageKey };
    const [change] = await tx
      .insert(customerChanges)
      .values(sealRow(customerChanges, customerId, { ...row, enteredBy, sandbox }))
      .onConflictDoNothing()
      .returning();
    if (change === undefined) return { refused: 'anotherWaits' };
    await recordAudit(tx, {
      actor: enteredBy,
      action: 'customer.entered',
      subjectType: 'contract',
      subjectId: contractId,
      after: { changeId, fields },
      commandId: changeId,
    });
    return { change };
  });
}

/** Where the evidence of a change is kept, for a member of staff; the look is recorded. Null when there is none. */
export async function openCustomerEvidence(
  db: Database,
  input: { contractId: string; changeId: string; actor: string },
): Promise<string | null> {
  const { contractId, changeId, actor } = input;
  return db.transaction(async (tx) => {
    const change = await findCustomerChange(tx, changeId);
    if (change === null || change.contractId !== contractId || change.storageKey === null) return null;
    await recordAudit(tx, {
      actor,
      action: 'document.downloaded',
      subjectType: 'contract',
      subjectId: contractId,
      clause: '第20条',
      after: { changeId },
    });
    return change.storageKey;
  });
}

export interface DecideCustomerChange {
  changeId: string;
  verdict: 'confirm' | 'reject';
  decidedBy: string;
  commandId: string;
  businessAt: Date;
}

/** Whom a change concerns once it holds: the customer's live contracts that do not state it already. */
export interface CustomerChangeEffect {
  contractIds: string[];
  /** Whether their certificates state what changed. */
  certified: boolean;
}

/** Registers the changed values, or notes that the second person did not agree; once. */
export async function decideCustomerChange(
  db: Database,
  input: DecideCustomerChange,
): Promise<CustomerChangeEffect> {
  const { changeId, verdict, decidedBy, commandId, businessAt } = input;
  return db.transaction(async (tx) => {
    const [change] = await tx
      .select()
      .from(customerChanges)
      .where(eq(customerChanges.id, changeId))
      .for('update');
    if (change === undefined) throw new Error(`customer change ${changeId} does not exist`);
    const effective = verdict === 'confirm';
    if (change.status === 'waiting') {
      await tx
        .update(customerChanges)
        .set({ status: effective ? 'effective' : 'rejected', decidedBy, decidedAt: businessAt })
        .where(eq(customerChanges.id, changeId));
      if (effective) await register(tx, change);
      // What an application brought was decided with it, by two people.
      const withIt = change.applicationId !== null && decidedBy === change.enteredBy;
      await (withIt ? recordAudit : recordCarriedOut)(tx, {
        actor: decidedBy,
        action: effective ? 'customer.changed' : 'customer.rejected',
        subjectType: 'contract',
        subjectId: change.contractId,
        after: { changeId, fields: change.fields, enteredBy: change.enteredBy },
        commandId,
        businessAt,
      });
    }
    if (!effective) return { contractIds: [], certified: false };
    // The contract that was concluded with it has its first certificate, and its acceptance, by the new values.
    const concerned = (await liveContractsOf(tx, change.customerId)).filter(
      ({ contractId }) => change.applicationId === null || contractId !== change.contractId,
    );
    return {
      contractIds: concerned.map(({ contractId }) => contractId),
      certified: isCertified(change.fields),
    };
  });
}

/**
 * What another application of a known corporation says otherwise than the record, once two people have accepted it
 * (第4条4項): the record follows, what was before is kept with its date. Null where nothing differs.
 */
export async function takeOverFromApplication(
  tx: Transaction,
  input: { applicationId: string; contractId: string; values: CustomerValues; businessAt: Date },
  registered: { customerId: string; sandbox: boolean; values: CustomerValues },
): Promise<{ changeId: string } | null> {
  const { applicationId, contractId, values, businessAt } = input;
  const fields = changedCustomerFields(registered.values, values);
  if (fields.length === 0) return null;
  const changeId = nameUuid(`customer change/${applicationId}`);
  const { customerId, sandbox, values: before } = registered;
  const [change] = await tx
    .insert(customerChanges)
    .values(
      sealRow(customerChanges, customerId, {
        ...{ id: changeId, customerId, contractId, applicationId, before, after: values, fields, sandbox },
        reason: '承諾された申込の記載',
        enteredBy: 'applicant',
        ...{ status: 'effective' as const, decidedBy: 'system', decidedAt: businessAt },
      }),
    )
    .returning();
  if (change === undefined) throw new Error('the customer change was not stored');
  await register(tx, change);
  await recordAudit(tx, {
    actor: 'system',
    action: 'customer.changed',
    subjectType: 'contract',
    subjectId: contractId,
    after: { changeId, fields, applicationId },
    businessAt,
  });
  return { changeId };
}

async function register(tx: Transaction, change: CustomerChangeRow): Promise<void> {
  const { customerId, fields, after } = change;
  const { companyName: name, companyKana: kana, postalCode, address, phone } = after;
  await tx
    .update(customers)
    .set(sealRow(customers, customerId, { name, kana, postalCode, address, phone }))
    .where(eq(customers.id, customerId));
  await indexContracts(tx, await contractIdsOf(tx, customerId));
  if (!namesRepresentative(fields)) return;
  for (const { contractId, applicationId } of await liveContractsOf(tx, customerId)) {
    if (applicationId === change.applicationId) continue;
    const { officersText = '' } = (await currentPeople(tx, contractId)) ?? {};
    const { representativeName, representativeKana } = after;
    await writeOfficerChange(tx, {
      changeId: nameUuid(`customer change/${change.id}/${contractId}`),
      ...{ contractId, applicationId, reason: change.reason, enteredBy: change.enteredBy },
      people: { representativeName, representativeKana, officersText },
    });
  }
}
