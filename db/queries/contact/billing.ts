import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Contact } from '../../../domain/contact/contact.ts';
import type { Executor, Transaction } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { billingContacts, type contactChanges, contracts, customers } from '../../schema/index.ts';
import { findPartner } from '../partner/read.ts';

/** Whose contacts for invoices they are. */
export type BillingParty = { customerId: string } | { partnerId: string };

export type BillingContactRow = typeof billingContacts.$inferSelect;

/** The contacts for invoices of a customer or partner, the oldest first; those that were taken off are not among them. */
export function billingContactsOf(db: Executor, party: BillingParty): Promise<BillingContactRow[]> {
  const own =
    'customerId' in party
      ? eq(billingContacts.customerId, party.customerId)
      : eq(billingContacts.partnerId, party.partnerId);
  return db
    .select()
    .from(billingContacts)
    .where(and(own, isNull(billingContacts.removedAt)))
    .orderBy(asc(billingContacts.createdAt), asc(billingContacts.id));
}

/** Whose contacts are changed from a contract or a partner; null where that does not exist. */
export async function billingPartyOf(
  db: Executor,
  { subjectType, subjectId }: { subjectType: string; subjectId: string },
): Promise<BillingParty | null> {
  if (subjectType === 'partner') {
    return (await findPartner(db, subjectId)) === null ? null : { partnerId: subjectId };
  }
  const [row] = await db
    .select({ customerId: contracts.customerId })
    .from(contracts)
    .where(eq(contracts.id, subjectId));
  return row ?? null;
}

/** A contact for invoices with the company that it is of, or null. */
export async function findBillingContact(
  db: Executor,
  id: string,
): Promise<{ contact: Contact; companyName: string; partnerId: string | null } | null> {
  const [row] = await db
    .select({ contact: billingContacts, companyName: customers.name })
    .from(billingContacts)
    .leftJoin(customers, eq(customers.id, billingContacts.customerId))
    .where(eq(billingContacts.id, id));
  if (row === undefined) return null;
  const { name, kana, email, phone, partnerId } = row.contact;
  const partner = partnerId === null ? null : await findPartner(db, partnerId);
  return {
    contact: { name, kana, email, phone },
    companyName: partner?.details.name ?? row.companyName ?? '',
    partnerId,
  };
}

/** A change of a contact for invoices that was confirmed holds from now on. */
export async function registerBillingContact(
  tx: Transaction,
  change: typeof contactChanges.$inferSelect,
  at: Date,
): Promise<void> {
  const { billingContactId: id, removes, name, kana, email, phone } = change;
  const party = await billingPartyOf(tx, change);
  if (id === null || party === null) return;
  if (removes) {
    await tx.update(billingContacts).set({ removedAt: at }).where(eq(billingContacts.id, id));
    return;
  }
  const ownerId = 'customerId' in party ? party.customerId : party.partnerId;
  const values = sealRow(billingContacts, ownerId, { name, kana, email, phone });
  await tx
    .insert(billingContacts)
    .values({ id, ...party, ...values })
    .onConflictDoUpdate({ target: billingContacts.id, set: values });
}
