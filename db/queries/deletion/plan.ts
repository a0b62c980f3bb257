import { sql } from 'drizzle-orm';
import type { AtDeletion } from '../../../domain/data-map/index.ts';
import type { Executor } from '../../client.ts';
import { ownRows, type RowSubject } from './subject.ts';
import { blanks, fileColumnsToGo, MAPPED_TABLES } from './tables.ts';

/** What the deletion would do with a table's rows of a customer now. */
export interface PlannedTable {
  table: string;
  title: string;
  action: AtDeletion;
  /** Rows of the customer that the action is about; of a reduced table those that still hold something. */
  rows: number;
  /** Files that go with them, counted once each. */
  files: number;
}

/** The dry run (第22条6項): every table that has rows of the customer, by the conditions that the deletion itself uses. */
export async function planDeletion(db: Executor, subject: RowSubject): Promise<PlannedTable[]> {
  const planned: PlannedTable[] = [];
  for (const table of MAPPED_TABLES) {
    const own = ownRows(table.entry.of, subject);
    if (own === null) continue;
    const cleared = blanks(table);
    const holding =
      table.entry.atDeletion === 'reduce'
        ? sql`(${sql.join(
            cleared.map(({ name, blank }) => sql`${sql.identifier(name)} is distinct from ${blank}`),
            sql` or `,
          )})`
        : sql`true`;
    const columns = fileColumnsToGo(table);
    const files =
      columns.length === 0
        ? sql`0`
        : sql.join(
            columns.map((name) => sql`count(distinct ${sql.identifier(name)})`),
            sql` + `,
          );
    const [row] = await db.execute<{ rows: string; files: string }>(
      sql`select count(*) as rows, ${files} as files from ${sql.identifier(table.name)} where ${own} and ${holding}`,
    );
    const { title, atDeletion: action } = table.entry;
    const counts = { rows: Number(row?.rows ?? 0), files: Number(row?.files ?? 0) };
    if (counts.rows > 0) planned.push({ table: table.name, title, action, ...counts });
  }
  return planned;
}
