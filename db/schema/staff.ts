import { boolean, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Preferences } from '../../domain/desk/preferences.ts';
import { createdAt, id, personalText } from './columns.ts';

/** Members of the operator's staff. `roles` decide what they see and may decide. */
export const staff = pgTable(
  'staff',
  {
    id: id(),
    email: personalText('email', 'email').notNull(),
    name: personalText('name', 'personName').notNull(),
    roles: text('roles').array().notNull(),
    /** Null until the person has chosen one: invited, or signing in elsewhere alone. */
    passwordHash: text('password_hash'),
    active: boolean('active').notNull().default(true),
    /** Made by the sample data; such an account cannot sign in in production mode. */
    sample: boolean('sample').notNull().default(false),
    /** How this person wants the console; without data of customers. */
    preferences: jsonb('preferences').$type<Preferences>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('staff_email_unique').on(t.email)],
);
