import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { openPool } from './connection.ts';
import { masterKeysOf } from './personal/cipher.ts';
import { encryptingClient } from './personal/encrypting-client.ts';
import * as schema from './schema/index.ts';

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** A query runs in a transaction that the caller opened, or on the pool by itself. */
export type Executor = Database | Transaction;

export interface DatabaseSettings {
  DATABASE_URL: string;
  /** Master key of customers' personal data. Without it that data can be neither read nor written. */
  PERSONAL_DATA_KEY?: string | undefined;
  /** Connections at most; 10 unless set. */
  DATABASE_POOL?: number | undefined;
}

/** Opens a pool. `close` waits for running queries (5 seconds at most). */
export function openDatabase(
  { DATABASE_URL: url, PERSONAL_DATA_KEY: key, DATABASE_POOL: pooled = 10 }: DatabaseSettings,
  poolSize = pooled,
): { db: Database; close: () => Promise<void> } {
  const pool = openPool(url, poolSize);
  const client = key === undefined ? pool : encryptingClient(pool, masterKeysOf(key));
  return { db: drizzle(client, { schema }), close: () => pool.end({ timeout: 5 }) };
}
