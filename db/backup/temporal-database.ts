import type { Sql } from 'postgres';
import { openPool } from '../connection.ts';
import { fill, type Load } from './load.ts';
import { quoted, type SeenDatabase, seenBy } from './snapshot.ts';

/** What Temporal's own tool writes when it makes the tables: the tables of a restore have it already. */
const MADE_BY_TOOL = ['schema_version', 'schema_update_history'];
/** A table without rows until a server has started on the database: the first for its store, the second for visibility. */
const WORKFLOWS = ['executions', 'executions_visibility'];

/** A database of Temporal's at one instant, for as long as it is held. */
export interface HeldDatabase extends SeenDatabase {
  /** The version of the schema by Temporal's own count. */
  version: string;
  release(): Promise<void>;
}

/** Fixes what is seen of one of Temporal's databases now; it is read later, while the server goes on. */
export async function holdDatabase(url: string): Promise<HeldDatabase> {
  const pool = openPool(url, 1);
  try {
    const sql = await pool.reserve();
    await sql`begin isolation level repeatable read read only`;
    const version = await versionOf(sql);
    return { ...(await seenBy(sql, MADE_BY_TOOL)), version, release: () => pool.end({ timeout: 1 }) };
  } catch (error) {
    await pool.end({ timeout: 1 });
    throw error;
  }
}

/** Throws a sentence where a restore must not write: workflows are there, or the tables are of another version. */
export async function requireFresh(url: string, version: string): Promise<void> {
  const pool = openPool(url, 1);
  const name = new URL(url).pathname.slice(1);
  try {
    const there = await versionOf(pool).catch(() => 'none');
    if (there !== version) {
      throw new Error(
        `The tables of Temporal's database ${name} are of version ${there}, those of the backup of ${version}: make them with the release of the Temporal server that the backup came from.`,
      );
    }
    const tables = await pool<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public' and tablename = any(${WORKFLOWS})`;
    for (const { name: table } of tables) {
      const [row] = await pool.unsafe(`select 1 from ${quoted(table)} limit 1`);
      if (row !== undefined) {
        throw new Error(
          `Temporal's database ${name} is not empty (there are rows in ${table}): a restore needs a new one.`,
        );
      }
    }
  } finally {
    await pool.end({ timeout: 5 });
  }
}

/** Fills the tables that Temporal's own tool has made, in one transaction; what the tool put into them goes. */
export async function loadDatabase(
  url: string,
  load: Pick<Load, 'tables' | 'sequences' | 'rows'>,
): Promise<void> {
  const pool = openPool(url, 1);
  try {
    await pool.begin(async (tx) => {
      for (const { name } of load.tables) await tx.unsafe(`delete from ${quoted(name)}`);
      await fill(tx, load);
    });
  } finally {
    await pool.end({ timeout: 5 });
  }
}

async function versionOf(sql: Sql): Promise<string> {
  const [row] = await sql<{ version: string }[]>`select curr_version as version from schema_version limit 1`;
  return row?.version ?? 'none';
}
