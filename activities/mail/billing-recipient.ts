import { findBillingContact } from '../../db/queries/contact/billing.ts';
import type { ContractMail } from '../../templates/mail/contract.ts';
import { type ComposedMail, type ComposePorts, missing } from './composed-mail.ts';
import type { MailInput } from './index.ts';

/** Whom a mail about money goes to: the contact for invoices that is named, else the registered contact, as `base` has it. */
export async function billingRecipient(
  { db }: ComposePorts,
  { billingContactId }: MailInput,
  base: ContractMail,
): Promise<{
  recipient: ContractMail['recipient'];
  to: Partial<Pick<ComposedMail, 'to'>>;
  /** It is a contact of a partner. */
  ofPartner: boolean;
}> {
  if (billingContactId === undefined) return { recipient: base.recipient, to: {}, ofPartner: false };
  const contact = await findBillingContact(db, billingContactId);
  if (contact === null) throw missing(`contact ${billingContactId}`);
  const { companyName, partnerId } = contact;
  return {
    recipient: { companyName, personName: contact.contact.name },
    to: { to: contact.contact.email },
    ofPartner: partnerId !== null,
  };
}
