import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { at, createdAt } from './columns.ts';
import { contracts } from './contracts.ts';
import type { ListName } from './screening-lists.ts';

export type RescreeningStatus = 'running' | 'done' | 'superseded';

/**
 * Runs of re-screening: all live contracts against a new list version, or one contract against all lists after its
 * officers changed (`list` is null then). The id comes from whoever starts it.
 */
export const rescreenings = pgTable(
  'rescreenings',
  {
    id: uuid('id').primaryKey(),
    list: text('list').$type<ListName>(),
    version: integer('version'),
    contractId: uuid('contract_id').references(() => contracts.id),
    startedBy: text('started_by').notNull(),
    /** `superseded`: another version became current meanwhile and is screened by a run of its own. */
    status: text('status').$type<RescreeningStatus>().notNull().default('running'),
    contracts: integer('contracts').notNull(),
    done: integer('done').notNull().default(0),
    found: integer('found').notNull().default(0),
    createdAt: createdAt(),
    finishedAt: at('finished_at'),
  },
  (t) => [index('rescreenings_list').on(t.list, t.version)],
);
