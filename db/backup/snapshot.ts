import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import postgres, { type ReservedSql, type Sql, type TransactionSql } from 'postgres';
import { openPool } from '../connection.ts';

/**
 * Rows that no backup has: keys of personal data lie in a part of their own with a short life (docs/decisions/015), the search index
 * is made again, and a session that has ended since must not come back.
 */
const LEFT_OUT = ['personal_keys', 'search_index', 'sessions'];

/** How long to look for a moment in which nobody writes. */
const FREEZE_WITHIN_MS = 30_000;
const LOCK_NOT_AVAILABLE = '55P03';

export interface DumpedTable {
  name: string;
  columns: string[];
}

/** Where a sequence stands: the last number, and whether it was given out. */
export interface SequencePlace {
  name: string;
  last: string;
  called: boolean;
}

/** What a transaction sees of a database. */
export interface SeenDatabase {
  tables: readonly DumpedTable[];
  sequences: readonly SequencePlace[];
  /** The rows of a table in Postgres' own text format. */
  rows(table: DumpedTable): Promise<Readable>;
}

export interface Snapshot extends SeenDatabase {
  /** How many migrations were applied, and the digest of the last. */
  migrations: { count: number; hash: string };
}

/**
 * Reads the database as it is at one instant. `whileFrozen` runs at that instant, when nobody can write: what it copies belongs to
 * these rows; it must be quick. Throws where writers leave no such instant within 30 seconds.
 */
export async function readSnapshot<F, T>(
  url: string,
  whileFrozen: () => Promise<F>,
  read: (snapshot: Snapshot, frozen: F) => Promise<T>,
): Promise<T> {
  const pool = openPool(url, 2);
  try {
    const { value } = await pool.begin('isolation level repeatable read read only', async (snapshot) => {
      const copied = await frozen(pool, async () => {
        // The first statement fixes what this transaction sees.
        await snapshot`select 1`;
        return whileFrozen();
      });
      const seen = await seenBy(snapshot, LEFT_OUT);
      return { value: await read({ ...seen, migrations: await migrationsOf(snapshot) }, copied) };
    });
    return value;
  } finally {
    await pool.end({ timeout: 5 });
  }
}

/** A name as it stands in a statement. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A table with its columns, as COPY takes it. */
export const tableText = ({ name, columns }: DumpedTable): string =>
  `${quoted(name)} (${columns.map(quoted).join(', ')})`;

/** Locks every table that the role may lock against writing, all at once or none, so that nobody waits for us while we wait for them. */
async function frozen<F>(pool: Sql, work: () => Promise<F>): Promise<F> {
  for (const until = Date.now() + FREEZE_WITHIN_MS; ; await pause(50)) {
    try {
      const { value } = await pool.begin(async (tx) => {
        const tables = await tx<{ name: string }[]>`
          select c.relname as name from pg_class c
          where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            and has_table_privilege(c.oid, 'update, delete, truncate') order by 1`;
        await tx.unsafe(
          `lock table ${tables.map(({ name }) => quoted(name)).join(', ')} in share mode nowait`,
        );
        return { value: await work() };
      });
      return value;
    } catch (error) {
      const busy = error instanceof postgres.PostgresError && error.code === LOCK_NOT_AVAILABLE;
      if (!busy) throw error;
      if (Date.now() > until) {
        throw new Error(
          'The database is written to all the time: no moment for a backup was found in 30 s.',
          {
            cause: error,
          },
        );
      }
    }
  }
}

/** What a transaction whose snapshot is fixed sees, but for the tables that are left out. */
export async function seenBy(sql: Statements, leftOut: readonly string[]): Promise<SeenDatabase> {
  return {
    tables: await tablesOf(sql, leftOut),
    sequences: await sequencesOf(sql),
    rows: (table) => sql.unsafe(`copy ${tableText(table)} to stdout`).readable(),
  };
}

type Statements = TransactionSql | ReservedSql;

async function tablesOf(sql: Statements, leftOut: readonly string[]): Promise<DumpedTable[]> {
  return sql<DumpedTable[]>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
      and not a.attisdropped and a.attgenerated = '' and not c.relname = any(${[...leftOut]})
    group by 1 order by 1`;
}

async function sequencesOf(sql: Statements): Promise<SequencePlace[]> {
  const names = await sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' order by 1`;
  const places: SequencePlace[] = [];
  for (const { name } of names) {
    const [at] = await sql<{ last: string; called: boolean }[]>`
      select last_value::text as last, is_called as called from ${sql(name)}`;
    if (at !== undefined) places.push({ name, ...at });
  }
  return places;
}

async function migrationsOf(sql: TransactionSql): Promise<Snapshot['migrations']> {
  const applied = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by id`;
  return { count: applied.length, hash: applied.at(-1)?.hash ?? '' };
}
