import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { replacePostalPlaces } from '../db/queries/postal/places.ts';
import { readPostalFile } from '../storage/postal-file.ts';
import { databaseOption } from './audit.ts';
import { withDatabase } from './database.ts';

/** Adds `postal import`: the table behind 「住所を入力」 of the forms. */
export function registerPostal(program: Command): void {
  program
    .command('postal')
    .description('郵便番号の表')
    .command('import')
    .description('日本郵便の郵便番号データ（KEN_ALL.CSV）を取り込みます。前の表はすべて入れ替わります')
    .argument('<FILE>', '郵便番号データのCSVファイル（Shift_JISまたはUTF-8、ZIPは展開してから）')
    .addOption(databaseOption())
    .action(async (file: string, options: { database: string }, command: Command) => {
      const bytes = await readFile(file).catch(() => command.error(`ファイル「${file}」を読めません。`));
      const read = await readPostalFile(bytes);
      if (read === null) {
        command.error('郵便番号データ（KEN_ALL.CSV）ではありません。表は変わっていません。');
      }
      await withDatabase(options.database, async (db) => {
        await replacePostalPlaces(db, read.places);
      });
      console.log(`郵便番号の表を取り込みました（${read.places.length}件）。`);
      if (read.bad > 0) console.error(`読めなかった行が${read.bad}行あります。`);
    });
}
