import { bigint, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { SubjectType } from '../../domain/processes/index.ts';
import { at, createdAt, id, sealedText } from './columns.ts';

export type IncomingMailStatus = 'open' | 'done';

/**
 * Mails in the mailbox of delivery reports that no rule understood, for a person to read: a customer's answer, a report about
 * no mail that we know, a mail that cannot be read. The mail itself stays unread in the mailbox until somebody is done with it.
 */
export const incomingMails = pgTable(
  'incoming_mails',
  {
    id: id(),
    /** The mailbox's own name for itself (UIDVALIDITY) and for the mail in it. */
    mailbox: text('mailbox').notNull(),
    uid: bigint('uid', { mode: 'number' }).notNull(),
    /** What it was taken for: a bounce that is about no mail of ours, a complaint, a mail, or unreadable. */
    kind: text('kind').$type<'bounce' | 'report' | 'mail' | 'unreadable'>().notNull(),
    /** Why it was not read or not kept, in Japanese; '' otherwise. Fixed words, nothing of the mail. */
    reason: text('reason').notNull().default(''),
    sender: sealedText('sender', 'email').notNull(),
    subjectLine: sealedText('subject_line', 'freeText').notNull(),
    /** When it arrived, where the mail says so for certain. */
    arrivedAt: at('arrived_at'),
    /** The mail byte for byte; without its attachments where the guard refused one; null where nothing may be kept (第21条). */
    storageKey: text('storage_key'),
    sha256: text('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    /** Of the mail of ours that it answers; null where nobody can tell. */
    subjectType: text('subject_type').$type<SubjectType>(),
    subjectId: uuid('subject_id'),
    status: text('status').$type<IncomingMailStatus>().notNull().default('open'),
    handledBy: text('handled_by'),
    handledAt: at('handled_at'),
    /** What was done about it, in the words of who did. */
    note: sealedText('note', 'freeText').notNull(),
    /** When the mail was marked as read in the mailbox. */
    markedReadAt: at('marked_read_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('incoming_mails_place').on(t.mailbox, t.uid),
    index('incoming_mails_list').on(t.status, t.createdAt),
    index('incoming_mails_subject').on(t.subjectType, t.subjectId),
  ],
);
