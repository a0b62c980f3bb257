import { bigint, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

/**
 * The chain over the audit entries: each seal holds the hash of one entry and of the seal before it. Append-only like
 * the entries. Positions have no gaps; they follow the order in which entries became visible (docs/decisions/006).
 */
export const auditSeals = pgTable(
  'audit_seals',
  {
    position: bigint('position', { mode: 'number' }).primaryKey(),
    sequence: bigint('sequence', { mode: 'number' }).notNull(),
    entryHash: text('entry_hash').notNull(),
    sealedAt: timestamp('sealed_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
    chainHash: text('chain_hash').notNull(),
  },
  (t) => [uniqueIndex('audit_seals_sequence').on(t.sequence)],
);
