import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { DisclosureOutcome, DisclosureStage, LegalBasis } from '../../domain/data/disclosure.ts';
import { civilDay, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/**
 * What authorities asked for (第4条3項, 第22条1項). Append-only, as are its steps and files: the application's database role
 * may not change or delete rows.
 */
export const disclosures = pgTable(
  'disclosures',
  {
    id: id(),
    commandId: text('command_id').notNull(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    receivedOn: civilDay('received_on').notNull(),
    authority: text('authority').notNull(),
    /** The person who asked, of the authority. */
    officer: sealedText('officer', 'personName').notNull(),
    legalBasis: text('legal_basis').$type<LegalBasis>().notNull(),
    /** Article, number and date of the paper, in words. */
    basisText: sealedText('basis_text', 'freeText').notNull(),
    /** Which data is asked for. */
    scope: sealedText('scope', 'freeText').notNull(),
    requestedBy: uuid('requested_by').notNull(),
    /** The authority's paper; null only where life was at stake. */
    storageKey: text('storage_key'),
    sha256: text('sha256'),
    fileName: sealedText('file_name', 'freeText').notNull().default(''),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('disclosures_command').on(t.commandId),
    index('disclosures_contract').on(t.contractId, t.createdAt),
    index('disclosures_created').on(t.createdAt),
  ],
);

/** What became of a disclosure: decided by a second person, handed over, told to the customer or why not. */
export const disclosureSteps = pgTable(
  'disclosure_steps',
  {
    id: id(),
    commandId: text('command_id').notNull(),
    disclosureId: uuid('disclosure_id')
      .notNull()
      .references(() => disclosures.id),
    stage: text('stage').$type<DisclosureStage>().notNull(),
    outcome: text('outcome').$type<DisclosureOutcome>().notNull(),
    happenedOn: civilDay('happened_on').notNull(),
    staffId: uuid('staff_id').notNull(),
    /** Who took the data, of the authority. */
    recipient: sealedText('recipient', 'personName').notNull().default(''),
    note: sealedText('note', 'freeText').notNull().default(''),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('disclosure_steps_command').on(t.commandId),
    uniqueIndex('disclosure_steps_once').on(t.disclosureId, t.stage).where(sql`stage <> 'customer'`),
    index('disclosure_steps_disclosure').on(t.disclosureId, t.createdAt),
  ],
);

/** The files that were handed over, by name and digest: the copy itself is not kept a second time. */
export const disclosureFiles = pgTable(
  'disclosure_files',
  {
    id: id(),
    stepId: uuid('step_id')
      .notNull()
      .references(() => disclosureSteps.id),
    fileName: sealedText('file_name', 'freeText').notNull(),
    sha256: text('sha256').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
  },
  (t) => [index('disclosure_files_step').on(t.stepId), index('disclosure_files_digest').on(t.sha256)],
);
