import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { recordExport } from '../db/queries/archive/export.ts';
import { eachDocument } from '../db/queries/archive/search.ts';
import { type CivilDate, civilDate } from '../domain/calendar/civil-date.ts';
import { type ExportedDocument, exportZip } from '../storage/export-zip.ts';
import { openStorage } from '../storage/open.ts';

function dateArgument(text: string): CivilDate {
  try {
    return civilDate(text);
  } catch {
    throw new InvalidArgumentError('「2028-04-01」の形で指定してください。');
  }
}

interface Options {
  from: CivilDate;
  to: CivilDate;
  out: string;
  sandbox?: true;
}

/** Adds `archive export`: all documents of a period as a ZIP with an index; nothing is left of one that failed. */
export function registerArchive(program: Command): void {
  const archive = program.command('archive').description('発行した書類の保存庫（電子帳簿保存法）');
  archive
    .command('export')
    .description('期間内の書類を、索引（index.csv）と訂正の記録を付けてZIPに書き出します')
    .requiredOption('--from <DATE>', '書類の日付の初日（例：2026-04-01）', dateArgument)
    .requiredOption('--to <DATE>', '書類の日付の末日（例：2027-03-31）', dateArgument)
    .requiredOption('--out <FILE>', '書き出すZIPファイル')
    .option('--sandbox', 'テスト環境の書類を書き出します')
    .action(async ({ from, to, out, sandbox }: Options, command: Command) => {
      if (from > to) command.error('--from は --to 以前の日付にしてください。');
      const config = loadConfig(process.env);
      const { db, close } = openDatabase(config, 2);
      const partial = `${out}.partial`;
      try {
        const search = { sandbox: sandbox ?? false, from, to };
        const { documents, counted } = counting(eachDocument(db, search));
        await pipeline(
          exportZip(documents, openStorage(config)),
          createWriteStream(partial, { mode: 0o600 }),
        );
        await recordExport(db, { actor: 'cli', from, to, documents: counted(), sandbox: search.sandbox });
        await rename(partial, out);
        process.stdout.write(`${counted()}件の書類を ${out} に書き出しました。\n`);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      } finally {
        await close();
      }
    });
}

function counting(documents: AsyncIterable<ExportedDocument>) {
  let count = 0;
  async function* counted() {
    for await (const document of documents) {
      count += 1;
      yield document;
    }
  }
  return { documents: counted(), counted: () => count };
}
