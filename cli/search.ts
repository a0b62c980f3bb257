import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { rebuildSearchIndex } from '../db/queries/search/rebuild.ts';

/** Adds `search rebuild`: makes the search index again after a restore. */
export function registerSearch(program: Command): void {
  program
    .command('search')
    .description('申込・契約の検索用索引')
    .command('rebuild')
    .description('検索用索引を作り直します（索引はバックアップに含まれないため、復元の後に実行します）')
    .action(async () => {
      const { db, close } = openDatabase(loadConfig(process.env), 2);
      try {
        const made = await rebuildSearchIndex(db);
        console.log(`申込 ${made.applications}件、契約 ${made.contracts}件を検索できるようにしました。`);
      } finally {
        await close();
      }
    });
}
