import { bigserial, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { at } from './columns.ts';

/**
 * Who did what, when, why. Append-only: the application's database role may not change or delete rows.
 * Holds ids and statuses, no personal data, so that entries can outlive their subjects.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    sequence: bigserial('sequence', { mode: 'number' }).primaryKey(),
    at: at('at').notNull().defaultNow(),
    /** Business time where it differs from `at`: the test clock of a sandbox contract. */
    businessAt: at('business_at'),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    clause: text('clause').notNull().default(''),
    before: jsonb('before').$type<Record<string, unknown>>(),
    after: jsonb('after').$type<Record<string, unknown>>(),
    reasonCode: text('reason_code').notNull().default(''),
    commandId: text('command_id'),
  },
  (t) => [index('audit_subject').on(t.subjectType, t.subjectId, t.sequence)],
);
