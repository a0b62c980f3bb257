import { sql } from 'drizzle-orm';
import {
  CUSTOMER_TABLES,
  clearedColumns,
  DATA_MAP_TABLES,
  holdingColumns,
} from '../../../domain/data-map/index.ts';
import type { Database, Transaction } from '../../client.ts';
import { type DeletionSubject, ownRows } from './subject.ts';
import { ROW_TABLES } from './tables.ts';

/** Where a text of the customer was found, and whose row it is in. */
export interface TableHit {
  /** `table.column`. */
  store: string;
  /**
   * `kept`: the data map says that it stays for now. `others`: in a row of another customer, who entered it. `operator`: in
   * a list or account of the operator. `left`: it should not be there.
   */
  verdict: 'kept' | 'others' | 'operator' | 'left';
  count: number;
}

const PAGE = 500;
/** Types that can hold a text, of the catalog. */
const TEXTUAL = ['text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'bytea', 'xml', 'name'];

interface CatalogTable extends Record<string, unknown> {
  schema: string;
  table: string;
  columns: string[];
}

/**
 * Looks through every text and JSON column of every table that the database has, whether the data map knows it or not, for
 * texts of a customer. Encrypted columns are read decrypted.
 */
export async function searchTables(
  db: Database,
  subject: DeletionSubject,
  matches: (text: string) => boolean,
): Promise<TableHit[]> {
  const tables = await db.execute<CatalogTable>(sql`
    select c.table_schema as schema, c.table_name as table, array_agg(c.column_name::text order by c.ordinal_position) as columns
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
      and c.data_type in (${sql.join(
        TEXTUAL.map((type) => sql`${type}`),
        sql`, `,
      )})
    group by 1, 2 order by 1, 2`);
  const hits = new Map<string, TableHit>();
  for (const table of tables) {
    await db.transaction((tx) => searchTable(tx, { table, subject, matches, hits }), {
      isolationLevel: 'repeatable read',
      accessMode: 'read only',
    });
  }
  return [...hits.values()];
}

async function searchTable(
  tx: Transaction,
  search: {
    table: CatalogTable;
    subject: DeletionSubject;
    matches: (text: string) => boolean;
    hits: Map<string, TableHit>;
  },
): Promise<void> {
  const { table, subject, matches, hits } = search;
  const name = `${table.table}`;
  const own = ownRows(CUSTOMER_TABLES[name]?.of ?? 'none', subject);
  const texts = table.columns.map(
    (column, index) => sql`${sql.identifier(column)}::text as ${sql.identifier(`c${index}`)}`,
  );
  await tx.execute(sql`
    declare searched no scroll cursor for
    select ${own ?? sql`false`} as own, ${sql.join(texts, sql`, `)}
    from ${sql.identifier(table.schema)}.${sql.identifier(table.table)}`);
  for (;;) {
    const rows = await tx.execute<Record<string, unknown>>(sql`fetch ${sql.raw(String(PAGE))} from searched`);
    for (const row of rows) {
      for (const [index, column] of table.columns.entries()) {
        const text = row[`c${index}`];
        if (typeof text !== 'string' || !matches(text)) continue;
        const store = `${name}.${column}`;
        const verdict = verdictOn(name, column, own === null ? null : row.own === true);
        const key = `${store}/${verdict}`;
        hits.set(key, { store, verdict, count: (hits.get(key)?.count ?? 0) + 1 });
      }
    }
    if (rows.length < PAGE) break;
  }
  await tx.execute(sql`close searched`);
}

/** `own`: null for a table whose rows are nobody's. */
function verdictOn(table: string, column: string, own: boolean | null): TableHit['verdict'] {
  const entry = DATA_MAP_TABLES[table];
  if (entry === undefined) return 'left';
  if (own === false) return 'others';
  const mapped = holdingColumns(entry).includes(column);
  if (own === null)
    return mapped && (entry.owner === 'list' || entry.owner === 'staff') ? 'operator' : 'left';
  if (!mapped || entry.atDeletion === 'erase') return 'left';
  return clearedColumns(entry).includes(column) ? 'left' : 'kept';
}

const isRowTable = (name: string) => ROW_TABLES.some((table) => table.name === name);

/** Rows of the customer that the deletion should have removed or emptied: found without knowing what they say. */
export async function remainingRows(
  db: Database,
  subject: DeletionSubject,
  plan: (
    db: Database,
    subject: DeletionSubject,
  ) => Promise<{ table: string; action: string; rows: number }[]>,
): Promise<TableHit[]> {
  const planned = await plan(db, subject);
  return planned
    .filter(({ table, action }) => isRowTable(table) && (action === 'erase' || action === 'reduce'))
    .map(({ table, rows }) => ({ store: table, verdict: 'left' as const, count: rows }));
}
