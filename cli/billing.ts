import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { readLiabilityCap } from '../db/queries/billing/liability.ts';
import { itemNames } from '../db/queries/billing/names.ts';
import { previewRun } from '../db/queries/billing/preview.ts';
import { paperCounts, papersOfRun } from '../db/queries/billing/read.ts';
import { findBillingRunOn, listBillingRuns } from '../db/queries/billing/runs.ts';
import { type NewUsageEvent, readUsageEvent, recordUsage } from '../db/queries/billing/usage.ts';
import { readUsageReport } from '../db/queries/billing/usage-report.ts';
import { findContractByNumber } from '../db/queries/contract/find-by-number.ts';
import { loadPolicies } from '../db/queries/policy/load.ts';
import { reasonLines } from '../domain/base/explain.ts';
import { formatYen } from '../domain/base/money.ts';
import { askedYen } from '../domain/billing/documents.ts';
import { nextRunOn } from '../domain/billing/outlook.ts';
import {
  type CivilDate,
  civilDate,
  compareDates,
  formatDateJa,
  jstDate,
  monthKey,
} from '../domain/calendar/civil-date.ts';
import { billingPolicyOf } from '../domain/policy/policies.ts';
import { STATUS } from '../domain/processes/index.ts';
import { billingGateway, readUsageOf } from '../gateway/billing.ts';
import { connectTemporal } from '../gateway/connect.ts';
import { createOutbox } from '../gateway/outbox.ts';
import { argument } from './argument.ts';
import { databaseOption } from './audit.ts';
import { withDatabase } from './database.ts';
import { decodeText } from './text-file.ts';

const DAILY = '随時の書類（終了が分かった契約の訂正・返金、チャージの請求）の処理（省略時は月次の請求）';

interface RunOptions {
  daily?: true;
  on?: CivilDate;
  sandbox?: true;
}

/** Adds `billing run|show|preview|usage|usage-report|read-usage|cap`. */
export function registerBilling(program: Command): void {
  const billing = program.command('billing').description('請求処理');
  registerRun(billing);
  registerShow(billing);
  registerPreview(billing);
  registerUsage(billing);
  registerUsageReport(billing);
  registerReadUsage(billing);
  registerCap(billing);
}

function registerUsageReport(billing: Command): void {
  billing
    .command('usage-report')
    .description('利用の明細の合計を提供者の記録と比べます。一致しないものがあれば、終了コードは1です')
    .argument('<MONTH>', '月（例：2026-12）', argument(monthKey))
    .option('--sandbox', 'テスト環境の契約を対象にします（省略時は本番の契約）')
    .addOption(databaseOption())
    .action(async (month: string, options: RunOptions & { database: string }) => {
      await withDatabase(options.database, async (db) => {
        const asked = { month, sandbox: options.sandbox ?? false };
        const { compared, unread, differences } = await readUsageReport(db, asked);
        for (const { contractId, category, ours, theirs, difference, beyond } of differences) {
          console.log(
            `${contractId}\t${category}\t明細 ${ours}\t提供者 ${theirs}\t差 ${difference}${beyond ? '\t限度超過' : ''}`,
          );
        }
        console.log(
          `比べた契約 ${compared}件、読めていない契約 ${unread}件、一致しないもの ${differences.length}件`,
        );
        if (differences.length > 0) process.exitCode = 1;
      });
    });
}

function registerReadUsage(billing: Command): void {
  billing
    .command('read-usage')
    .description(
      '電話サービス提供者の1か月の記録を読み込み、利用の明細と照合します（毎月3日にも自動で行います）',
    )
    .argument('<MONTH>', '月（例：2026-12）', argument(monthKey))
    .option('--sandbox', 'テスト環境の契約を対象にします（省略時は本番の契約）')
    .action(async (month: string, options: RunOptions) => {
      const sandbox = options.sandbox ?? false;
      const config = loadConfig(process.env);
      const client = await connectTemporal(config);
      try {
        await readUsageOf(client, { sandbox, month });
        console.log(
          `${month}の記録の読み込みを始めました。結果は ${config.WEB_URL}/staff/usage?month=${month} で見られます。`,
        );
      } finally {
        await client.connection.close();
      }
    });
}

function registerCap(billing: Command): void {
  billing
    .command('cap')
    .description('事故の日の責任の上限を、発行した請求書の利用料金から計算します（第23条3項）')
    .argument('<CONTRACT>', '契約番号または契約のID')
    .requiredOption('--incident <DATE>', '事故の日（例：2027-05-01）', argument(civilDate))
    .addOption(databaseOption())
    .action(async (name: string, options: { incident: CivilDate; database: string }, command: Command) => {
      await withDatabase(options.database, async (db) => {
        const contract = await findContractByNumber(db, name);
        if (contract === null) command.error(`契約「${name}」は見つかりません。`);
        const question = { contractId: contract.id, incidentOn: options.incident };
        const cap = await readLiabilityCap(db, { ...question, today: jstDate(Date.now()) });
        for (const line of reasonLines(cap.steps)) console.log(line);
      });
    });
}

