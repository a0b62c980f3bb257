import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { MailKind, SubjectType } from '../../domain/processes/index.ts';
import type { mailProcess } from '../../domain/processes/mail.ts';
import { at, createdAt, id, sealedText } from './columns.ts';

export type MailStatus = keyof typeof mailProcess.statuses.mail;

/** Mail about contracts, and mail that advertises, which can be opted out of (第14条). */
export type MailClass = 'contract' | 'advertising';

/** Every mail to a customer or applicant, one row for each business key, with the server's answer as evidence. */
export const mails = pgTable(
  'mails',
  {
    id: id(),
    /** From the business: `certificate/<contract>/<cause>`, `acceptance/<application>`. */
    key: text('key').notNull(),
    kind: text('kind').$type<MailKind>().notNull(),
    mailClass: text('mail_class').$type<MailClass>().notNull().default('contract'),
    subjectType: text('subject_type').$type<SubjectType>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    recipient: sealedText('recipient', 'email').notNull(),
    messageId: text('message_id').notNull(),
    subjectLine: sealedText('subject_line', 'freeText').notNull(),
    /** Where the mail as sent is kept (storage key of the message source). */
    storageKey: text('storage_key'),
    /** What it was composed from, ids and dates only, so that it can be composed again for another address. */
    input: jsonb('input').$type<Record<string, unknown>>(),
    status: text('status').$type<MailStatus>().notNull().default('queued'),
    attempts: integer('attempts').notNull().default(0),
    /** When it was last handed to a server. */
    triedAt: at('tried_at'),
    serverAnswer: sealedText('server_answer', 'freeText').notNull().default(''),
    /** When the server said the last thing that it said, whatever it was. */
    answeredAt: at('answered_at'),
    acceptedAt: at('accepted_at'),
    /** Ids in the server's answer: a relay may send the mail on, and report about it, under one of them. */
    relayIds: text('relay_ids').array().notNull().default([]),
    bouncedAt: at('bounced_at'),
    /** The report's status code, for example 5.1.1. */
    bounceStatus: text('bounce_status').notNull().default(''),
    /** What the server that bounced it said. */
    bounceAnswer: sealedText('bounce_answer', 'freeText').notNull().default(''),
    /** The business time of the mail: the test clock's for a sandbox contract. */
    businessAt: at('business_at').notNull(),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('mails_key').on(t.key),
    uniqueIndex('mails_message_id').on(t.messageId),
    index('mails_relay_ids').using('gin', t.relayIds),
    index('mails_subject').on(t.subjectType, t.subjectId),
  ],
);
