import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { withSecretFiles } from '../config/secret-files.ts';
import { openDatabase } from './client.ts';
import { openPool } from './connection.ts';
import { lacksSearchIndex, rebuildSearchIndex } from './queries/search/rebuild.ts';

/** Any number, the same everywhere: only one process migrates at a time. */
const LOCK = 7_160_501;

/** Where all migrations lie. */
export const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url));

/**
 * Brings the schema up to date as the owner and grants the application role what it needs: everything but changing
 * or deleting what is only added to: the audit log and its seals, disclosures, looks at data, statistics. Safe to run at
 * the same time from several processes.
 */
export async function migrateDatabase(
  ownerUrl: string,
  applicationRole: string,
  migrationsFolder = MIGRATIONS,
): Promise<void> {
  const client = openPool(ownerUrl, 1);
  const db = drizzle(client);
  try {
    const [locale] = await client<{ datctype: string; encoding: string }[]>`
      select datctype, pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()`;
    if (locale?.encoding !== 'UTF8' || locale.datctype === 'C' || locale.datctype === 'POSIX') {
      throw new Error(
        'The database must have encoding UTF8 and a LC_CTYPE other than C (for example C.UTF-8).',
      );
    }
    await client`select pg_advisory_lock(${LOCK})`;
    await migrate(db, { migrationsFolder });
    if (new URL(ownerUrl).username !== applicationRole) await grant(db, applicationRole);
  } finally {
    await client.end({ timeout: 5 });
  }
}

async function grant(db: ReturnType<typeof drizzle>, role: string): Promise<void> {
  const name = sql.identifier(role);
  await db.execute(sql`grant usage on schema public, drizzle to ${name}`);
  // A backup says at which migration its rows are.
  await db.execute(sql`grant select on drizzle.__drizzle_migrations to ${name}`);
  await db.execute(sql`grant select, insert, update, delete on all tables in schema public to ${name}`);
  await db.execute(sql`grant usage, select on all sequences in schema public to ${name}`);
  await db.execute(sql`revoke update, delete, truncate on audit_entries, audit_seals from ${name}`);
  await db.execute(sql`revoke update, delete, truncate on prepaid_ledger from ${name}`);
  await db.execute(sql`revoke update, truncate on document_corrections from ${name}`);
  await db.execute(
    sql`revoke update, delete, truncate on disclosures, disclosure_steps, disclosure_files, data_views, statistics_editions from ${name}`,
  );
  await db.execute(sql`revoke delete, truncate on personal_keys from ${name}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { env, problems } = withSecretFiles(process.env);
  const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: url } = env;
  if (problems.length > 0) throw new Error(problems.join('\n'));
  if (!ownerUrl || !url) throw new Error('DATABASE_OWNER_URL and DATABASE_URL must be set.');
  await migrateDatabase(ownerUrl, new URL(url).username);
  const { db, close } = openDatabase({ DATABASE_URL: url, PERSONAL_DATA_KEY: env.PERSONAL_DATA_KEY });
  if (await lacksSearchIndex(db)) await rebuildSearchIndex(db);
  await close();
}
