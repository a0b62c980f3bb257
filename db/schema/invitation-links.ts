import { index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, createdAt, id } from './columns.ts';
import { staff } from './staff.ts';

/** Links by which a person chooses the first, or another, password: for one use, until a time. Only the hash of the secret is kept. */
export const staffLinks = pgTable(
  'staff_links',
  {
    id: id(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    tokenHash: text('token_hash').notNull(),
    sentBy: uuid('sent_by').notNull(),
    expiresAt: at('expires_at').notNull(),
    /** When it was used, or another took its place. */
    closedAt: at('closed_at'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('staff_links_token').on(t.tokenHash), index('staff_links_staff').on(t.staffId)],
);
