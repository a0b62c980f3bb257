import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TransactionSql } from 'postgres';
import { z } from 'zod';
import { openPool } from '../connection.ts';
import { MIGRATIONS, migrateDatabase } from '../migrate.ts';
import { type DumpedTable, quoted, type SequencePlace, type Snapshot, tableText } from './snapshot.ts';

/** Throws a sentence where any table of the database has a row: a restore never mixes two installations. */
export async function requireEmpty(url: string): Promise<void> {
  const pool = openPool(url, 1);
  try {
    const tables = await pool<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public' order by 1`;
    for (const { name } of tables) {
      const [row] = await pool.unsafe(`select 1 from ${quoted(name)} limit 1`);
      if (row !== undefined) {
        throw new Error(
          `The database is not empty (there are rows in ${name}): a restore needs an empty one.`,
        );
      }
    }
  } finally {
    await pool.end({ timeout: 5 });
  }
}

const journalSchema = z.looseObject({ entries: z.array(z.looseObject({ tag: z.string() })) });

/** Makes the tables as they were after so many migrations. Throws a sentence where this release does not know the last of them. */
export async function migrateTo(
  ownerUrl: string,
  applicationRole: string,
  { count, hash }: Snapshot['migrations'],
): Promise<void> {
  const journal = journalSchema.parse(
    JSON.parse(readFileSync(join(MIGRATIONS, 'meta/_journal.json'), 'utf8')),
  );
  const folder = mkdtempSync(join(tmpdir(), 'hasso-migrations-'));
  try {
    mkdirSync(join(folder, 'meta'));
    const entries = journal.entries.slice(0, count);
    for (const { tag } of entries) cpSync(join(MIGRATIONS, `${tag}.sql`), join(folder, `${tag}.sql`));
    writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
    await migrateDatabase(ownerUrl, applicationRole, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const pool = openPool(ownerUrl, 1);
  try {
    const applied = await pool<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by id`;
    if (applied.length !== count || applied.at(-1)?.hash !== hash) {
      throw new Error(
        'The backup was made by a release whose migrations this one does not know: restore it with that release.',
      );
    }
  } finally {
    await pool.end({ timeout: 5 });
  }
}

export interface Load {
  tables: readonly DumpedTable[];
  sequences: readonly SequencePlace[];
  rows(table: DumpedTable): Promise<Readable>;
  /** What else belongs to the same transaction. */
  also(tx: TransactionSql): Promise<void>;
}

/**
 * Fills empty tables in one transaction, as their owner: all of it or nothing. Foreign keys are taken off and put on again, which
 * looks at every row once more.
 */
export async function loadRows(ownerUrl: string, { tables, sequences, rows, also }: Load): Promise<void> {
  const pool = openPool(ownerUrl, 1);
  try {
    await pool.begin(async (tx) => {
      const references = await tx<{ name: string; owner: string; definition: string }[]>`
        select conname as name, conrelid::regclass::text as owner, pg_get_constraintdef(oid) as definition
        from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`;
      const triggered = await tx<{ owner: string }[]>`
        select distinct tgrelid::regclass::text as owner from pg_trigger where not tgisinternal`;
      for (const { owner, name } of references) {
        await tx.unsafe(`alter table ${owner} drop constraint ${quoted(name)}`);
      }
      for (const { owner } of triggered) await tx.unsafe(`alter table ${owner} disable trigger user`);
      await fill(tx, { tables, sequences, rows });
      await also(tx);
      for (const { owner } of triggered) await tx.unsafe(`alter table ${owner} enable trigger user`);
      for (const { owner, name, definition } of references) {
        await tx.unsafe(`alter table ${owner} add constraint ${quoted(name)} ${definition}`);
      }
    });
  } finally {
    await pool.end({ timeout: 5 });
  }
}

/** Puts rows and places of sequences into tables that are there. */
export async function fill(
  tx: TransactionSql,
  { tables, sequences, rows }: Pick<Load, 'tables' | 'sequences' | 'rows'>,
): Promise<void> {
  for (const table of tables) {
    await pipeline(await rows(table), await tx.unsafe(`copy ${tableText(table)} from stdin`).writable());
  }
  for (const { name, last, called } of sequences) {
    await tx`select setval(${quoted(name)}::regclass, ${last}::bigint, ${called})`;
  }
}
