import { bigserial, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { SeenPage } from '../../domain/processes/index.ts';
import { at } from './columns.ts';

/**
 * Looks of staff at pages that show customers' data (第13条, 第20条). Append-only, ids alone, and without references: one
 * cheap insert for each page, and rows outlive what was looked at.
 */
export const dataViews = pgTable(
  'data_views',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: at('at').notNull(),
    staffId: uuid('staff_id').notNull(),
    /** Which page. */
    page: text('page').$type<SeenPage>().notNull(),
    /** The parts of the data that it showed. */
    scope: text('scope').array().notNull(),
    contractId: uuid('contract_id'),
    applicationId: uuid('application_id'),
    /** The consents by which support saw it; empty for other roles. */
    consentIds: uuid('consent_ids').array().notNull(),
  },
  (t) => [
    index('data_views_contract').on(t.contractId, t.at),
    index('data_views_application').on(t.applicationId, t.at),
  ],
);
