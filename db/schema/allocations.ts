import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bankLines } from './bank-lines.ts';
import { civilDay, createdAt, id } from './columns.ts';
import { papers } from './papers.ts';

/**
 * What was paid on papers (消込, 第6条2項). Only ever added to: what was wrong is taken back by a row of the other sign that names
 * it. `discountYen` is a transfer fee that was accepted. What is open of a paper is its total less the sum of both.
 */
export const allocations = pgTable(
  'allocations',
  {
    id: id(),
    paperId: uuid('paper_id')
      .notNull()
      .references(() => papers.id),
    /** Null where a credit was applied. */
    lineId: uuid('line_id').references(() => bankLines.id),
    amountYen: bigint('amount_yen', { mode: 'number' }).notNull(),
    discountYen: bigint('discount_yen', { mode: 'number' }).notNull().default(0),
    /** The day that it counts from. */
    on: civilDay('posted_on').notNull(),
    reverses: uuid('reverses'),
    /** 'system' or an id of staff. */
    madeBy: text('made_by').notNull(),
    commandId: text('command_id'),
    createdAt: createdAt(),
  },
  (t) => [
    index('allocations_paper').on(t.paperId),
    index('allocations_line').on(t.lineId),
    index('allocations_day').on(t.on),
    uniqueIndex('allocations_reversed_once').on(t.reverses),
    check('allocations_sign', sql`(reverses is null) = (amount_yen + discount_yen > 0)`),
  ],
);

/** What payers have to their credit (前受金): balance = sum, never below 0. Only ever added to. */
export const credits = pgTable(
  'credits',
  {
    id: id(),
    payer: text('payer').notNull(),
    sandbox: boolean('sandbox').notNull(),
    kind: text('kind').$type<'over' | 'applied' | 'paidBack' | 'reversed'>().notNull(),
    amountYen: bigint('amount_yen', { mode: 'number' }).notNull(),
    on: civilDay('posted_on').notNull(),
    lineId: uuid('line_id').references(() => bankLines.id),
    allocationId: uuid('allocation_id').references(() => allocations.id),
    reverses: uuid('reverses'),
    madeBy: text('made_by').notNull(),
    commandId: text('command_id'),
    createdAt: createdAt(),
  },
  (t) => [
    index('credits_payer').on(t.sandbox, t.payer, t.on),
    index('credits_line').on(t.lineId),
    uniqueIndex('credits_reversed_once').on(t.reverses),
    check('credits_not_zero', sql`amount_yen <> 0`),
  ],
);
