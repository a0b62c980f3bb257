import { type Database, openDatabase } from '../db/client.ts';

/** Runs with the database, and closes it whatever comes. Encrypted data are read with the key of the environment. */
export async function withDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const { db, close } = openDatabase(
    { DATABASE_URL: url, PERSONAL_DATA_KEY: process.env.PERSONAL_DATA_KEY },
    2,
  );
  try {
    return await work(db);
  } finally {
    await close();
  }
}
