import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { PublicationStatus } from '../../domain/notice/publication.ts';
import { at, civilDay, createdAt, id } from './columns.ts';
import { contracts } from './contracts.ts';

/** Fee changes (第6条3項・4項): a new version of the price list that will reach contracts. Moved by `publication/feeChange/<id>`. */
export const feeChanges = pgTable(
  'fee_changes',
  {
    id: id(),
    catalogueVersion: integer('catalogue_version').notNull(),
    effectiveOn: civilDay('effective_on').notNull(),
    status: text('status').$type<PublicationStatus>().notNull().default('draft'),
    /** Why, in words that customers are told. */
    reason: text('reason').notNull(),
    /** The price list as it was entered; it enters the tables of the catalogue with the approval. */
    catalogue: jsonb('catalogue').notNull(),
    enteredBy: text('entered_by').notNull(),
    approvedBy: text('approved_by'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('fee_changes_version')
      .on(t.catalogueVersion)
      .where(sql`status not in ('rejected', 'lapsed')`),
  ],
);

/**
 * Contracts that a fee change has reached: from the first day of a period on they pay by another version, because the
 * notice reached them before (第6条3項・4項).
 */
export const contractFeeChanges = pgTable(
  'contract_fee_changes',
  {
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    feeChangeId: uuid('fee_change_id')
      .notNull()
      .references(() => feeChanges.id),
    versionBefore: integer('version_before').notNull(),
    version: integer('version').notNull(),
    from: civilDay('from').notNull(),
    noticedOn: civilDay('noticed_on').notNull(),
    recordedAt: at('recorded_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.contractId, t.feeChangeId] }),
    index('contract_fee_changes_change').on(t.feeChangeId),
  ],
);
