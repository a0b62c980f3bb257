import { type Command, InvalidArgumentError } from 'commander';
import { type SearchResult, searchEverywhere } from '../clients/search-everywhere.ts';
import { temporalExecutions } from '../clients/temporal-executions.ts';
import { type Config, loadConfig } from '../config.ts';
import { type Database, openDatabase } from '../db/client.ts';
import { findContractByNumber } from '../db/queries/contract/find-by-number.ts';
import { keptNames } from '../db/queries/deletion/kept.ts';
import { planDeletion } from '../db/queries/deletion/plan.ts';
import { recordVerification } from '../db/queries/deletion/record-verification.ts';
import { type DeletionSubject, deletionSubject } from '../db/queries/deletion/subject.ts';
import { foldForNeedles } from '../domain/data/needles.ts';
import { AT_DELETION, DATA_MAP_STORES, DATA_MAP_TABLES } from '../domain/data-map/index.ts';
import { connectTemporal } from '../gateway/connect.ts';
import { deletionGateway } from '../gateway/deletion.ts';
import { createOutbox } from '../gateway/outbox.ts';
import { sweepNow } from '../gateway/retention.ts';
import { openStorage } from '../storage/open.ts';
import { deletionWorkflowId } from '../workflows/deletion/messages.ts';

interface Opened {
  config: Config;
  db: Database;
  contract: NonNullable<Awaited<ReturnType<typeof findContractByNumber>>>;
  subject: DeletionSubject;
}

/** Runs with the database and a contract, by its number or id; exit code 1 when there is none. */
async function withContract(name: string, command: Command, work: (opened: Opened) => Promise<void>) {
  const config = loadConfig(process.env);
  const { db, close } = openDatabase(config, 2);
  try {
    const contract = await findContractByNumber(db, name);
    const subject = contract === null ? null : await deletionSubject(db, contract.id);
    if (contract === null || subject === null) command.error(`契約「${name}」は見つかりません。`);
    await work({ config, db, contract, subject });
  } finally {
    await close();
  }
}

function needleArgument(text: string, earlier: string[]): string[] {
  if ([...foldForNeedles(text)].length < 2) {
    throw new InvalidArgumentError('2文字以上で指定してください（記号と空白は数えません）。');
  }
  return [...earlier, text];
}

/** The result for a terminal: places and counts, never what was found there. */
export function verificationLines({ left, kept, others }: SearchResult): string[] {
  const lines = (places: SearchResult['left']) =>
    places.map(({ store, count }) => `  ・${titleOf(store)}（${store}）：${count}件`);
  return [
    left.length === 0
      ? '残っているデータは見つかりませんでした。'
      : `${left.length}か所に、残っているデータが見つかりました。`,
    ...lines(left),
    ...(kept.length === 0 ? [] : ['データマップに従って保存しているもの：', ...lines(kept)]),
    ...(others.length === 0 ? [] : ['ほかのお客様・運営会社の記録に同じ語があるもの：', ...lines(others)]),
  ];
}

function titleOf(store: string): string {
  const [table = ''] = store.split('.');
  const names: Record<string, string> = {
    storage: '保存されたファイル',
    outbox: '送信トレイ',
    logs: 'ログ',
    workflow: 'ワークフローの履歴',
  };
  return DATA_MAP_TABLES[table]?.title ?? DATA_MAP_STORES[store]?.title ?? names[store] ?? store;
}

/** Adds `deletion plan|start|verify|sweep`. */
export function registerDeletion(program: Command): void {
  const deletion = program.command('deletion').description('契約終了後のデータ削除（第22条6項）');

  deletion
    .command('plan')
    .description('いま削除した場合に、何が消え、何が残るかを表示します（何も変えません）')
    .argument('<CONTRACT>', '契約番号または契約のID')
    .option('--json', '結果をJSONで出力します')
    .action((name: string, options: { json?: true }, command: Command) =>
      withContract(name, command, async ({ db, subject }) => {
        const plan = await planDeletion(db, subject);
        if (options.json) return void console.log(JSON.stringify(plan, null, 2));
        if (plan.length === 0) console.log('対象の行はありません。');
        for (const { title, table, action, rows, files } of plan) {
          const extra = files > 0 ? `、ファイル${files}個` : '';
          console.log(`${AT_DELETION[action]}\t${title}（${table}）：${rows}件${extra}`);
        }
      }),
    );

  deletion
    .command('start')
    .description('終了した契約の削除の手続きを始めます（猶予期間と削除保留に従います）')
    .argument('<CONTRACT>', '契約番号または契約のID')
    .action((name: string, _: object, command: Command) =>
      withContract(name, command, async ({ config, db, contract }) => {
        if (contract.status !== 'ended' && contract.status !== 'terminated') {
          command.error('この契約は終了していません。');
        }
        const client = await connectTemporal(config);
        try {
          await deletionGateway(createOutbox(db, client)).start({ ...contract, contractId: contract.id });
        } finally {
          await client.connection.close();
        }
        console.log('削除の手続きを始めました。');
      }),
    );

  deletion
    .command('verify')
    .description('削除した契約のデータが残っていないかを、全保存先で探します（見つかれば終了コード1）')
    .argument('<CONTRACT>', '契約番号または契約のID')
    .option(
      '--needle <TEXT>',
      '探す語（会社名、氏名、住所、メールアドレス、電話番号）。何度でも指定できます。保存書類の会社名は自動で加わります',
      needleArgument,
      [] as string[],
    )
    .option('--json', '結果をJSONで出力します')
    .action((name: string, options: { needle: string[]; json?: true }, command: Command) =>
      withContract(name, command, async ({ config, db, contract, subject }) => {
        const texts = [...options.needle, ...(await keptNames(db, contract.id))];
        const needles = [...new Set(texts.map(foldForNeedles))];
        const client = await connectTemporal(config);
        try {
          const ports = {
            db,
            storage: openStorage(config),
            executions: temporalExecutions(async () => client),
            outboxDir: config.OUTBOX_DIR,
            logDir: config.LOG_DIR,
          };
          const result = await searchEverywhere(ports, subject, needles, deletionWorkflowId(contract.id));
          const places = result.left.length;
          await recordVerification(db, {
            contractId: contract.id,
            actor: 'cli',
            places,
            needles: needles.length,
          });
          if (options.json) console.log(JSON.stringify(result, null, 2));
          else {
            if (needles.length === 0) console.log('探す語がないため、行とファイルの有無だけを確かめました。');
            console.log(verificationLines(result).join('\n'));
          }
          if (places > 0) process.exitCode = 1;
        } finally {
          await client.connection.close();
        }
      }),
    );

  deletion
    .command('sweep')
    .description('期限の来た保存書類・証跡・請求を、日次の処理を待たずに今すぐ処理します')
    .action(async () => {
      const config = loadConfig(process.env);
      const client = await connectTemporal(config);
      try {
        const { fired, started, unnamed } = await sweepNow(client);
        console.log(
          `期限を${fired}件処理し、削除の手続きを${started}件始め、使われなかったファイルを${unnamed}個削除しました。`,
        );
      } finally {
        await client.connection.close();
      }
    });
}
