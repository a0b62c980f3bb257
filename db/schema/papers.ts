import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { TaxRounding } from '../../domain/base/money.ts';
import type { DocumentSeries } from '../../domain/billing/document-numbers.ts';
import type { DocumentType } from '../../domain/billing/documents.ts';
import type { DraftFinding, ItemDifference } from '../../domain/billing/draft-checks.ts';
import type { BillingLine } from '../../domain/billing/lines.ts';
import type { billingProcess } from '../../domain/processes/billing.ts';
import { billingRuns } from './billing-runs.ts';
import { at, civilDay, createdAt, id } from './columns.ts';
import { contracts } from './contracts.ts';

export type PaperStatus = keyof typeof billingProcess.statuses.paper;

/**
 * What a billing run makes of a contract (第6条2項): drafts, issued papers, and lines that came to 0 yen (`nothing`), which are
 * billed all the same. An issued one is never changed. Amounts of lines are exact decimal texts; sums are whole yen.
 */
export const papers = pgTable(
  'papers',
  {
    id: id(),
    runId: uuid('run_id')
      .notNull()
      .references(() => billingRuns.id),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    type: text('type').$type<DocumentType>().notNull(),
    status: text('status').$type<PaperStatus>().notNull(),
    /** `customer`, `operator` or a partner's id. */
    recipient: text('recipient').notNull(),
    payer: text('payer').notNull(),
    deliveredBy: text('delivered_by').notNull(),
    /** What else than a run's day it is about, once in a run: the paper that it corrects, an order; empty for a month's bill. */
    about: text('about').notNull().default(''),
    /** The issued paper that it replaces (修正インボイス), and the one of which money goes back (返還インボイス). */
    correctsId: uuid('corrects_id').references((): AnyPgColumn => papers.id),
    ofId: uuid('of_id').references((): AnyPgColumn => papers.id),
    issuedOn: civilDay('issued_on').notNull(),
    dueOn: civilDay('due_on'),
    periodFrom: civilDay('period_from').notNull(),
    periodTo: civilDay('period_to').notNull(),
    lines: jsonb('lines').$type<BillingLine[]>().notNull(),
    netYen: bigint('net_yen', { mode: 'number' }).notNull(),
    taxYen: bigint('tax_yen', { mode: 'number' }).notNull(),
    totalYen: bigint('total_yen', { mode: 'number' }).notNull(),
    /** Its lines are with tax, which is within the sum (第6条5項); never both kinds in one paper. */
    taxIncluded: boolean('tax_included').notNull().default(false),
    /** By which its tax is computed, whatever the policy becomes. */
    taxRounding: text('tax_rounding').$type<TaxRounding>().notNull(),
    /** What people should look at before its release, and what differs from last month's. */
    findings: jsonb('findings').$type<DraftFinding[]>().notNull().default([]),
    differences: jsonb('differences').$type<ItemDifference[]>().notNull().default([]),
    /** Number range, year and place in it: given with the release, null before (第6条2項). */
    series: text('series').$type<DocumentSeries>(),
    year: integer('year'),
    position: integer('position'),
    number: text('number'),
    issuedAt: at('issued_at'),
    /** When its PDF and its electronic invoice were drawn, signed and archived. */
    drawnAt: at('drawn_at'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('papers_once').on(
      ...[t.runId, t.contractId, t.type, t.recipient, t.payer, t.deliveredBy, t.about],
    ),
    uniqueIndex('papers_corrects').on(t.correctsId),
    index('papers_of').on(t.ofId),
    uniqueIndex('papers_number').on(t.sandbox, t.series, t.year, t.position),
    uniqueIndex('papers_printed_number').on(t.number),
    index('papers_contract').on(t.contractId, t.issuedOn),
    index('papers_run').on(t.runId, t.status, t.id),
    index('papers_list').on(t.sandbox, t.status, t.issuedOn, t.id),
    /** By which payments find them: the number as banks' references have it, and partners that pay. */
    index('papers_reference').on(sql`regexp_replace(number, '[^0-9A-Z]', '', 'g')`),
    index('papers_partner').on(t.payer).where(sql`payer <> 'customer'`),
    check('papers_numbered', sql`(status = 'issued') = (number is not null)`),
  ],
);
