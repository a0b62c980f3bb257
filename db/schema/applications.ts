import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ApplicationStatus, Channel } from '../../domain/application/application.ts';
import { at, civilDay, createdAt, id, sealedText } from './columns.ts';

export interface OptionQuantity {
  code: string;
  quantity: number;
}

/** Applications for a new contract, as entered (第4条). Empty text means "not entered". */
export const applications = pgTable(
  'applications',
  {
    id: id(),
    receiptNumber: text('receipt_number').notNull(),
    /** From the form: a second submit of the same form is the same application. */
    submissionKey: text('submission_key').notNull(),
    status: text('status').$type<ApplicationStatus>().notNull().default('received'),
    channel: text('channel').$type<Channel>().notNull(),
    receivedAt: at('received_at').notNull(),
    /** Staff id where staff typed it in; such a person may neither review nor approve it. */
    enteredBy: text('entered_by'),
    sandbox: boolean('sandbox').notNull(),
    round: integer('round').notNull().default(1),

    companyName: sealedText('company_name', 'companyName').notNull(),
    companyKana: sealedText('company_kana', 'companyName').notNull(),
    corporateNumber: text('corporate_number').notNull(),
    postalCode: sealedText('postal_code', 'address').notNull(),
    address: sealedText('address', 'address').notNull(),
    phone: sealedText('phone', 'phone').notNull(),
    usePlace: sealedText('use_place', 'address').notNull(),
    usedInJapanOnly: boolean('used_in_japan_only').notNull(),
    representativeName: sealedText('representative_name', 'personName').notNull(),
    representativeKana: sealedText('representative_kana', 'personName').notNull(),
    officersText: sealedText('officers_text', 'personName').notNull().default(''),
    contactName: sealedText('contact_name', 'personName').notNull(),
    contactKana: sealedText('contact_kana', 'personName').notNull(),
    contactEmail: sealedText('contact_email', 'email').notNull(),
    contactPhone: sealedText('contact_phone', 'phone').notNull(),
    secondContractReason: sealedText('second_contract_reason', 'freeText').notNull().default(''),

    contractKind: text('contract_kind').$type<'annual' | 'monthly'>().notNull(),
    catalogueVersion: integer('catalogue_version').notNull(),
    planCode: text('plan_code').notNull(),
    options: jsonb('options').$type<OptionQuantity[]>().notNull().default([]),
    licences: integer('licences').notNull(),
    communicationPayment: text('communication_payment').$type<'prepaid' | 'postpaid'>().notNull(),
    partnerName: sealedText('partner_name', 'companyName').notNull().default(''),

    correctionTokenHash: text('correction_token_hash'),
    correctionDueOn: civilDay('correction_due_on'),
    concludedOn: civilDay('concluded_on'),
    createdAt: createdAt(),
    updatedAt: at('updated_at').notNull().defaultNow(),
  },
  (t) => [
    uniqueIndex('applications_receipt_number').on(t.receiptNumber),
    index('applications_plain_number').on(sql`replace(${t.receiptNumber}, '-', '')`),
    uniqueIndex('applications_submission_key').on(t.submissionKey),
    uniqueIndex('applications_correction_token')
      .on(t.correctionTokenHash)
      .where(sql`correction_token_hash is not null`),
    index('applications_status').on(t.status, t.receivedAt),
    index('applications_corporate_number').on(t.corporateNumber),
  ],
);
