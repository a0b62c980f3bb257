import { pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { civilDay, createdAt, id } from './columns.ts';
import { papers } from './papers.ts';

/** Papers whose money is given up (貸倒れ), by two people: the proposal has the reason. */
export const writeOffs = pgTable(
  'write_offs',
  {
    id: id(),
    paperId: uuid('paper_id')
      .notNull()
      .references(() => papers.id),
    on: civilDay('posted_on').notNull(),
    proposedBy: text('proposed_by').notNull(),
    confirmedBy: text('confirmed_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('write_offs_paper').on(t.paperId)],
);
