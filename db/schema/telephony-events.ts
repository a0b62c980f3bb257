import { sql } from 'drizzle-orm';
import { bigint, boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { KeptFact } from '../../domain/watch/facts.ts';
import { at, id } from './columns.ts';
import { contracts } from './contracts.ts';

/**
 * What the telephony provider told of calls, messages and numbers (第18条1項), by webhook or list, each line once. Of the other side a
 * keyed hash and a mask: no raw number, no body. Two read it, each with a mark of its own: the watchers and the billing of usage.
 */
export const telephonyEvents = pgTable(
  'telephony_events',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** Of all that the line tells: the same line again is the same row. */
    digest: text('digest').notNull(),
    source: text('source').$type<'webhook' | 'list' | 'staff'>().notNull(),
    type: text('type').$type<KeptFact['type'] | 'unreadable'>().notNull(),
    sid: text('sid').notNull(),
    status: text('status').notNull(),
    /** Null of what could not be read. */
    occurredAt: at('occurred_at'),
    /** The earliest arrival. */
    receivedAt: at('received_at').notNull(),
    /** Null of what could not be read. */
    fact: jsonb('fact').$type<KeptFact>(),
    /** Parts of a message; 1 of anything else. */
    units: bigint('units', { mode: 'number' }).notNull().default(1),
    /** Why it could not be read; '' otherwise. */
    problem: text('problem').notNull().default(''),
    /** What of an unreadable line may be shown: names of its fields, values of a few, numbers masked. */
    shown: jsonb('shown').$type<Record<string, string>>(),
    /** The order in which the watchers took it; null: not yet. */
    watchedSequence: bigint('watched_sequence', { mode: 'number' }),
    /** Whether the billing of usage has seen it. */
    metered: boolean('metered').notNull().default(false),
  },
  (t) => [
    uniqueIndex('telephony_events_digest').on(t.digest),
    index('telephony_events_contract').on(t.contractId, t.occurredAt),
    index('telephony_events_sid').on(t.sid),
    index('telephony_events_watched').on(t.contractId, t.watchedSequence),
    index('telephony_events_to_watch')
      .on(t.contractId)
      .where(sql`watched_sequence is null and type <> 'unreadable'`),
    index('telephony_events_to_meter').on(t.receivedAt).where(sql`not metered`),
  ],
);
