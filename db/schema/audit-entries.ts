import { bigserial, index, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Milliseconds, as JavaScript has them: a hash over the value then covers every digit that is stored. */
const atMs = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/**
 * Who did what, when, why. Append-only: the application's database role may not change or delete rows.
 * Holds ids and statuses, no personal data, so that entries can outlive their subjects.
 * `before` and `after` are `json`, not `jsonb`: kept letter by letter, as they were hashed.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    sequence: bigserial('sequence', { mode: 'number' }).primaryKey(),
    at: atMs('at').notNull(),
    /** Business time where it differs from `at`: the test clock of a sandbox contract. */
    businessAt: atMs('business_at'),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subjectType: text('subject_type').notNull(),
    subjectId: text('subject_id').notNull(),
    clause: text('clause').notNull().default(''),
    before: json('before').$type<Record<string, unknown>>(),
    after: json('after').$type<Record<string, unknown>>(),
    reasonCode: text('reason_code').notNull().default(''),
    commandId: text('command_id'),
    /** Over all fields above but the sequence (db/queries/audit/hash.ts); the seal adds the sequence. */
    entryHash: text('entry_hash').notNull(),
  },
  (t) => [index('audit_subject').on(t.subjectType, t.subjectId, t.sequence)],
);
