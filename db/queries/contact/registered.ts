import { eq } from 'drizzle-orm';
import type { Contact } from '../../../domain/contact/contact.ts';
import type { Executor } from '../../client.ts';
import { applications, contacts, contracts, customers } from '../../schema/index.ts';

/** What has contacts: a contract, an application that became none yet, a partner (contacts for invoices alone). */
export interface ContactSubject {
  subjectType: 'contract' | 'application' | 'partner';
  subjectId: string;
}

export interface RegisteredContact {
  contact: Contact;
  companyName: string;
  sandbox: boolean;
}

/** Who is registered now, or null where the subject does not exist. */
export async function registeredContact(
  db: Executor,
  { subjectType, subjectId }: ContactSubject,
): Promise<RegisteredContact | null> {
  if (subjectType === 'partner') return null;
  if (subjectType === 'application') {
    const [row] = await db.select().from(applications).where(eq(applications.id, subjectId));
    if (row === undefined) return null;
    const { contactName: name, contactKana: kana, contactEmail: email, contactPhone: phone } = row;
    return { contact: { name, kana, email, phone }, companyName: row.companyName, sandbox: row.sandbox };
  }
  const [row] = await db
    .select({ contact: contacts, companyName: customers.name, sandbox: contracts.sandbox })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .innerJoin(contacts, eq(contacts.contractId, contracts.id))
    .where(eq(contracts.id, subjectId));
  if (row === undefined) return null;
  const { name, kana, email, phone } = row.contact;
  return { contact: { name, kana, email, phone }, companyName: row.companyName, sandbox: row.sandbox };
}
