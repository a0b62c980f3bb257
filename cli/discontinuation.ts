import type { Command } from 'commander';
import { openDatabase } from '../db/client.ts';
import { planRows } from '../db/queries/discontinuation/plan.ts';
import { proposedQuestion } from '../db/queries/discontinuation/question.ts';
import { loadPolicies } from '../db/queries/policy/load.ts';
import { reasonLines } from '../domain/base/explain.ts';
import { formatYen } from '../domain/base/money.ts';
import {
  type CivilDate,
  civilDate,
  formatDateJa,
  jstDate,
  jstInstant,
} from '../domain/calendar/civil-date.ts';
import { notifyBy } from '../domain/discontinuation/discontinuation.ts';
import { addOutcome, NO_TOTALS } from '../domain/discontinuation/discontinuation-plan.ts';
import { campaignDurationMs } from '../domain/notice/notice.ts';
import { argument } from './argument.ts';
import { databaseOption } from './audit.ts';

interface PlanOptions {
  database: string;
  lastDay: CivilDate;
  plan?: string;
  noticeOn?: CivilDate;
  forceMajeure?: true;
  sandbox?: true;
  json?: true;
}

/** Adds `discontinuation plan`: the plan of the console, which changes nothing (第16条). */
export function registerDiscontinuation(program: Command): void {
  program
    .command('discontinuation')
    .description('サービス・料金プランの廃止')
    .command('plan')
    .description('廃止の影響と返金額を計算します（何も変更しません）')
    .requiredOption('--last-day <DATE>', 'サービスの最終日（例：2027-01-31）', argument(civilDate))
    .option('--plan <CODE>', '料金プランのコード（省略時はサービス全体）')
    .option('--notice-on <DATE>', 'お知らせの送信を始める日（省略時は今日）', argument(civilDate))
    .option('--force-majeure', '不可抗力による廃止')
    .option('--sandbox', 'テスト環境の契約を対象にします（省略時は本番の契約）')
    .option('--json', '結果をJSONで出力します')
    .addOption(databaseOption())
    .action(async (options: PlanOptions) => {
      const { db, close } = openDatabase({ DATABASE_URL: options.database }, 1);
      try {
        const { lastDay, noticeOn, plan = null } = options;
        const policies = await loadPolicies(db);
        const startMs = noticeOn === undefined ? Date.now() : jstInstant(noticeOn);
        const proposal = {
          sandbox: options.sandbox ?? false,
          planCode: plan,
          ...{ lastDay, forceMajeure: options.forceMajeure ?? false },
        };
        let totals = NO_TOTALS;
        const contracts: object[] = [];
        for await (const row of planRows(db, proposedQuestion(policies, proposal, startMs))) {
          totals = addOutcome(totals, row.outcome);
          if (!options.json) continue;
          const { contractId, outcome, steps } = row;
          contracts.push({ contractId, ...outcome, steps: reasonLines(steps) });
        }
        const campaignMs = campaignDurationMs(totals.ending, policies['notice.mailsPerMinute']);
        const result = {
          ...{ lastDay, notifyBy: notifyBy(lastDay).value, noticeOn: jstDate(startMs) },
          campaignEndsOn: jstDate(startMs + campaignMs),
          ...{ totals, contracts },
        };
        process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : planText(result));
      } finally {
        await close();
      }
    });
}

function planText(plan: {
  lastDay: CivilDate;
  notifyBy: CivilDate;
  noticeOn: CivilDate;
  campaignEndsOn: CivilDate;
  totals: typeof NO_TOTALS;
}): string {
  const { totals } = plan;
  const count = (contracts: number) => `${contracts.toLocaleString('ja-JP')}件`;
  return [
    `サービスの最終日：${formatDateJa(plan.lastDay)}`,
    `通知の期限：${formatDateJa(plan.notifyBy)}`,
    `お知らせの送信：${formatDateJa(plan.noticeOn)}から${formatDateJa(plan.campaignEndsOn)}まで`,
    `対象の契約：${count(totals.contracts)}（最終日に終了 ${count(totals.ending)}、先に終了 ${count(totals.endsBefore)}、別のプランへ変更 ${count(totals.movesAway)}）`,
    ...(totals.fromPrices === 0
      ? []
      : [`料金表から計算した契約（本システムの請求なし）：${count(totals.fromPrices)}`]),
    `期限までに届かない契約：${count(totals.late)}`,
    `支払い済みの期間が切れる契約：${count(totals.cut)}`,
    `返金：${count(totals.refunds)} ${formatYen(totals.refundYen)}（利用料金 ${formatYen(totals.feeYen)}、消費税 ${formatYen(totals.taxYen)}、プリペイド残高 ${formatYen(totals.balanceYen)}）`,
    '',
  ].join('\n');
}
