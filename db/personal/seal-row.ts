import { type AnyColumn, getTableColumns, is, SQL, type Table } from 'drizzle-orm';
import { isSealedColumn } from '../schema/columns.ts';
import { seal } from './tags.ts';

/**
 * The values of a row with those of its sealed columns marked for encryption under their owner: the application of a
 * contract, or the customer. What is not text (absent, null) stays.
 */
export function sealRow<T extends object>(table: Table, ownerId: string, values: T): T {
  const columns: Record<string, AnyColumn> = getTableColumns(table);
  const marked = Object.entries(values).map(([name, value]) => {
    const column = columns[name];
    if (column === undefined || !isSealedColumn(column) || value == null || is(value, SQL))
      return [name, value];
    return [name, seal(ownerId, typeof value === 'string' ? value : JSON.stringify(value))];
  });
  return Object.fromEntries(marked) as T;
}
