import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { DiscontinuationStatus } from '../../domain/discontinuation/discontinuation-status.ts';
import { at, civilDay, createdAt, id, personalText } from './columns.ts';

/** Discontinuations of the service or of a plan (第16条). The workflow `discontinuation/<id>` decides; rows show the last thing recorded. */
export const discontinuations = pgTable(
  'discontinuations',
  {
    id: id(),
    commandId: text('command_id').notNull(),
    status: text('status').$type<DiscontinuationStatus>().notNull().default('review'),
    /** Live or sandbox contracts, never both. */
    sandbox: boolean('sandbox').notNull(),
    /** Null: the whole service. */
    planCode: text('plan_code'),
    lastDay: civilDay('last_day').notNull(),
    forceMajeure: boolean('force_majeure').notNull(),
    reason: personalText('reason', 'freeText').notNull(),
    enteredBy: uuid('entered_by').notNull(),
    reviewedBy: uuid('reviewed_by'),
    approvedBy: uuid('approved_by'),
    /** The day of the second approval: from then on nothing past the last day is billed. */
    announcedOn: civilDay('announced_on'),
    /** Version of the figures that counts; 0 before the approval. */
    version: integer('version').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('discontinuations_command').on(t.commandId),
    index('discontinuations_status').on(t.status, t.createdAt),
  ],
);
