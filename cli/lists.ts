import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import { loadTemporalConfig } from '../config.ts';
import type { Database } from '../db/client.ts';
import { propose } from '../db/queries/proposal/propose.ts';
import { readListChanges, readListVersions } from '../db/queries/screening-list/read.ts';
import type { ListImportRow } from '../db/queries/screening-list/stage.ts';
import { rollBackList } from '../db/queries/screening-list/take.ts';
import type { ListName } from '../db/schema/index.ts';
import { formatInstantJa } from '../domain/calendar/civil-date.ts';
import { listNeedsTwo, type Proposed } from '../domain/proposal/proposal.ts';
import { COLUMN_LABELS } from '../domain/screening/list-columns.ts';
import { connectTemporal } from '../gateway/connect.ts';
import { createOutbox } from '../gateway/outbox.ts';
import { ListFileError, previewList, screeningGateway, takeList } from '../gateway/screening.ts';
import { readListFile } from '../storage/list-file.ts';
import { withDatabase } from './database.ts';

const LISTS: readonly ListName[] = ['antisocial', 'competitor', 'internal'];
const LIST_LABELS: Record<ListName, string> = {
  antisocial: '反社会的勢力リスト',
  competitor: '競合リスト',
  internal: '社内リスト',
};
/** Who the versions made on the command line belong to, in the rows and in the audit log. */
const ACTOR = 'cli';
const SHOWN_CHANGES = 20;
const SHOWN_BAD_ROWS = 20;

const say = (line: string) => process.stdout.write(`${line}\n`);

async function withLists(command: Command, work: (db: Database) => Promise<void>): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (url === undefined || url === '') {
    command.error('DATABASE_URL を設定してください（例：postgres://hasso_app:…@localhost:5432/hasso）。');
  }
  try {
    await withDatabase(url, work);
  } catch (error) {
    if (!(error instanceof ListFileError)) throw error;
    command.error(error.message);
  }
}

/** Reads the file and prints what it would change. */
async function preview(db: Database, list: ListName, path: string): Promise<ListImportRow> {
  const bytes = await readFile(path);
  const staged = await previewList(
    db,
    { list, fileName: basename(path), bytes, importedBy: ACTOR },
    ({ step, rows }) => {
      process.stderr.write(`\r${step === 'read' ? '読み込み' : '書き込み'}：${rows}行`);
    },
  );
  process.stderr.write('\n');
  say(`${LIST_LABELS[list]}：${staged.fileName}（${staged.encoding}）`);
  say(`  取り込める行 ${staged.rows}、取り込めない行 ${staged.badRows}`);
  say(`  追加 ${staged.added}、変更 ${staged.changed}、削除 ${staged.removed}、変更なし ${staged.same}`);
  if (staged.keptEntries > 0) say(`  読めない行があり現在のまま残る登録 ${staged.keptEntries}`);
  const ignored = staged.columns.filter(({ as }) => as === null).map(({ heading }) => heading);
  if (ignored.length > 0) say(`  取り込まない列：${ignored.join('、')}`);
  for (const { line, reason } of staged.warnings.slice(0, SHOWN_BAD_ROWS)) say(`  ${line}行目：${reason}`);
  for (const { line, reason } of staged.bad.slice(0, SHOWN_BAD_ROWS)) say(`  ${line}行目：${reason}`);
  if (staged.badRows > SHOWN_BAD_ROWS) say(`  ほか${staged.badRows - SHOWN_BAD_ROWS}行`);
  return staged;
}

/** What `hasso lists check` prints; docs/intake.md lists the fields. */
async function check(path: string) {
  const bytes = await readFile(path);
  try {
    const { encoding, columns, rows, bad, warnings } = await readListFile(bytes);
    const counts = { taken: rows.length, refusedCount: bad.length };
    return {
      file: basename(path),
      accepted: true,
      message: null,
      encoding,
      columns,
      ...counts,
      rows,
      refused: bad,
      warnings,
    };
  } catch (error) {
    if (!(error instanceof ListFileError)) throw error;
    const nothing = {
      encoding: null,
      columns: [],
      taken: 0,
      refusedCount: 0,
      rows: [],
      refused: [],
      warnings: [],
    };
    return { file: basename(path), accepted: false, message: error.message, ...nothing };
  }
}

function textOf({
  file,
  message,
  encoding,
  columns,
  taken,
  refusedCount,
  refused,
  warnings,
}: Awaited<ReturnType<typeof check>>): string {
  if (message !== null) return `${file}：${message}`;
  const line = ({ line: number, reason }: { line: number; reason: string }) => `  ${number}行目：${reason}`;
  return [
    `${file}（${encoding}）`,
    ...columns.map(
      ({ heading, as }) => `  列「${heading}」：${as === null ? '取り込まない' : COLUMN_LABELS[as]}`,
    ),
    `  取り込める行 ${taken}、取り込めない行 ${refusedCount}`,
    ...refused.map(line),
    ...warnings.map(line),
  ].join('\n');
}

const CHANGES = { added: '追加', changed: '変更', removed: '削除' };

