import { type ContactChangeRow, findContactChange } from '../../db/queries/contact/changes.ts';
import { type RegisteredContact, registeredContact } from '../../db/queries/contact/registered.ts';
import { findPartner } from '../../db/queries/partner/read.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { CONTACT_LABELS, type ContactField } from '../../domain/contact/contact.ts';
import { bankAccountChanged, contactChanged, contactMoved } from '../../templates/mail/contact.ts';
import { type ComposedMail, type ComposePorts, missing, senderOf } from './composed-mail.ts';
import type { MailInput } from './index.ts';

/** Tells the registered contact that it changed, or the address of before that mail goes elsewhere now (第12条2項). */
export async function composeContactMail(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  const change =
    input.contactChangeId === undefined ? null : await findContactChange(ports.db, input.contactChangeId);
  if (change === null) throw missing('contact change');
  const registered =
    change.subjectType === 'partner'
      ? await contactOfPartner(ports, change)
      : await registeredContact(ports.db, change);
  if (registered === null) throw missing(`${change.subjectType} ${change.subjectId}`);
  const { companyName, contact, sandbox } = registered;
  const sender = senderOf(ports, sandbox);
  const changedOn = jstDate(input.businessMs);
  if (input.toFormer === true) {
    const mail = contactMoved({ sender, recipient: { companyName }, changedOn });
    return { ...mail, to: change.formerEmail, sandbox, attachments: [] };
  }
  const mail = contactChanged({
    sender,
    recipient: { companyName, ...(contact.name === '' ? {} : { personName: contact.name }) },
    changedOn,
    fields: fieldNames(change),
  });
  return { ...mail, to: contact.email, sandbox, attachments: [] };
}

/** A partner has no registered contact: whoever is written to in future, or was until now, is told. */
async function contactOfPartner(
  { db }: ComposePorts,
  change: ContactChangeRow,
): Promise<RegisteredContact | null> {
  const partner = await findPartner(db, change.subjectId);
  if (partner === null) return null;
  const { name, kana, email, phone, sandbox } = change;
  return { contact: { name, kana, email, phone }, companyName: partner.details.name, sandbox };
}

function fieldNames({ billingContactId, removes, formerEmail, fields }: ContactChangeRow): string[] {
  if (billingContactId === null) return fields.map((field) => CONTACT_LABELS[field as ContactField]);
  if (removes) return ['請求書の送付先（取りやめ）'];
  if (formerEmail === '') return ['請求書の送付先（追加）'];
  return fields.map((field) => `請求書の送付先の${CONTACT_LABELS[field as ContactField]}`);
}

/** Tells the registered contact of an account for refunds that was entered (第16条). */
export async function composeAccountMail(ports: ComposePorts, input: MailInput): Promise<ComposedMail> {
  const registered = await registeredContact(ports.db, {
    subjectType: 'contract',
    subjectId: input.subjectId,
  });
  if (registered === null) throw missing(`contract ${input.subjectId}`);
  const { companyName, contact, sandbox } = registered;
  const mail = bankAccountChanged({
    sender: senderOf(ports, sandbox),
    recipient: { companyName, ...(contact.name === '' ? {} : { personName: contact.name }) },
    changedOn: jstDate(input.businessMs),
  });
  return { ...mail, to: contact.email, sandbox, attachments: [] };
}
