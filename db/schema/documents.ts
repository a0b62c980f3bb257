import { bigint, boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { at, civilDay, createdAt, id, personalText } from './columns.ts';

/**
 * `invoiceData`: the electronic invoice (JP PINT) beside the PDF, under the same number. `statement`: to an intermediary;
 * `partnerCopy`: the copy of the invoice that it issued for one, under the number of our statement (第6条2項).
 */
export type DocumentKind =
  | 'certificate'
  | 'invoice'
  | 'invoiceData'
  | 'statement'
  | 'partnerCopy'
  | 'receipt'
  | 'deletionProof';

/**
 * The archive of issued documents (電子帳簿保存法): found by date, amount and counterparty, kept until `keepThrough`.
 * The bytes lie in the storage; a row is written with the document's own, in one transaction.
 */
export const documents = pgTable(
  'documents',
  {
    id: id(),
    kind: text('kind').$type<DocumentKind>().notNull(),
    /** Number on its face, for example of a certificate. One document for each. */
    number: personalText('number', 'confidentialNumber').notNull(),
    subjectType: text('subject_type').$type<'contract'>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** Date on its face: of issue, or of the transaction. */
    documentOn: civilDay('document_on').notNull(),
    /** With tax; null where the document states no amount. */
    amountYen: bigint('amount_yen', { mode: 'number' }),
    counterparty: personalText('counterparty', 'companyName').notNull(),
    /** The counterparty's name as it is searched: db/queries/archive/fold.ts. */
    counterpartyFolded: personalText('counterparty_folded', 'companyName').notNull(),
    storageKey: text('storage_key').notNull(),
    sha256: text('sha256').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** SHA-256 of the token in the address of its verification page; null where none is printed. Certificates have theirs. */
    verificationHash: text('verification_hash'),
    /** Last day on which the law wants it kept (第22条6項). */
    keepThrough: civilDay('keep_through').notNull(),
    sandbox: boolean('sandbox').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('documents_number').on(t.kind, t.number),
    uniqueIndex('documents_verification').on(t.verificationHash),
    index('documents_sha256').on(t.sha256),
    index('documents_date').on(t.sandbox, t.documentOn, t.id),
    index('documents_amount').on(t.sandbox, t.amountYen),
    index('documents_subject').on(t.subjectType, t.subjectId),
  ],
);

/** Every correction of what the archive says about a document: nothing is overwritten without a trace. */
export const documentCorrections = pgTable(
  'document_corrections',
  {
    id: id(),
    documentId: uuid('document_id')
      .notNull()
      .references(() => documents.id),
    field: text('field').$type<'documentOn' | 'amountYen' | 'counterparty'>().notNull(),
    before: personalText('before', 'freeText').notNull(),
    after: personalText('after', 'freeText').notNull(),
    reason: personalText('reason', 'freeText').notNull(),
    correctedBy: uuid('corrected_by').notNull(),
    correctedAt: at('corrected_at').notNull(),
  },
  (t) => [index('document_corrections_document').on(t.documentId, t.correctedAt)],
);
