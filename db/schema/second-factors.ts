import { bigint, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt, sealedText } from './columns.ts';
import { staff } from './staff.ts';

/** The authenticator of a member of staff (RFC 6238), from the first right code on. */
export const secondFactors = pgTable('second_factors', {
  staffId: uuid('staff_id')
    .primaryKey()
    .references(() => staff.id),
  /** In base32. */
  secret: sealedText('secret', 'confidentialNumber').notNull(),
  /** The 30 seconds of the last code that counted: it and earlier ones count no more. */
  lastStep: bigint('last_step', { mode: 'number' }).notNull(),
  /** Digests of the recovery codes that were not used yet. */
  recoveryHashes: text('recovery_hashes').array().notNull(),
  createdAt: createdAt(),
});
