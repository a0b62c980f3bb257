import { asc, gt } from 'drizzle-orm';
import type { Database } from '../../client.ts';
import { applications, contracts, searchIndex } from '../../schema/index.ts';
import { indexContract } from '../contract/index-for-search.ts';
import { indexApplication } from '../intake/submit-application.ts';

const PAGE = 200;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Makes the search index again from the rows, after a restore: backups leave it out. Returns how many are found by it. */
export async function rebuildSearchIndex(db: Database): Promise<{ applications: number; contracts: number }> {
  const made = { applications: 0, contracts: 0 };
  for (let after = FIRST_ID; ; ) {
    const rows = await db
      .select()
      .from(applications)
      .where(gt(applications.id, after))
      .orderBy(asc(applications.id))
      .limit(PAGE);
    await db.transaction(async (tx) => {
      for (const row of rows) await indexApplication(tx, row.id, row);
    });
    made.applications += rows.length;
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  for (let after = FIRST_ID; ; ) {
    const rows = await db
      .select({ id: contracts.id })
      .from(contracts)
      .where(gt(contracts.id, after))
      .orderBy(asc(contracts.id))
      .limit(PAGE);
    await db.transaction(async (tx) => {
      for (const { id } of rows) await indexContract(tx, id);
    });
    made.contracts += rows.length;
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  return made;
}

/** Whether nothing can be found although there is something to find: a database from a backup, or an older one. */
export async function lacksSearchIndex(db: Database): Promise<boolean> {
  const [[indexed], [application]] = await Promise.all([
    db.select({ id: searchIndex.subjectId }).from(searchIndex).limit(1),
    db.select({ id: applications.id }).from(applications).limit(1),
  ]);
  return indexed === undefined && application !== undefined;
}
