import { resolve } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type Command, InvalidArgumentError } from 'commander';
import { stateFolder } from '../config/state-folder.ts';
import { loadBackupConfig } from '../config.ts';
import { type BackupDone, makeBackup } from './backup/make.ts';
import { releaseVersion } from './version.ts';

/** A public key of age; post-quantum ones too. */
function recipient(text: string): string {
  if (/^age1[0-9a-z]{50,}$/.test(text)) return text;
  throw new InvalidArgumentError('age1で始まる公開鍵を指定してください（hasso backup key で作れます）。');
}

function days(text: string): number {
  if (/^\d{1,4}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('1以上の日数を指定してください。');
}

/** Temporal's databases where they are in Postgres; both or none. Passwords are in them: from the environment alone. */
export function temporalUrls(env: NodeJS.ProcessEnv, command: Command): string[] {
  const { TEMPORAL_DATABASE_URL: store = '', TEMPORAL_VISIBILITY_DATABASE_URL: visibility = '' } = env;
  const urls = [store, visibility].filter((url) => url !== '');
  if (urls.length !== 1) return urls;
  return command.error(
    'TEMPORAL_DATABASE_URL と TEMPORAL_VISIBILITY_DATABASE_URL は両方を設定してください。',
  );
}

/** Adds `backup` and `backup key`. Exit code 1 when no set was made, or when the storage has lost a document. */
export function registerBackup(program: Command): void {
  const backup: Command = program
    .command('backup')
    .description('記録・手続き・文書をひとまとまりに控え、公開鍵で暗号化します')
    .option('--to <DIR>', 'バックアップのフォルダ')
    .option('--recipient <KEY>', '公開鍵（age1…）', recipient)
    .option('--keep-days <DAYS>', 'この日数より古い控えを消します（最新のものは残します）', days)
    .option('--json', '結果をJSONで出力します')
    .action(async (options: { to?: string; recipient?: string; keepDays?: number; json?: true }) => {
      const { to, recipient: key } = options;
      if (to === undefined || key === undefined) backup.error('--to と --recipient を指定してください。');
      const done = await makeBackup({
        config: loadBackupConfig(process.env),
        to: resolve(to),
        recipient: key,
        stateDir: stateFolder(process.env),
        temporalUrls: temporalUrls(process.env, backup),
        version: releaseVersion(),
        now: new Date(),
        keepDays: options.keepDays ?? null,
      }).catch((error: unknown) => backup.error(error instanceof Error ? error.message : String(error)));
      process.stdout.write(options.json === true ? `${JSON.stringify(done)}\n` : textOf(done));
      if (done.lost > 0) process.exitCode = 1;
    });
  backup
    .command('key')
    .description('鍵の組を作って表示します（秘密鍵はこのサーバーに置かず、別の場所で実行・保管してください）')
    .action(async () => {
      const identity = await generateX25519Identity();
      process.stdout.write(`# public key: ${await identityToRecipient(identity)}\n${identity}\n`);
    });
}

function textOf({ set, rows, documents, lost, forgotten, removedSets, temporal }: BackupDone): string {
  return [
    `バックアップを作成しました：${set}`,
    `  記録 ${rows}行、文書 ${documents}件、鍵は keys.json に書き直しました。`,
    temporal
      ? '  手続き（Temporal）の内容を含みます。'
      : '  手続き（Temporal）の内容は含みません。このTemporalサーバーの保存先は別に控えてください。復元後は hasso reconcile で照合してください。',
    ...(forgotten > 0 ? [`  削除された文書 ${forgotten}件は、過去の控えからも読めなくなりました。`] : []),
    ...(removedSets > 0 ? [`  古い控え ${removedSets}件を消しました。`] : []),
    ...(lost > 0
      ? [`  警告：記録にあるのに保管先から失われた文書が ${lost}件あります。控えには残っています。`]
      : []),
    '',
  ].join('\n');
}
