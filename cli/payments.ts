import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { waitingLines } from '../db/queries/payment/read.ts';
import { formatYen } from '../domain/base/money.ts';
import { PAYMENT_TASK_WORDS } from '../domain/billing/payment-match.ts';
import { takeBankFile } from '../gateway/payment.ts';
import { openStorage } from '../storage/open.ts';
import { withDatabase } from './database.ts';

/** Adds `payments import|waiting`. */
export function registerPayments(program: Command): void {
  const payments = program.command('payments').description('入金');
  payments
    .command('import')
    .description(
      '銀行の明細（全銀形式または設定した列のCSV）を取り込み、請求書と照合します。同じ入金は一度だけ数えます',
    )
    .argument('<FILE>', '振込入金通知・入出金取引明細・CSV')
    .option('--sandbox', 'テスト環境の契約への入金として取り込みます（省略時は本番の契約）')
    .action(async (file: string, options: { sandbox?: true }, command: Command) => {
      const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) =>
        command.error(`cannot read ${file}: ${error.code ?? error.message}`),
      );
      const config = loadConfig(process.env);
      await withDatabase(config.DATABASE_URL, async (db) => {
        const answer = await takeBankFile(
          { db, storage: openStorage(config), bankCsv: config.BANK_CSV },
          {
            bytes: new Uint8Array(bytes),
            fileName: basename(file),
            sandbox: options.sandbox ?? false,
            now: new Date(),
          },
          'cli',
        );
        if (!answer.ok) command.error(answer.message);
        const { importId, lines, newLines, matched, waiting } = answer.result;
        console.log(`入金 ${lines}件、新規 ${newLines}件、自動で消込 ${matched}件、確認待ち ${waiting}件`);
        console.log(`${config.CONSOLE_URL ?? config.WEB_URL}/staff/payments/imports/${importId}`);
      });
    });
  payments
    .command('waiting')
    .description('確認待ちの入金を表示します')
    .action(async () => {
      await withDatabase(loadConfig(process.env).DATABASE_URL, async (db) => {
        const { rows, count } = await waitingLines(db, { after: null, limit: 10_000 });
        for (const { on, name, amountYen, problem } of rows) {
          console.log(
            `${on}\t${name}\t${formatYen(amountYen)}\t${problem === null ? '' : PAYMENT_TASK_WORDS[problem]}`,
          );
        }
        console.log(`確認待ち ${count}件`);
      });
    });
}
