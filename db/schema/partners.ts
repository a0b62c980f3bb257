import { bigserial, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { PartnerMode } from '../../domain/billing/payers.ts';
import type { RegistryAnswer } from '../../domain/corporation/registry.ts';
import { at, civilDay, createdAt, id, personalText } from './columns.ts';
import { contracts } from './contracts.ts';
import { papers } from './papers.ts';

/** Of two that begin on one day the one that was made later holds. */
const position = () => bigserial('position', { mode: 'number' }).notNull();

/** Service partners (第6条2項). A corporation is one partner; what may change of it stands in the tables below, old values too. */
export const partners = pgTable(
  'partners',
  {
    id: id(),
    corporateNumber: text('corporate_number').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('partners_corporate_number').on(t.corporateNumber)],
);

/** Name and address of a partner as they were entered; the newest row holds. */
export const partnerDetails = pgTable(
  'partner_details',
  {
    id: id(),
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => partners.id),
    name: personalText('name', 'companyName').notNull(),
    postalCode: personalText('postal_code', 'address').notNull(),
    address: personalText('address', 'address').notNull(),
    /** T and 13 digits; empty: it issues no qualified invoices. */
    registrationNumber: text('registration_number').notNull(),
    /** What the registry of invoice issuers said when it was entered. */
    registryState: text('registry_state')
      .$type<RegistryAnswer<unknown>['state'] | 'ended' | 'notAsked'>()
      .notNull(),
    checkedAt: at('checked_at').notNull(),
    commandId: uuid('command_id').notNull(),
    enteredBy: uuid('entered_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('partner_details_command').on(t.commandId),
    index('partner_details_partner').on(t.partnerId, t.createdAt),
  ],
);

/** What is agreed with a partner from the 1st of a month on. */
export const partnerTerms = pgTable(
  'partner_terms',
  {
    id: id(),
    position: position(),
    partnerId: uuid('partner_id')
      .notNull()
      .references(() => partners.id),
    validFrom: civilDay('valid_from').notNull(),
    mode: text('mode').$type<PartnerMode>().notNull(),
    ratePercent: text('rate_percent'),
    enteredBy: text('entered_by').notNull(),
    /** The second person; null for the terms that a partner is registered with, when no contract is with it. */
    confirmedBy: uuid('confirmed_by'),
    createdAt: createdAt(),
  },
  (t) => [index('partner_terms_partner').on(t.partnerId, t.validFrom)],
);

/** From which 1st on a contract is with which partner; null: with none. */
export const contractPartners = pgTable(
  'contract_partners',
  {
    id: id(),
    position: position(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    partnerId: uuid('partner_id').references(() => partners.id),
    validFrom: civilDay('valid_from').notNull(),
    enteredBy: text('entered_by').notNull(),
    confirmedBy: uuid('confirmed_by').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('contract_partners_contract').on(t.contractId, t.validFrom),
    index('contract_partners_partner').on(t.partnerId),
  ],
);

export type PaperCopyKind = 'handedOver' | 'partnerCopy';

/** That a partner has handed an invoice of ours over (代理交付), or that we have the copy of its own (媒介者交付). */
export const paperCopies = pgTable('paper_copies', {
  paperId: uuid('paper_id')
    .primaryKey()
    .references(() => papers.id),
  kind: text('kind').$type<PaperCopyKind>().notNull(),
  happenedOn: civilDay('happened_on').notNull(),
  recordedBy: uuid('recorded_by').notNull(),
  recordedAt: at('recorded_at').notNull(),
});
