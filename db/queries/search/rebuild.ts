import { asc, gt } from 'drizzle-orm';
import type { Database, Transaction } from '../../client.ts';
import { applications, contracts, searchIndex } from '../../schema/index.ts';
import { indexContracts } from '../contract/index-for-search.ts';
import { indexApplications } from '../intake/submit-application.ts';

const PAGE = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Makes the search index again from the rows, after a restore: backups leave it out. Returns how many were looked at. */
export async function rebuildSearchIndex(db: Database): Promise<{ applications: number; contracts: number }> {
  return {
    applications: await indexAll(
      db,
      (after) =>
        db
          .select()
          .from(applications)
          .where(gt(applications.id, after))
          .orderBy(asc(applications.id))
          .limit(PAGE),
      indexApplications,
    ),
    contracts: await indexAll(
      db,
      (after) =>
        db
          .select({ id: contracts.id })
          .from(contracts)
          .where(gt(contracts.id, after))
          .orderBy(asc(contracts.id))
          .limit(PAGE),
      (tx, rows) =>
        indexContracts(
          tx,
          rows.map(({ id }) => id),
        ),
    ),
  };
}

/** Indexes every row, page by page in the order of their ids, each page in one transaction. Returns their number. */
async function indexAll<Row extends { id: string }>(
  db: Database,
  pageAfter: (id: string) => Promise<Row[]>,
  index: (tx: Transaction, rows: readonly Row[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  let last: string | undefined = FIRST_ID;
  while (last !== undefined) {
    const rows = await pageAfter(last);
    await db.transaction((tx) => index(tx, rows));
    count += rows.length;
    last = rows.at(-1)?.id;
  }
  return count;
}

/** Whether nothing can be found although there is something to find: a database from a backup, or an older one. */
export async function lacksSearchIndex(db: Database): Promise<boolean> {
  const [[indexed], [application]] = await Promise.all([
    db.select({ id: searchIndex.subjectId }).from(searchIndex).limit(1),
    db.select({ id: applications.id }).from(applications).limit(1),
  ]);
  return indexed === undefined && application !== undefined;
}
