import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import type { OptOutWay } from '../../schema/contacts.ts';
import { contacts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

/**
 * Notes that a contact wants no more mail that advertises (第14条); one who said so before stays as it was. `unknown` when
 * there is no such contact (any more).
 */
export async function optOut(
  db: Database,
  input: { contactId: string; how: OptOutWay; actor: string; at: Date },
): Promise<'recorded' | 'known' | 'unknown'> {
  const { contactId, how, actor, at } = input;
  return db.transaction(async (tx) => {
    const [contact] = await tx
      .update(contacts)
      .set({ optedOutAt: at, optedOutHow: how })
      .where(and(eq(contacts.id, contactId), isNull(contacts.optedOutAt)))
      .returning({ contractId: contacts.contractId });
    if (contact === undefined) {
      const [there] = await tx.select({ id: contacts.id }).from(contacts).where(eq(contacts.id, contactId));
      return there === undefined ? 'unknown' : 'known';
    }
    await recordAudit(tx, {
      actor,
      action: 'contact.optedOut',
      subjectType: 'contract',
      subjectId: contact.contractId,
      after: { contactId, how },
    });
    return 'recorded';
  });
}

/** Takes an opt-out back, because the customer asked staff to. False when there is none. */
export async function optIn(db: Database, input: { contactId: string; actor: string }): Promise<boolean> {
  const { contactId, actor } = input;
  return db.transaction(async (tx) => {
    const [contact] = await tx
      .update(contacts)
      .set({ optedOutAt: null, optedOutHow: null })
      .where(and(eq(contacts.id, contactId), isNotNull(contacts.optedOutAt)))
      .returning({ contractId: contacts.contractId });
    if (contact === undefined) return false;
    await recordAudit(tx, {
      actor,
      action: 'contact.optedIn',
      subjectType: 'contract',
      subjectId: contact.contractId,
      after: { contactId },
    });
    return true;
  });
}
