import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { contactChangeProcess } from '../../domain/processes/contact-change.ts';
import { at, createdAt, sealedText } from './columns.ts';

export type ContactChangeStatus = keyof typeof contactChangeProcess.statuses.contactChange;

/**
 * Changes of a registered contact (第12条2項), of a contract or of an application that is still under way, and of contacts
 * for invoices (第6条2項), entered on a contract of their customer or on a partner. The id is the
 * command id of the form, so that a double submit is one change. One at a time waits for each subject.
 */
export const contactChanges = pgTable(
  'contact_changes',
  {
    id: uuid('id').primaryKey(),
    subjectType: text('subject_type').$type<'contract' | 'application' | 'partner'>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** The contact for invoices that it changes, or adds under this id; null: the registered contact. */
    billingContactId: uuid('billing_contact_id'),
    /** It is taken off the contacts for invoices. */
    removes: boolean('removes').notNull().default(false),
    name: sealedText('name', 'personName').notNull(),
    kana: sealedText('kana', 'personName').notNull(),
    email: sealedText('email', 'email').notNull(),
    phone: sealedText('phone', 'phone').notNull(),
    /** The address until then: told of the change, unless mail to it came back. */
    formerEmail: sealedText('former_email', 'email').notNull(),
    /** Names of the fields that differ. */
    fields: text('fields').array().notNull(),
    reason: sealedText('reason', 'freeText').notNull(),
    /** A changed mail address needs a second person: confidential documents go there. */
    needsSecond: boolean('needs_second').notNull(),
    status: text('status').$type<ContactChangeStatus>().notNull().default('waiting'),
    enteredBy: uuid('entered_by').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: at('decided_at'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('contact_changes_subject').on(t.subjectType, t.subjectId, t.createdAt),
    uniqueIndex('contact_changes_waiting').on(t.subjectType, t.subjectId).where(sql`status = 'waiting'`),
  ],
);
