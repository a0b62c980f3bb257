import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ContractKind } from '../../domain/period/periods.ts';
import { applications } from './applications.ts';
import { at, civilDay, createdAt, id, sealedText } from './columns.ts';

export type CampaignStatus = 'waiting' | 'effective' | 'rejected';

/**
 * Campaigns of one contract (第5条4項): which named fields of the terms they override, and until when. Entered for an application
 * or its contract; a second person decides, on one at a time; each ends by itself.
 */
export const campaigns = pgTable(
  'campaigns',
  {
    id: id(),
    applicationId: uuid('application_id')
      .notNull()
      .references(() => applications.id),
    title: text('title').notNull(),
    until: civilDay('until').notNull(),
    firstDay: civilDay('first_day'),
    planCode: text('plan_code'),
    feeKind: text('fee_kind').$type<ContractKind>(),
    /** Yen without tax for one period. */
    feeYen: integer('fee_yen'),
    earliestEndsOn: civilDay('earliest_ends_on'),
    reason: sealedText('reason', 'freeText').notNull(),
    status: text('status').$type<CampaignStatus>().notNull().default('waiting'),
    enteredBy: uuid('entered_by').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: at('decided_at'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('campaigns_until').on(t.status, t.until),
    index('campaigns_application').on(t.applicationId, t.createdAt),
    uniqueIndex('campaigns_waiting').on(t.applicationId).where(sql`status = 'waiting'`),
  ],
);