/** Screens the live contracts against the version, where a Temporal server is set. */
async function rescreen(db: Database, list: ListName, version: number): Promise<void> {
  const { TEMPORAL_ADDRESS: address } = process.env;
  if (address === undefined || address === '') {
    say('TEMPORAL_ADDRESS が設定されていないため、契約中のお客様の再チェックは開始していません。');
    return;
  }
  const client = await connectTemporal(loadTemporalConfig(process.env));
  try {
    await screeningGateway(createOutbox(db, client)).rescreenList({ list, version, startedBy: ACTOR });
    say('契約中のお客様の再チェックを開始しました。');
  } finally {
    await client.connection.close();
  }
}

/** Another version of the anti-social list is current once an approver has agreed in the console (docs/proposals.md). */
async function askSecondPerson(
  command: Command,
  db: Database,
  asked: { commandId: string; proposed: Proposed; reason: string },
): Promise<void> {
  // The reason is kept encrypted.
  if (asked.reason !== '' && !process.env.PERSONAL_DATA_KEY)
    command.error('PERSONAL_DATA_KEY を設定してください。');
  const proposal = { ...asked, contractId: null, proposedBy: ACTOR, sandbox: false, at: new Date() };
  const answer = await propose(db, proposal);
  if (!answer.ok) command.error(answer.message);
  say(
    `承認者の確認を待っています。コンソールの /staff/proposals/${answer.proposalId} で確認されると、現在の版になります。`,
  );
}

function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('版の番号を指定してください。');
  return Number(text);
}

const listArgument = () => new Argument('<list>', 'リスト').choices(LISTS);

/** Adds `lists`: preview, import, versions and rollback of the screening lists. Needs DATABASE_URL. */
export function registerLists(program: Command): void {
  const lists = program.command('lists').description('反社・競合・社内リストの版を管理します');
  lists
    .command('check')
    .description(
      'CSVファイルをどう読むか（文字コード、列、取り込める行とそうでない行）を表示します。何も変更しません',
    )
    .argument('<file>', 'CSVファイル')
    .option('--json', '結果をJSONで出力します')
    .action(async (file: string, { json }: { json?: true }, command: Command) => {
      const checked = await check(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === undefined) throw error;
        return command.error(`ファイルを読めません：${error.message}`);
      });
      say(json ? JSON.stringify(checked) : textOf(checked));
    });
  lists
    .command('preview')
    .description('CSVファイル（UTF-8またはShift_JIS）を読み、取り込むと何が変わるかを表示します')
    .addArgument(listArgument())
    .argument('<file>', 'CSVファイル')
    .action((list: ListName, file: string, _: unknown, command: Command) =>
      withLists(command, async (db) => {
        const staged = await preview(db, list, file);
        for (const { change, entryId, before, after } of await readListChanges(db, staged, SHOWN_CHANGES)) {
          const names = [before, after].filter((name) => name !== null).join(' → ');
          say(`  ${CHANGES[change]} ${entryId} ${names}`);
        }
      }),
    );
  lists
    .command('import')
    .description('CSVファイルを新しい版として取り込みます')
    .addArgument(listArgument())
    .argument('<file>', 'CSVファイル')
    .action((list: ListName, file: string, _: unknown, command: Command) =>
      withLists(command, async (db) => {
        const staged = await preview(db, list, file);
        if (listNeedsTwo(list, staged.baseVersion)) {
          const proposed = { kind: 'listTake' as const, list, importId: staged.id };
          return askSecondPerson(command, db, { commandId: `take/${staged.id}`, proposed, reason: '' });
        }
        const taken = await takeList(db, { importId: staged.id, takenBy: ACTOR });
        if (!taken.ok) command.error(taken.message);
        say(`第${taken.version}版として取り込みました。`);
        await rescreen(db, list, taken.version);
      }),
    );
  lists
    .command('versions')
    .description('リストの版を新しい順に表示します')
    .addArgument(listArgument())
    .action((list: ListName, _: unknown, command: Command) =>
      withLists(command, async (db) => {
        for (const { version, current, entries, createdAt } of await readListVersions(db, list)) {
          const when = formatInstantJa(createdAt.getTime());
          say(`第${version}版${current ? '（現在の版）' : ''}  ${entries}件  ${when}`);
        }
      }),
    );
  lists
    .command('rollback')
    .description('以前の版を現在の版に戻します')
    .addArgument(listArgument())
    .argument('<version>', '版の番号', versionNumber)
    .requiredOption('--reason <text>', '戻す理由（操作の記録に残ります）')
    .action((list: ListName, version: number, { reason }: { reason: string }, command: Command) =>
      withLists(command, async (db) => {
        if (listNeedsTwo(list, version)) {
          const proposed = { kind: 'listRollback' as const, list, version };
          const known = (await readListVersions(db, list)).some((each) => each.version === version);
          if (!known) command.error('その版はありません。');
          return askSecondPerson(command, db, { commandId: randomUUID(), proposed, reason });
        }
        if (!(await rollBackList(db, { list, version, actor: ACTOR, reason })))
          command.error('その版はありません。');
        say(`第${version}版を現在の版に戻しました。`);
        await rescreen(db, list, version);
      }),
    );
}
