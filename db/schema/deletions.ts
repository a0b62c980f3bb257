import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type {
  DeletionStatus,
  DoneStep,
  DueKind,
  HoldStatus,
  Leftover,
  ProofMail,
} from '../../domain/data/deletion.ts';
import { applications } from './applications.ts';
import { at, civilDay, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/** The deletion of an ended contract's data (第22条6項): how far it is, what it removed, what it found afterwards. */
export const deletions = pgTable('deletions', {
  contractId: uuid('contract_id')
    .primaryKey()
    .references(() => contracts.id),
  status: text('status').$type<DeletionStatus>().notNull().default('waiting'),
  endedOn: civilDay('ended_on').notNull(),
  dueOn: civilDay('due_on').notNull(),
  /** From then on nothing is undone, and no hold can be set any more. */
  begunAt: at('begun_at'),
  steps: jsonb('steps').$type<DoneStep[]>().notNull().default([]),
  /** Places where the search found something, by store; never what it found. */
  leftovers: jsonb('leftovers').$type<Leftover[]>().notNull().default([]),
  /** Business day on which the rows went. */
  deletedOn: civilDay('deleted_on'),
  verifiedAt: at('verified_at'),
  proofDocumentId: uuid('proof_document_id'),
  proofMail: text('proof_mail').$type<ProofMail>(),
  doneAt: at('done_at'),
  sandbox: boolean('sandbox').notNull(),
  createdAt: createdAt(),
});

/**
 * What the search afterwards looks for, and the address of the proof: gathered before the rows go, deleted with the last step.
 * Encrypted under a key of its own, which goes with it (docs/decisions/011).
 */
export const deletionNeedles = pgTable('deletion_needles', {
  contractId: uuid('contract_id')
    .primaryKey()
    .references(() => contracts.id),
  keyId: uuid('key_id').notNull(),
  needles: sealedText('needles', 'freeText').notNull(),
  createdAt: createdAt(),
});

/** A stored file, a mail of the outbox by its message, a file of the outbox, an execution on the Temporal server. */
export type DeletionObjectKind = 'file' | 'outboxMail' | 'outboxFile' | 'execution';

/** What has to go outside the database, noted before it goes: first in the transaction that removed the rows that knew of it. */
export const deletionObjects = pgTable(
  'deletion_objects',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    kind: text('kind').$type<DeletionObjectKind>().notNull(),
    name: text('name').notNull(),
  },
  (t) => [primaryKey({ columns: [t.contractId, t.kind, t.name] })],
);

/** What stops a deletion: set and lifted by two people each. One that waits for its second person stops it already. */
export const legalHolds = pgTable(
  'legal_holds',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    commandId: text('command_id').notNull(),
    status: text('status').$type<HoldStatus>().notNull().default('proposed'),
    reason: sealedText('reason', 'freeText').notNull(),
    proposedBy: uuid('proposed_by').notNull(),
    proposedAt: at('proposed_at').notNull(),
    confirmedBy: uuid('confirmed_by'),
    confirmedAt: at('confirmed_at'),
    liftReason: sealedText('lift_reason', 'freeText').notNull().default(''),
    liftProposedBy: uuid('lift_proposed_by'),
    liftProposedAt: at('lift_proposed_at'),
    /** Who lifted it, or refused it as the second person. */
    closedBy: uuid('closed_by'),
    closedAt: at('closed_at'),
  },
  (t) => [uniqueIndex('legal_holds_command').on(t.commandId), index('legal_holds_contract').on(t.contractId)],
);

/**
 * Days on which something about an ended contract, or an application that became none, falls due by itself; looked through
 * once a day (docs/decisions/011).
 */
export const retentionDues = pgTable(
  'retention_dues',
  {
    id: id(),
    /** One of the two. */
    contractId: uuid('contract_id').references(() => contracts.id),
    applicationId: uuid('application_id').references(() => applications.id),
    kind: text('kind').$type<DueKind>().notNull(),
    /** The document that it is about; the contract or application itself otherwise. */
    subjectId: uuid('subject_id').notNull(),
    /** The first day on which it is to be done. */
    dueOn: civilDay('due_on').notNull(),
    sandbox: boolean('sandbox').notNull(),
    firedAt: at('fired_at'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('retention_dues_once').on(t.kind, t.subjectId),
    index('retention_dues_due').on(t.sandbox, t.dueOn, t.id).where(sql`fired_at is null`),
    index('retention_dues_contract').on(t.contractId),
    check('retention_dues_one_subject', sql`num_nonnulls(contract_id, application_id) = 1`),
  ],
);
