import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { asc } from 'drizzle-orm';
import type { TransactionSql } from 'postgres';
import { z } from 'zod';
import type { Database } from '../client.ts';
import { nameUuid } from '../name-uuid.ts';
import { decrypt, encrypt, masterKeysOf } from '../personal/cipher.ts';
import { personalKeys } from '../schema/index.ts';

/**
 * The part of the backups that is written anew each time and never kept: keys of customers and of documents, wrapped by the master key
 * like in the database. What was deleted is not in it, and so cannot be read in any older set (第22条6項).
 */
export const keyPartSchema = z.object({
  format: z.literal(1),
  writtenAt: z.iso.datetime(),
  /** By owner. A destroyed key stays as such. */
  personal: z.record(
    z.string(),
    z.object({
      wrapped: z.string().nullable(),
      destroyedAt: z.iso.datetime().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
  /** By the document's digest. */
  documents: z.record(z.string(), z.string()),
});
export type KeyPart = z.infer<typeof keyPartSchema>;

/** The keys of the database as they are now, without documents. */
export async function readPersonalKeys(db: Database): Promise<KeyPart['personal']> {
  const rows = await db.select().from(personalKeys).orderBy(asc(personalKeys.ownerId));
  return Object.fromEntries(
    rows.map(({ ownerId, wrapped, destroyedAt, createdAt }) => [
      ownerId,
      { wrapped, destroyedAt: destroyedAt?.toISOString() ?? null, createdAt: createdAt.toISOString() },
    ]),
  );
}

/**
 * Throws a sentence where an earlier key part has an owner that the database does not know: rows of keys are never deleted, so it is
 * another installation's, or something was lost; then the keys must not be written over.
 */
export function requireSameInstallation(earlier: KeyPart, personal: KeyPart['personal']): void {
  const unknown = Object.keys(earlier.personal).filter((owner) => personal[owner] === undefined).length;
  if (unknown > 0) {
    throw new Error(
      `keys.json there has ${unknown} keys whose owners this database does not know: the folder is another installation's, or rows were lost. Nothing was written.`,
    );
  }
}

/** Puts the keys into the transaction that restores the rows. */
export async function loadPersonalKeys(tx: TransactionSql, personal: KeyPart['personal']): Promise<void> {
  const rows = Object.entries(personal).map(([ownerId, key]) => ({ ownerId, ...key }));
  await tx`
    insert into personal_keys (owner_id, wrapped, destroyed_at, created_at)
    select * from jsonb_to_recordset(${tx.json(rows)})
      as r("ownerId" uuid, wrapped text, "destroyedAt" timestamptz, "createdAt" timestamptz)`;
}

/** The keys of documents, each wrapped by the master key and bound to the document. */
export function documentKeys(masterKey: string) {
  const { wrapping } = masterKeysOf(masterKey);
  const owner = (sha256: string) => nameUuid(`backup document ${sha256}`);
  return {
    make: (sha256: string): string => encrypt(wrapping, owner(sha256), randomBytes(32).toString('base64')),
    /** Throws where it was wrapped by another master key. */
    open(sha256: string, wrapped: string): KeyObject {
      const key = decrypt(wrapping, owner(sha256), wrapped);
      if (key === null) throw new Error(OTHER_MASTER_KEY);
      return createSecretKey(key, 'base64');
    },
  };
}

const OTHER_MASTER_KEY =
  'PERSONAL_DATA_KEY is not the one of the backup: without it no personal data can be read.';

/** Throws a sentence where the keys were wrapped by another master key. */
export function requireMasterKey(masterKey: string, { personal }: KeyPart): void {
  const { wrapping } = masterKeysOf(masterKey);
  for (const [ownerId, { wrapped }] of Object.entries(personal)) {
    if (wrapped === null) continue;
    if (decrypt(wrapping, ownerId, wrapped) === null) throw new Error(OTHER_MASTER_KEY);
    return;
  }
}
