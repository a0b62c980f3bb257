import { findContactChange } from '../../db/queries/contact/changes.ts';
import { registeredContact } from '../../db/queries/contact/registered.ts';
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
  const registered = await registeredContact(ports.db, change);
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
    fields: change.fields.map((field) => CONTACT_LABELS[field as ContactField]),
  });
  return { ...mail, to: contact.email, sandbox, attachments: [] };
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
