import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Sql, TransactionSql } from 'postgres';
import { decrypt, encrypt } from './cipher.ts';

export type Connection = Sql | TransactionSql;
/** Null: the key was destroyed. */
type Keys = Map<string, KeyObject | null>;

/** How long a process remembers a key: after that a destroyed one is gone from its memory too. */
const REMEMBER_MS = 5 * 60_000;
const REMEMBERED_KEYS = 20_000;

/**
 * The keys of customers as one connection sees them. A ring of a transaction knows keys that are not committed yet, and
 * hands them to the ring above it only when they are.
 */
export class KeyRing {
  private keys: Keys = new Map();
  private emptyAtMs = 0;
  private readonly wrapping: KeyObject;
  private readonly parent: KeyRing | null;

  constructor(wrapping: KeyObject, parent: KeyRing | null = null) {
    this.wrapping = wrapping;
    this.parent = parent;
  }

  /** A ring for a transaction or a savepoint. */
  within(): KeyRing {
    return new KeyRing(this.wrapping, this);
  }

  /** Call when the transaction of this ring is committed. */
  commit(): void {
    for (const [ownerId, key] of this.keys) this.parent?.remember(ownerId, key);
  }

  /** The keys of these owners; absent where there is none yet, null where it was destroyed. */
  async find(connection: Connection, owners: ReadonlySet<string>): Promise<Keys> {
    const found: Keys = new Map();
    const missing: string[] = [];
    for (const ownerId of owners) {
      const known = this.lookUp(ownerId);
      if (known === undefined) missing.push(ownerId);
      else found.set(ownerId, known);
    }
    if (missing.length === 0) return found;
    const rows = await connection.unsafe<{ owner_id: string; wrapped: string | null }[]>(
      "select owner_id, wrapped from personal_keys where owner_id = any(string_to_array($1, ',')::uuid[])",
      [missing.join(',')],
      { prepare: true },
    );
    for (const { owner_id: ownerId, wrapped } of rows) {
      const key = wrapped === null ? null : this.unwrap(ownerId, wrapped);
      this.remember(ownerId, key);
      found.set(ownerId, key);
    }
    return found;
  }

  /** The keys of these owners, made where there is none yet. Throws for an owner whose key was destroyed. */
  async findOrMake(connection: Connection, owners: ReadonlySet<string>): Promise<Keys> {
    const found = await this.find(connection, owners);
    const missing = [...owners].filter((ownerId) => !found.has(ownerId)).toSorted();
    if (missing.length > 0) {
      const wrapped = missing.map((ownerId) =>
        encrypt(this.wrapping, ownerId, randomBytes(32).toString('base64')),
      );
      await connection.unsafe(
        `insert into personal_keys (owner_id, wrapped)
         select * from unnest(string_to_array($1, ',')::uuid[], string_to_array($2, ',')) on conflict do nothing`,
        [missing.join(','), wrapped.join(',')],
      );
      // Read back: where two made one at the same time, the first counts.
      for (const [ownerId, key] of await this.find(connection, new Set(missing))) found.set(ownerId, key);
    }
    for (const ownerId of owners) {
      if (!found.get(ownerId)) throw new Error(`the personal data key of ${ownerId} was destroyed`);
    }
    return found;
  }

  private lookUp(ownerId: string): KeyObject | null | undefined {
    if (this.parent === null && Date.now() > this.emptyAtMs) {
      this.keys = new Map();
      this.emptyAtMs = Date.now() + REMEMBER_MS;
    }
    const key = this.keys.get(ownerId);
    // Null is an answer: the key was destroyed, whatever the ring above remembers.
    return key === undefined ? this.parent?.lookUp(ownerId) : key;
  }

  private remember(ownerId: string, key: KeyObject | null): void {
    if (this.keys.size >= REMEMBERED_KEYS) this.keys = new Map();
    this.keys.set(ownerId, key);
  }

  private unwrap(ownerId: string, wrapped: string): KeyObject {
    const key = decrypt(this.wrapping, ownerId, wrapped);
    if (key === null) throw new Error('PERSONAL_DATA_KEY is not the one that the database was written with');
    return createSecretKey(key, 'base64');
  }
}
