import { boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at, createdAt, personalText } from './columns.ts';
import { staff } from './staff.ts';

/** Signed-in browsers. Only the SHA-256 of the cookie's token is kept. */
export const sessions = pgTable(
  'sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    staffId: uuid('staff_id')
      .notNull()
      .references(() => staff.id),
    csrfToken: text('csrf_token').notNull(),
    createdAt: createdAt(),
    lastSeenAt: at('last_seen_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    revokedAt: at('revoked_at'),
    /** Browser and address, in words for the person themselves. */
    cameFrom: personalText('came_from', 'freeText').notNull().default(''),
    /** Opens nothing but the page where the second factor is set up. */
    mustEnrol: boolean('must_enrol').notNull().default(false),
  },
  (t) => [index('sessions_staff').on(t.staffId), index('sessions_csrf').on(t.csrfToken)],
);
