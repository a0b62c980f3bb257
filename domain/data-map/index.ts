import { TABLES } from '../processes/index.ts';
import { CUSTOMER_TABLES } from './customer-tables.ts';
import { OTHER_TABLES } from './other-tables.ts';
import { executionIds, OTHER_STORES, WORKFLOW_STORES } from './stores.ts';
import { namesOf, type StoreEntry, type TableEntry } from './types.ts';

export * from './types.ts';
export { CUSTOMER_TABLES, executionIds, OTHER_STORES, OTHER_TABLES, WORKFLOW_STORES };

/** The data map's tables, by name. */
export const DATA_MAP_TABLES: Readonly<Record<string, TableEntry>> = Object.fromEntries(
  Object.entries({ ...TABLES, ...CUSTOMER_TABLES, ...OTHER_TABLES }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
);

/** Its other stores: files, workflows, logs, backups, systems outside. */
export const DATA_MAP_STORES: Readonly<Record<string, StoreEntry>> = {
  ...OTHER_STORES,
  ...Object.fromEntries(Object.entries(WORKFLOW_STORES).map(([type, entry]) => [`workflow:${type}`, entry])),
};

/** Columns of a table that hold data. */
export const holdingColumns = ({ holds }: TableEntry): string[] =>
  Object.values(holds).flatMap((names) => namesOf(names));

/** Columns that the deletion empties in a row that stays. */
export function clearedColumns(entry: TableEntry): string[] {
  const kept = namesOf(entry.kept);
  return entry.atDeletion === 'reduce' ? holdingColumns(entry).filter((name) => !kept.includes(name)) : [];
}
