import { type AnyColumn, is, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { CUSTOMER_TABLES, clearedColumns, namesOf, type TableEntry } from '../../../domain/data-map/index.ts';
import * as schema from '../../schema/index.ts';

/** A table of the data map with the columns of the schema. */
export interface MappedTable {
  name: string;
  entry: TableEntry;
  columns: ReadonlyMap<string, AnyColumn>;
}

/** Tables with rows of a customer. */
export const MAPPED_TABLES: readonly MappedTable[] = Object.values(schema).flatMap((table) => {
  if (!is(table, PgTable)) return [];
  const { name, columns } = getTableConfig(table);
  const entry = CUSTOMER_TABLES[name];
  if (entry === undefined) return [];
  return [{ name, entry, columns: new Map(columns.map((column) => [column.name, column])) }];
});

/** Those whose rows go step by step; the keys go last of all, together with what the search needed. */
export const ROW_TABLES: readonly MappedTable[] = MAPPED_TABLES.filter(
  ({ entry }) => !entry.of.startsWith('key:'),
);

/** Columns with keys of stored files, as `table` and `column`; also of tables that are no customer's. */
export const FILE_COLUMNS: readonly { table: string; column: string }[] = Object.values(schema).flatMap(
  (table) => {
    if (!is(table, PgTable)) return [];
    const { name, columns } = getTableConfig(table);
    return columns
      .filter((column) => /(^|_)(storage|document)_key$/.test(column.name))
      .map((column) => ({ table: name, column: column.name }));
  },
);

/** The columns that the deletion empties, each with what it is emptied to. */
export function blanks({ entry, columns }: MappedTable): { name: string; blank: SQL }[] {
  return clearedColumns(entry).flatMap((name) => {
    const column = columns.get(name);
    return column === undefined ? [] : [{ name, blank: blankOf(column) }];
  });
}

function blankOf(column: AnyColumn): SQL {
  if (!column.notNull) return sql`null`;
  if (column.columnType === 'PgJsonb' || column.columnType === 'PgJson') {
    const empty = Array.isArray(column.default) ? '[]' : '{}';
    return sql`${sql.raw(`'${empty}'`)}::jsonb`;
  }
  return holdsJson(column) ? sql`'[]'` : sql`''`;
}

/** Encrypted JSON lies in a column of text; the empty text is not what it reads. */
function holdsJson(column: AnyColumn): boolean {
  try {
    column.mapFromDriverValue('');
    return false;
  } catch {
    return true;
  }
}

/** Columns of a table that name stored files and go with the deletion: of erased rows, or emptied in kept ones. */
export function fileColumnsToGo({ entry }: MappedTable): string[] {
  const files = namesOf(entry.holds.file);
  if (entry.atDeletion === 'erase') return files;
  return files.filter((name) => clearedColumns(entry).includes(name));
}
