import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
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
}

/** Opens a pool. `close` waits for running queries (5 seconds at most). */
export function openDatabase(
  { DATABASE_URL: url, PERSONAL_DATA_KEY: key }: DatabaseSettings,
  poolSize = 10,
): { db: Database; close: () => Promise<void> } {
  const pool = postgres(url, { max: poolSize, onnotice: () => undefined });
  const client = key === undefined ? pool : encryptingClient(pool, masterKeysOf(key));
  return { db: drizzle(client, { schema }), close: () => pool.end({ timeout: 5 }) };
}
