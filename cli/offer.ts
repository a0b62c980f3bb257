import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { importCatalogue } from '../db/queries/catalogue/import.ts';
import { addTermsEdition } from '../db/queries/terms-edition/add.ts';
import { mayRegisterEdition } from '../db/queries/terms-edition/may-register.ts';
import { type CivilDate, civilDate } from '../domain/calendar/civil-date.ts';
import { createFileStorage } from '../storage/file-storage.ts';
import { readTermsDocument } from '../storage/terms-document.ts';
import { databaseOption } from './audit.ts';
import { registerCataloguePreview } from './catalogue-preview.ts';

function readOrFail(command: Command, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return command.error(`ファイル「${file}」を読めません。`);
  }
}

/** Adds `catalogue import`, `catalogue preview` and `terms add`: what an application needs before anybody can apply. */
export function registerOffer(program: Command): void {
  const catalogue = program.command('catalogue').description('料金プラン');
  registerCataloguePreview(catalogue);
  catalogue
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
    .description('すでに適用中の利用規約の版を登録します（新しい版は運用管理の「規約」から登録します）')
    .requiredOption('--number <N>', '版の番号', Number)
    .requiredOption('--title <TITLE>', '名称')
    .requiredOption('--effective-on <DATE>', '適用開始日', civilDate)
    .requiredOption('--file <FILE>', '規約のファイル（PDF、HTML、Markdown）')
    .action(
      async (
        options: { number: number; title: string; effectiveOn: CivilDate; file: string },
        command: Command,
      ) => {
        const bytes = readOrFail(command, options.file);
        const document = await readTermsDocument(bytes);
        if (!document.ok) return command.error(document.message);
        const config = loadConfig(process.env);
        const { db, close } = openDatabase(config, 1);
        try {
          const { number, title, effectiveOn } = options;
          if (!(await mayRegisterEdition(db, number))) {
            command.error(
              '契約中のお客様がいるため、新しい版は運用管理の「規約」から登録してください。告知が必要です（第17条1項）。',
            );
          }
          const { key, sha256 } = await createFileStorage(config.DOCUMENTS_DIR).put(bytes);
          await addTermsEdition(db, {
            number,
            title,
            effectiveOn,
            documentKey: key,
            documentSha256: sha256,
            contentType: document.contentType,
            fileName: basename(options.file),
            bodyHtml: document.html,
            bodyText: document.paragraphs.join('\n'),
          });
          console.log(`利用規約 第${number}版（${effectiveOn} 適用）を登録しました。`);
        } finally {
          await close();
        }
      },
    );
}
