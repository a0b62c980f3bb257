import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { type Contact, changedFields, needsSecondPerson } from '../../../domain/contact/contact.ts';
import type { Database, Executor, Transaction } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { applications, contactChanges, contacts, mails } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { recordCarriedOut } from '../command/given.ts';
import { indexContracts } from '../contract/index-for-search.ts';
import { indexApplications } from '../intake/submit-application.ts';
import { registerBillingContact } from './billing.ts';
import { type ContactSubject, registeredContact } from './registered.ts';

export type ContactChangeRow = typeof contactChanges.$inferSelect;

/** One change, or null. */
export async function findContactChange(db: Executor, id: string): Promise<ContactChangeRow | null> {
  const [row] = await db.select().from(contactChanges).where(eq(contactChanges.id, id));
  return row ?? null;
}

/** The changes of a subject's registered contact, or of its contacts for invoices; the newest first. */
export function contactChangesOf(
  db: Executor,
  { subjectType, subjectId }: ContactSubject,
  which: 'registered' | 'invoices',
): Promise<ContactChangeRow[]> {
  const { billingContactId } = contactChanges;
  return db
    .select()
    .from(contactChanges)
    .where(
      and(
        ...[eq(contactChanges.subjectType, subjectType), eq(contactChanges.subjectId, subjectId)],
        which === 'registered' ? isNull(billingContactId) : isNotNull(billingContactId),
      ),
    )
    .orderBy(desc(contactChanges.createdAt));
}

export interface EnterContactChange extends ContactSubject {
  /** The command id of the form. */
  changeId: string;
  contact: Contact;
  reason: string;
  enteredBy: string;
}

export type EnteredContactChange =
  | { change: ContactChangeRow }
  | { refused: 'unknown' | 'unchanged' | 'anotherWaits' };

/** The answer to a form that was sent before; null to a new one. */
export async function enteredBefore(
  tx: Transaction,
  { changeId, subjectId, enteredBy }: { changeId: string; subjectId: string; enteredBy: string },
): Promise<EnteredContactChange | null> {
  const earlier = await findContactChange(tx, changeId);
  if (earlier === null) return null;
  const same = earlier.subjectId === subjectId && earlier.enteredBy === enteredBy;
  return same ? { change: earlier } : { refused: 'unknown' };
}

/** Writes a change down, once for each id; the audit entry names the fields, never what stands in them (第12条2項). */
export async function enterContactChange(
  db: Database,
  input: EnterContactChange,
): Promise<EnteredContactChange> {
  const { changeId, subjectType, subjectId, contact, reason, enteredBy } = input;
  return db.transaction(async (tx) => {
    const earlier = await enteredBefore(tx, input);
    if (earlier !== null) return earlier;
    const registered = await registeredContact(tx, { subjectType, subjectId });
    if (registered === null) return { refused: 'unknown' };
    const fields = changedFields(registered.contact, contact);
    if (fields.length === 0) return { refused: 'unchanged' };
    const needsSecond = needsSecondPerson(fields);
    const [change] = await tx
      .insert(contactChanges)
      .values(
        sealRow(contactChanges, await ownerOf(tx, { subjectType, subjectId }), {
          id: changeId,
          subjectType,
          subjectId,
          ...contact,
          formerEmail: registered.contact.email,
          fields,
          reason,
          needsSecond,
          enteredBy,
          sandbox: registered.sandbox,
        }),
      )
      .onConflictDoNothing()
      .returning();
    if (change === undefined) return { refused: 'anotherWaits' };
    await recordAudit(tx, {
      actor: enteredBy,
      action: 'contact.entered',
      subjectType,
      subjectId,
      after: { changeId, fields, needsSecond },
      commandId: changeId,
    });
    return { change };
  });
}

export interface DecideContactChange {
  changeId: string;
  verdict: 'confirm' | 'reject';
  decidedBy: string;
  commandId: string;
  businessAt: Date;
}

/**
 * Registers the changed contact, or notes that the second person did not agree; once. Says whether the former address
 * should be told: where it changed, and the last mail to it neither was refused nor came back.
 */
export async function decideContactChange(
  db: Database,
  input: DecideContactChange,
): Promise<{ tellFormer: boolean }> {
  const { changeId, verdict, decidedBy, commandId, businessAt } = input;
  return db.transaction(async (tx) => {
    const [change] = await tx
      .select()
      .from(contactChanges)
      .where(eq(contactChanges.id, changeId))
      .for('update');
    if (change === undefined) throw new Error(`contact change ${changeId} does not exist`);
    const effective = verdict === 'confirm';
    if (change.status === 'waiting') {
      const status = effective ? 'effective' : 'rejected';
      await tx
        .update(contactChanges)
        .set({ status, decidedBy, decidedAt: businessAt })
        .where(eq(contactChanges.id, changeId));
      if (effective) await register(tx, change, businessAt);
      // Where one person is enough, their entry is the decision.
      const alone = !change.needsSecond && decidedBy === change.enteredBy;
      await (alone ? recordAudit : recordCarriedOut)(tx, {
        actor: decidedBy,
        action: effective ? 'contact.changed' : 'contact.rejected',
        subjectType: change.subjectType,
        subjectId: change.subjectId,
        after: { changeId, fields: change.fields, enteredBy: change.enteredBy },
        commandId,
        businessAt,
      });
    }
    const moved = effective && change.formerEmail !== '' && change.fields.includes('email');
    return { tellFormer: moved && (await isReachable(tx, change)) };
  });
}

async function register(tx: Transaction, change: ContactChangeRow, at: Date): Promise<void> {
  if (change.billingContactId !== null) return registerBillingContact(tx, change, at);
  const { subjectType, subjectId, name, kana, email, phone } = change;
  const ownerId = await ownerOf(tx, change);
  if (subjectType === 'contract') {
    await tx
      .update(contacts)
      .set(sealRow(contacts, ownerId, { name, kana, email, phone }))
      .where(eq(contacts.contractId, subjectId));
    return indexContracts(tx, [subjectId]);
  }
  const values = { contactName: name, contactKana: kana, contactEmail: email, contactPhone: phone };
  const [row] = await tx
    .update(applications)
    .set(sealRow(applications, ownerId, values))
    .where(eq(applications.id, subjectId))
    .returning();
  if (row !== undefined) await indexApplications(tx, [row]);
}

/** Compared here, not in the database: an address need not be readable there. */
async function isReachable(tx: Executor, change: ContactChangeRow): Promise<boolean> {
  const { subjectType, subjectId, formerEmail } = change;
  const sent = await tx
    .select({ recipient: mails.recipient, status: mails.status })
    .from(mails)
    .where(and(eq(mails.subjectType, subjectType), eq(mails.subjectId, subjectId)))
    .orderBy(desc(mails.createdAt));
  const last = sent.find(({ recipient }) => recipient === formerEmail);
  return last === undefined || (last.status !== 'bounced' && last.status !== 'refused');
}
