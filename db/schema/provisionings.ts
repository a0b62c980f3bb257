import { boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type {
  BundleStatus,
  NumberType,
  ProvisioningStatus,
  ProvisioningWait,
} from '../../domain/telephony/provisioning.ts';
import { at, createdAt } from './columns.ts';
import { contracts } from './contracts.ts';

/** The provision of a contract's numbers (第11条2項): the last thing that the workflow `provisioning/<contract>` saw and recorded. */
export const provisionings = pgTable('provisionings', {
  contractId: uuid('contract_id')
    .primaryKey()
    .references(() => contracts.id),
  status: text('status').$type<ProvisioningStatus>().notNull().default('wanted'),
  sandbox: boolean('sandbox').notNull(),
  /** What staff asked for; null: nothing yet. */
  numberType: text('number_type').$type<NumberType>(),
  /** The papers at the provider, and how its review stood at the last look. */
  bundleSid: text('bundle_sid'),
  bundleStatus: text('bundle_status').$type<BundleStatus>(),
  /** Staff ask for the review; taken back once the provider has the papers. */
  submitAsked: boolean('submit_asked').notNull().default(false),
  reviewedSince: at('reviewed_since'),
  /** Numbers that were there when all were ready the last time. */
  fulfilled: integer('fulfilled').notNull().default(0),
  /** What is waited for; null: nothing. */
  waits: text('waits').$type<ProvisioningWait>(),
  /** The provider's error number behind a refusal. */
  reasonCode: integer('reason_code'),
  /** Since when the provider has not answered. */
  awaySince: at('away_since'),
  /** The open task. */
  taskId: uuid('task_id'),
  lookedAt: at('looked_at'),
  createdAt: createdAt(),
  updatedAt: at('updated_at').notNull().defaultNow(),
});
