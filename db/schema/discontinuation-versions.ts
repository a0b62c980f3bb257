import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Step } from '../../domain/base/explain.ts';
import type { Fate, RefundBasis } from '../../domain/discontinuation/discontinuation-plan.ts';
import type { VersionKind } from '../../domain/discontinuation/discontinuation-status.ts';
import { bankAccounts } from './bank-accounts.ts';
import { at, civilDay, createdAt, personalText } from './columns.ts';
import { contracts } from './contracts.ts';
import { discontinuations } from './discontinuations.ts';

const yen = (name: string) => bigint(name, { mode: 'number' });

/** Frozen figures of a discontinuation: as approved, as recomputed, and at the end with the days on which notices arrived. */
export const discontinuationVersions = pgTable(
  'discontinuation_versions',
  {
    discontinuationId: uuid('discontinuation_id')
      .notNull()
      .references(() => discontinuations.id),
    version: integer('version').notNull(),
    kind: text('kind').$type<VersionKind>().notNull(),
    madeBy: text('made_by').notNull(),
    reason: personalText('reason', 'freeText').notNull().default(''),
    businessAt: at('business_at').notNull(),
    contracts: integer('contracts').notNull(),
    ending: integer('ending').notNull(),
    late: integer('late').notNull(),
    cut: integer('cut').notNull(),
    refunds: integer('refunds').notNull(),
    refundYen: yen('refund_yen').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.discontinuationId, t.version] })],
);

/** One contract in one version: what becomes of it and what it gets back, yen, with the arithmetic (第16条). */
export const discontinuationContracts = pgTable(
  'discontinuation_contracts',
  {
    discontinuationId: uuid('discontinuation_id')
      .notNull()
      .references(() => discontinuations.id),
    version: integer('version').notNull(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    fate: text('fate').$type<Fate>().notNull(),
    /** Whether the refund is worked out from papers that stand, or from the price list. */
    basis: text('basis').$type<RefundBasis>().notNull().default('prices'),
    noticeOn: civilDay('notice_on'),
    late: boolean('late').notNull(),
    /** The period of the last day, and whether its fee was billed beyond that day. */
    periodFrom: civilDay('period_from').notNull(),
    periodTo: civilDay('period_to').notNull(),
    paid: boolean('paid').notNull(),
    periodFeeYen: yen('period_fee_yen').notNull(),
    unusableDays: integer('unusable_days').notNull(),
    periodDays: integer('period_days').notNull(),
    feeYen: yen('fee_yen').notNull(),
    taxYen: yen('tax_yen').notNull(),
    /** The prepaid balance that is paid back: in the last version this row is its entry in the ledger. */
    balanceYen: yen('balance_yen').notNull(),
    totalYen: yen('total_yen').notNull(),
    steps: jsonb('steps').$type<Step[]>().notNull(),
    /** The list that the refund is paid with, and to which account; null until a person of billing submits it. */
    batch: integer('batch'),
    bankAccountId: uuid('bank_account_id').references(() => bankAccounts.id),
  },
  (t) => [
    primaryKey({ columns: [t.discontinuationId, t.version, t.contractId] }),
    index('discontinuation_contracts_contract').on(t.contractId),
  ],
);

/** Lists of refunds for the bank: submitted by billing, given free by a second person. */
export const refundBatches = pgTable(
  'refund_batches',
  {
    discontinuationId: uuid('discontinuation_id')
      .notNull()
      .references(() => discontinuations.id),
    batch: integer('batch').notNull(),
    refunds: integer('refunds').notNull(),
    totalYen: yen('total_yen').notNull(),
    submittedBy: uuid('submitted_by').notNull(),
    approvedBy: uuid('approved_by'),
    approvedAt: at('approved_at'),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.discontinuationId, t.batch] })],
);
