import { eq } from 'drizzle-orm';
import {
  type Contact,
  type ContactField,
  changedFields,
  needsSecondPerson,
} from '../../../domain/contact/contact.ts';
import type { Database } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { contactChanges, contracts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { billingContactsOf, billingPartyOf } from './billing.ts';
import { type EnteredContactChange, enteredBefore } from './changes.ts';
import type { ContactSubject } from './registered.ts';

const NOBODY: Contact = { name: '', kana: '', email: '', phone: '' };

export interface EnterBillingContact extends ContactSubject {
  /** The command id of the form. */
  changeId: string;
  /** An id that is not there yet adds a contact. */
  billingContactId: string;
  /** Null: it is taken off. */
  contact: Contact | null;
  reason: string;
  enteredBy: string;
}

/**
 * Writes down that a contact for invoices is added, changed or taken off (第6条2項・第12条2項), once for each id. It is decided as
 * changes of the registered contact are: invoices are confidential, so a second person confirms where they go.
 */
export async function enterBillingContact(
  db: Database,
  input: EnterBillingContact,
): Promise<EnteredContactChange> {
  const { changeId, subjectType, subjectId, billingContactId, reason, enteredBy } = input;
  return db.transaction(async (tx) => {
    const earlier = await enteredBefore(tx, input);
    if (earlier !== null) return earlier;
    const party = await billingPartyOf(tx, input);
    if (party === null) return { refused: 'unknown' };
    const known = (await billingContactsOf(tx, party)).find(({ id }) => id === billingContactId);
    const before: Contact = known ?? NOBODY;
    const contact = input.contact ?? pick(before);
    const removes = input.contact === null;
    if (removes && known === undefined) return { refused: 'unchanged' };
    const fields: ContactField[] = removes ? ['email'] : changedFields(before, contact);
    if (fields.length === 0) return { refused: 'unchanged' };
    const [contract] = await tx
      .select({ sandbox: contracts.sandbox })
      .from(contracts)
      .where(eq(contracts.id, subjectId));
    const values = {
      ...{ id: changeId, subjectType, subjectId, billingContactId, removes, ...contact, fields, reason },
      ...{ formerEmail: before.email, needsSecond: needsSecondPerson(fields), enteredBy },
      sandbox: contract?.sandbox ?? false,
    };
    const [change] = await tx
      .insert(contactChanges)
      .values(sealRow(contactChanges, await ownerOf(tx, { subjectType, subjectId }), values))
      .onConflictDoNothing()
      .returning();
    if (change === undefined) return { refused: 'anotherWaits' };
    await recordAudit(tx, {
      ...{ actor: enteredBy, action: 'contact.entered', subjectType, subjectId, commandId: changeId },
      after: { changeId, billingContactId, removes, fields, needsSecond: values.needsSecond },
    });
    return { change };
  });
}

const pick = ({ name, kana, email, phone }: Contact): Contact => ({ name, kana, email, phone });
