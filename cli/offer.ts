import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { importCatalogue } from '../db/queries/catalogue/import.ts';
import { addTermsEdition } from '../db/queries/terms-edition/add.ts';
import { civilDate } from '../domain/civil-date.ts';
import { createFileStorage } from '../storage/file-storage.ts';
import { databaseOption } from './audit.ts';

function readOrFail(command: Command, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return command.error(`ファイル「${file}」を読めません。`);
  }
}

/** Adds `catalogue import` and `terms add`: what an application needs before anybody can apply. */
export function registerOffer(program: Command): void {
  program
    .command('catalogue')
    .description('料金プラン')
    .command('import')
    .description('料金プランの版を登録します（samples/catalogue.json の形。登録済みの版は変わりません）')
    .argument('<FILE>', 'JSONファイル')
    .addOption(databaseOption())
    .action(async (file: string, options: { database: string }, command: Command) => {
      const { db, close } = openDatabase({ DATABASE_URL: options.database }, 1);
      try {
        await importCatalogue(db, JSON.parse(readOrFail(command, file).toString('utf8')));
        console.log('料金プランを登録しました。');
      } catch (error) {
        command.error(
          `料金プランを登録できません：${error instanceof Error ? error.message : String(error)}`,
        );
      } finally {
        await close();
      }
    });

  program
    .command('terms')
    .description('利用規約の版')
    .command('add')
    .description('利用規約の版を登録します')
    .requiredOption('--number <N>', '版の番号', Number)
    .requiredOption('--title <TITLE>', '名称')
    .requiredOption('--effective-on <DATE>', '適用開始日', civilDate)
    .requiredOption('--file <PDF>', '規約のPDF')
    .action(
      async (
        options: { number: number; title: string; effectiveOn: string; file: string },
        command: Command,
      ) => {
        const bytes = readOrFail(command, options.file);
        if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-')))
          command.error('規約はPDFで指定してください。');
        const config = loadConfig(process.env);
        const { db, close } = openDatabase(config, 1);
        try {
          const { key } = await createFileStorage(config.DOCUMENTS_DIR).put(bytes);
          const sha256 = createHash('sha256').update(bytes).digest('hex');
          const { number, title, effectiveOn } = options;
          await addTermsEdition(db, { number, title, effectiveOn, documentKey: key, documentSha256: sha256 });
          console.log(`利用規約 第${number}版（${effectiveOn} 適用）を登録しました。`);
        } finally {
          await close();
        }
      },
    );
}
