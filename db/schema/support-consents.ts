import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { ConsentWay } from '../../domain/support/support-consent.ts';
import { at, civilDay, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/** Consents of a registered contact to have support look into the customer's data (第13条2項). */
export const supportConsents = pgTable(
  'support_consents',
  {
    id: id(),
    commandId: text('command_id').notNull(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** The registered contact who gave it; without a reference, since the consent outlives the contact. */
    contactId: uuid('contact_id').notNull(),
    scope: text('scope').array().notNull(),
    validFrom: civilDay('valid_from').notNull(),
    validThrough: civilDay('valid_through').notNull(),
    way: text('way').$type<ConsentWay>().notNull(),
    note: sealedText('note', 'freeText').notNull(),
    storageKey: text('storage_key'),
    sha256: text('sha256'),
    fileName: sealedText('file_name', 'freeText').notNull().default(''),
    recordedBy: uuid('recorded_by').notNull(),
    withdrawnAt: at('withdrawn_at'),
    withdrawnBy: uuid('withdrawn_by'),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('support_consents_command').on(t.commandId),
    index('support_consents_contract').on(t.contractId, t.createdAt),
  ],
);
