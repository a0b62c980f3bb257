import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type {
  NoticeAudience,
  NoticeCause,
  NoticeClass,
  NoticeStatus,
  RecipientState,
} from '../../domain/notice/notice.ts';
import { at, civilDay, createdAt, id } from './columns.ts';
import { contracts } from './contracts.ts';

/** Notices to customers (第6条4項, 第15条, 第16条, 第17条): what is said, to whom, by which ways, and how far it is. */
export const notices = pgTable(
  'notices',
  {
    id: id(),
    /** Of the form that made it, or of its cause: a repeat makes no second notice. */
    creationKey: text('creation_key').notNull(),
    title: text('title').notNull(),
    noticeClass: text('notice_class').$type<NoticeClass>().notNull(),
    causeType: text('cause_type').$type<NoticeCause>().notNull(),
    causeId: uuid('cause_id'),
    /** Which of several notices about one cause this is: `announcement`, `cancelled`, … */
    causeStep: text('cause_step').notNull().default(''),
    /** Templates of the mail (domain/notice/notice-template.ts). */
    subjectLine: text('subject_line').notNull(),
    body: text('body').notNull(),
    /** Template of the web posting: for everyone, so without placeholders of a recipient. */
    postingText: text('posting_text').notNull().default(''),
    /** Values of the cause's placeholders that are the same for everyone. */
    values: jsonb('values').$type<Record<string, string>>().notNull().default({}),
    /** Placeholders whose value each contract has of its own, in `notice_audience`. */
    contractValueNames: jsonb('contract_value_names').$type<string[]>().notNull().default([]),
    audience: text('audience').$type<NoticeAudience>().notNull(),
    planCode: text('plan_code'),
    /** Sandbox contracts or live ones, never both. */
    sandbox: boolean('sandbox').notNull(),
    byMail: boolean('by_mail').notNull(),
    postOnWeb: boolean('post_on_web').notNull(),
    /** When it was posted on the web: evidence (第17条3項). */
    postedAt: at('posted_at'),
    status: text('status').$type<NoticeStatus>().notNull().default('draft'),
    /** Goes up with every edit: an approval is of the version that was seen. */
    version: integer('version').notNull().default(1),
    createdBy: text('created_by').notNull(),
    /** The two people who approved it. */
    reviewedBy: text('reviewed_by'),
    approvedBy: text('approved_by'),
    approvedAt: at('approved_at'),
    /** Recipients when they were frozen. */
    recipientCount: integer('recipient_count'),
    /** Hash of the texts and values at the final approval. */
    contentSha256: text('content_sha256'),
    sendingFrom: at('sending_from'),
    finishedAt: at('finished_at'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('notices_creation').on(t.creationKey),
    index('notices_cause').on(t.causeType, t.causeId),
    index('notices_list').on(t.createdAt),
    index('notices_posted').on(t.postedAt),
  ],
);

/** The contracts that a notice names, and what its text says about one contract alone. */
export const noticeAudience = pgTable(
  'notice_audience',
  {
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => notices.id),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    values: jsonb('values').$type<Record<string, string>>().notNull().default({}),
  },
  (t) => [primaryKey({ columns: [t.noticeId, t.contractId] })],
);

/** Recipients as they were frozen, in the order in which they are sent to, each with what became of it. */
export const noticeRecipients = pgTable(
  'notice_recipients',
  {
    noticeId: uuid('notice_id')
      .notNull()
      .references(() => notices.id),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** From 0 without gaps: a page of a campaign is a range of positions. */
    position: integer('position').notNull(),
    state: text('state').$type<RecipientState>().notNull(),
    /** Goes up when staff send again to one who was not reached: another mail with a key of its own. */
    round: integer('round').notNull().default(1),
    /** When the customer's server took the mail: business time, the test clock's for a sandbox notice. */
    acceptedAt: at('accepted_at'),
    /** Day of the letter that told it instead (JST). */
    letterSentOn: civilDay('letter_sent_on'),
    letterRecordedBy: text('letter_recorded_by'),
    /** Hash of the mail's source as it was sent. */
    mailSha256: text('mail_sha256'),
  },
  (t) => [
    primaryKey({ columns: [t.noticeId, t.contractId] }),
    uniqueIndex('notice_recipients_position').on(t.noticeId, t.position),
    index('notice_recipients_state').on(t.noticeId, t.state, t.position),
    index('notice_recipients_contract').on(t.contractId),
  ],
);