function registerRun(billing: Command): void {
  billing
    .command('run')
    .description('請求処理を始め、下書きを作ります。発行は画面で二人が判断します')
    .option('--on <DATE>', '請求処理の日（省略時は今日）。書類はこの日付になります', argument(civilDate))
    .option('--sandbox', 'テスト環境の契約を対象にします（省略時は本番の契約）')
    .option('--daily', DAILY)
    .action(async (options: RunOptions, command: Command) => {
      const today = jstDate(Date.now());
      const { on: runOn = today, sandbox = false } = options;
      const cause = options.daily === true ? ('daily' as const) : ('monthly' as const);
      if (!sandbox && compareDates(runOn, today) > 0) {
        command.error('本番の契約の請求処理に、先の日付は指定できません。');
      }
      const config = loadConfig(process.env);
      const { db, close } = openDatabase(config, 2);
      const client = await connectTemporal(config);
      try {
        const answer = await billingGateway(createOutbox(db, client)).begin({
          ...{ runOn, sandbox, cause },
          startedBy: 'cli',
        });
        if (!answer.ok) command.error(answer.message);
        console.log(`${formatDateJa(runOn)}の請求処理を始めました。`);
        console.log(`${config.WEB_URL}/staff/billing/runs/${answer.runId}`);
      } finally {
        await client.connection.close();
        await close();
      }
    });
}

function registerShow(billing: Command): void {
  billing
    .command('show')
    .description('請求処理の状態と書類を表示します')
    .argument('[DATE]', '請求処理の日（省略時は最近の請求処理の一覧）', argument(civilDate))
    .option('--sandbox', 'テスト環境の契約の請求処理')
    .option('--daily', DAILY)
    .addOption(databaseOption())
    .action(
      async (runOn: CivilDate | undefined, options: RunOptions & { database: string }, command: Command) => {
        await withDatabase(options.database, async (db) => {
          if (runOn === undefined) {
            for (const run of await listBillingRuns(db, 24)) {
              const { label } = STATUS.billingRun[run.status];
              const mark = `${run.cause === 'daily' ? '（随時）' : ''}${run.sandbox ? '（テスト環境）' : ''}`;
              console.log(`${run.runOn}${mark}\t${label}\t${run.papers}通\t${formatYen(run.totalYen)}`);
            }
            return;
          }
          const cause = options.daily === true ? ('daily' as const) : ('monthly' as const);
          const run = await findBillingRunOn(db, { runOn, sandbox: options.sandbox ?? false, cause });
          if (run === null) command.error(`${formatDateJa(runOn)}の請求処理はありません。`);
          const { draft = 0, issued = 0, nothing = 0 } = await paperCounts(db, run.id);
          console.log(`状態：${STATUS.billingRun[run.status].label}${run.paused ? '（一時停止中）' : ''}`);
          console.log(
            `契約：${run.contracts}件、下書き：${draft}通、発行済み：${issued}通、0円：${nothing}件`,
          );
          console.log(`請求額（税込）：${formatYen(run.totalYen)}`);
          for (const { contractId, message } of run.problems)
            console.log(`下書きなし\t${contractId}\t${message}`);
          const { rows } = await papersOfRun(db, { runId: run.id, limit: 10_000, offset: 0 });
          for (const { paper } of rows) {
            const number = paper.number ?? '（下書き）';
            console.log(
              `${number}\t${paper.contractId}\t${formatYen(paper.totalYen)}\t${paper.dueOn ?? '—'}`,
            );
          }
        });
      },
    );
}

function registerPreview(billing: Command): void {
  billing
    .command('preview')
    .description('請求処理が何を請求するかを試算します（何も変更しません）')
    .option('--on <DATE>', '請求処理の日（省略時は次回）', argument(civilDate))
    .option('--sandbox', 'テスト環境の契約を対象にします（省略時は本番の契約）')
    .addOption(databaseOption())
    .action(async (options: RunOptions & { database: string }) => {
      await withDatabase(options.database, async (db) => {
        const policy = billingPolicyOf(await loadPolicies(db));
        const runOn = options.on ?? nextRunOn(jstDate(Date.now()), policy);
        const nameOf = await itemNames(db);
        const sums = { contracts: 0, papers: 0, totalYen: 0 };
        const asked = { runOn, sandbox: options.sandbox ?? false, policy };
        for await (const { contractId, documents, problem } of previewRun(db, asked)) {
          sums.contracts += 1;
          if (problem !== null) console.log(`${contractId}\t下書きなし\t${problem}`);
          for (const document of documents) {
            const { lines, totalYen, dueOn } = document;
            sums.papers += 1;
            sums.totalYen += askedYen(document);
            const items = lines.map(({ item }) => nameOf(item).name).join('、');
            console.log(`${contractId}\t${items}\t${formatYen(totalYen)}\t支払期限 ${dueOn ?? '—'}`);
          }
        }
        const { contracts, papers, totalYen } = sums;
        console.log(
          `${formatDateJa(runOn)}：契約${contracts}件、書類${papers}通、合計${formatYen(totalYen)}`,
        );
      });
    });
}

function registerUsage(billing: Command): void {
  billing
    .command('usage')
    .description('通信の利用の明細（JSONの行）を取り込みます。同じ明細は一度だけ数えます')
    .argument('<FILE>', '1行に1件のファイル。「-」は標準入力')
    .addOption(databaseOption())
    .action(async (file: string, options: { database: string }, command: Command) => {
      const events: NewUsageEvent[] = [];
      let text = '';
      const source = file === '-' ? process.stdin : createReadStream(file);
      for await (const part of decodeText(source)) text += part;
      const lines = text.split('\n');
      for (const [index, line] of lines.entries()) {
        if (line.trim() === '') continue;
        const read = readUsageEvent(line);
        if (typeof read === 'string') command.error(`${index + 1}行目：${read} 何も取り込んでいません。`);
        events.push(read);
      }
      await withDatabase(options.database, async (db) => {
        const result = await recordUsage(db, events, new Date());
        for (const { sourceId, message } of result.refused) console.error(`${sourceId}\t${message}`);
        console.log(
          `取り込み ${result.added}件、取り込み済み ${result.known}件、不可 ${result.refused.length}件`,
        );
        if (result.refused.length > 0) process.exitCode = 1;
      });
    });
}
