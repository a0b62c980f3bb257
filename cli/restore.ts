import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { withSecretFiles } from '../config/secret-files.ts';
import { stateFolder } from '../config/state-folder.ts';
import { loadBackupConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { countUnfinished } from '../db/queries/reconcile/unfinished.ts';
import { type RestoreDone, restoreBackup } from './backup/restore.ts';
import { temporalUrls } from './backup.ts';

/** Starts the embedded Postgres alone and this command beside it; images do not have it. */
const program = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dev', 'restore.ts');

/** Adds `restore SET`. Exit code 1 when nothing, or not everything, was restored. */
export function registerRestore(parent: Command): void {
  const restore: Command = parent
    .command('restore')
    .description('バックアップを空の環境に戻します（起動する前に実行します）')
    .argument('<SET>', '控えのフォルダ（keys.json と documents の隣）')
    .requiredOption('--identity <FILE>', '秘密鍵（AGE-SECRET-KEY-…）のファイル')
    .option('--json', '結果をJSONで出力します')
    .action(async (set: string, options: { identity: string; json?: true }) => {
      const { DATABASE_OWNER_URL: ownerUrl } = withSecretFiles(process.env).env;
      if (ownerUrl === undefined) return besidePostgres(restore);
      const config = loadBackupConfig(process.env);
      const done = await restoreBackup({
        ...{ config, ownerUrl, set: resolve(set), stateDir: stateFolder(process.env) },
        temporalUrls: temporalUrls(process.env, restore),
        identity: identityIn(options.identity, restore),
      }).catch((error: unknown) => restore.error(error instanceof Error ? error.message : String(error)));
      const { db, close } = openDatabase(config, 1);
      const unfinished = await countUnfinished(db);
      await close();
      process.stdout.write(
        options.json === true ? `${JSON.stringify({ ...done, unfinished })}\n` : textOf(done, unfinished),
      );
    });
}

function identityIn(path: string, command: Command): string {
  const line = readFileSync(path, 'utf8')
    .split('\n')
    .find((each) => each.startsWith('AGE-SECRET-KEY-'));
  return line?.trim() ?? command.error(`${path} に秘密鍵（AGE-SECRET-KEY-…）がありません。`);
}

async function besidePostgres(command: Command): Promise<void> {
  if (!existsSync(program))
    command.error('DATABASE_OWNER_URL（空のデータベースの所有者）を設定してください。');
  const args = [...process.execArgv, program, ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  process.exitCode = await new Promise<number>((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => done(code ?? 1));
  });
}

function textOf(done: RestoreDone, open: number): string {
  const running = done.repeated.filter((each) => each.running);
  return [
    `${done.madeAt} の控えを戻しました：記録 ${done.rows}行、文書 ${done.documents}件。監査記録 ${done.auditEntries}件に改ざん、欠落、入れ替えはありません。`,
    `  控えの後に鍵が消された契約者など：${done.destroyedSince}件（読めないままです）。削除済みの文書：${done.forgotten}件。`,
    ...done.repeated.map(({ contractId }) => `  ・データ削除をやり直しました：contract/${contractId}`),
    ...running.map(
      ({ contractId }) =>
        `  ・要対応：contract/${contractId} は、この記録ではまだ続いています。もう一度終了させてください。`,
    ),
    !done.temporal
      ? `  警告：控えに手続き（Temporal）の内容がありません。進行中の案件 ${open}件は、Temporal側も同じ時点に戻さないかぎり、ひとりでには進みません。起動後に hasso reconcile で確かめてください。`
      : `  手続き（Temporal）も同じ時点に戻しました（進行中の案件 ${open}件）。起動後に hasso reconcile で照合してください。`,
    '',
  ].join('\n');
}
