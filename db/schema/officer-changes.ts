import { index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/**
 * Changes of a contract's representative and officers, each with its own rows in `officers`; the newest counts (第10条2項③).
 * The id is the command id of the form, so that a double submit is one change.
 */
export const officerChanges = pgTable(
  'officer_changes',
  {
    id: uuid('id').primaryKey(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** As it was typed: one officer on each line. */
    officersText: sealedText('officers_text', 'personName').notNull(),
    reason: sealedText('reason', 'freeText').notNull(),
    /** A member of staff, or `applicant`: it came with another application of the corporation. */
    enteredBy: text('entered_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('officer_changes_contract').on(t.contractId, t.createdAt)],
);
