import { boolean, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { MonthKey } from '../../domain/calendar/civil-date.ts';
import type { ClosedFigures } from '../../domain/payments/month-close.ts';
import { at, civilDay, createdAt, id } from './columns.ts';

/** Months that were closed (月次締め, 第6条2項): from the day after on they and all before are locked, until two people reopen one. */
export const monthCloses = pgTable(
  'month_closes',
  {
    id: id(),
    month: text('month').$type<MonthKey>().notNull(),
    on: civilDay('closed_on').notNull(),
    closedBy: text('closed_by').notNull(),
    /** What the papers said when it was closed. */
    figures: jsonb('figures').$type<ClosedFigures>().notNull(),
    reopenedBy: text('reopened_by'),
    reopenedAt: at('reopened_at'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('month_closes_month').on(t.sandbox, t.month)],
);
