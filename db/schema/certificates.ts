import { bigint, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { CertificateCause } from '../../domain/period/certificate-cause.ts';
import type { documentsProcess } from '../../domain/processes/documents.ts';
import { civilDay, createdAt, id, sealedText } from './columns.ts';
import { contracts } from './contracts.ts';

/** Revisions of contract certificates (第5条1項). Older ones are kept, marked superseded. */
export const certificates = pgTable(
  'certificates',
  {
    id: id(),
    contractId: uuid('contract_id')
      .notNull()
      .references(() => contracts.id),
    /** Why it was made, and for which period, request, edition or reading of numbers. One certificate for each. */
    causeKind: text('cause_kind').$type<CertificateCause['kind']>().notNull(),
    causeRef: text('cause_ref').notNull(),
    revision: integer('revision').notNull(),
    number: text('number').notNull(),
    issuedOn: civilDay('issued_on').notNull(),
    periodFrom: civilDay('period_from').notNull(),
    periodTo: civilDay('period_to').notNull(),
    status: text('status').$type<keyof typeof documentsProcess.statuses.certificate>().notNull(),
    storageKey: text('storage_key').notNull(),
    sha256: text('sha256').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    /** What it states, as JSON: two revisions are compared by it, for the contract's own rows change. */
    payload: sealedText('payload', 'freeText').notNull(),
    /** SHA-256 of the token in the address of its verification page; null where none is printed. */
    verificationHash: text('verification_hash'),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('certificates_cause').on(t.contractId, t.causeKind, t.causeRef),
    uniqueIndex('certificates_revision').on(t.contractId, t.revision),
    uniqueIndex('certificates_verification').on(t.verificationHash),
    index('certificates_sha256').on(t.sha256),
  ],
);
