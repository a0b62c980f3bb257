import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.ts';

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** A query runs in a transaction that the caller opened, or on the pool by itself. */
export type Executor = Database | Transaction;

/** Opens a pool. `close` waits for running queries (5 seconds at most). */
export function openDatabase(url: string, poolSize = 10): { db: Database; close: () => Promise<void> } {
  const client = postgres(url, { max: poolSize, onnotice: () => undefined });
  return { db: drizzle(client, { schema }), close: () => client.end({ timeout: 5 }) };
}
