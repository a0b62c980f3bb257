import { boolean, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, id, personalText } from './columns.ts';

/** Members of the operator's staff. `roles` decide what they see and may decide. */
export const staff = pgTable(
  'staff',
  {
    id: id(),
    email: personalText('email', 'email').notNull(),
    name: personalText('name', 'personName').notNull(),
    roles: text('roles').array().notNull(),
    passwordHash: text('password_hash').notNull(),
    active: boolean('active').notNull().default(true),
    /** Made by the sample data; such an account cannot sign in in production mode. */
    sample: boolean('sample').notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('staff_email_unique').on(t.email)],
);
