import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { readReconciliation } from '../db/queries/reconcile/figures.ts';
import type { Difference } from '../domain/desk/reconcile.ts';
import { connectTemporal } from '../gateway/connect.ts';
import { compareAll } from '../gateway/reconcile-sweep.ts';

const PAGE_SIZE = 200;
/** Long enough for a case in motion to have moved on. */
const PAUSE_MS = 3_000;

const differenceText = ({ field, row, workflow }: Difference): string =>
  `${field}: ${row ?? '-'} / ${workflow ?? '-'}`;

/** Adds `reconcile`: exit code 1 when row and workflow of any case say different things. */
export function registerReconcile(program: Command): void {
  program
    .command('reconcile')
    .description('すべての記録を手続きの状態と照合します（食い違いがあれば終了コード1）')
    .option('--json', '結果をJSONで出力します')
    .action(async ({ json }: { json?: true }) => {
      const config = loadConfig(process.env);
      const { db, close } = openDatabase(config, 2);
      const client = await connectTemporal(config);
      try {
        const { differing, ...found } = await compareAll(
          { db, client },
          { pauseMs: PAUSE_MS, pageSize: PAGE_SIZE },
        );
        const { unanswered } = await readReconciliation(db, new Date());
        const cases = differing.map(({ kind, id, workflowId, comparison }) => ({
          ...{ kind, id, workflowId },
          differences: comparison.verdict === 'differs' ? comparison.differences : [],
        }));
        const comparedAt = new Date().toISOString();
        const report = { comparedAt, ...found, differing: cases.length, unanswered, cases };
        process.stdout.write(json === true ? `${JSON.stringify(report)}\n` : textOf(report));
        if (cases.length > 0) process.exitCode = 1;
      } finally {
        await client.connection.close();
        await close();
      }
    });
}

function textOf(report: {
  checked: number;
  healing: number;
  silent: number;
  differing: number;
  unanswered: number;
  cases: readonly { workflowId: string; differences: readonly Difference[] }[];
}): string {
  const { checked, healing, silent, differing, unanswered, cases } = report;
  const summary = `${checked}件を照合しました。食い違い ${differing}件、処理中 ${healing}件、応答なし ${silent}件、未応答の操作 ${unanswered}件。`;
  const lines = cases.map(
    ({ workflowId, differences }) =>
      `  ・${workflowId}：${differences.map(differenceText).join('、')}（記録／手続き）`,
  );
  const missing = cases.filter(({ differences }) =>
    differences.some(({ field, workflow }) => field === 'workflow' && workflow === 'missing'),
  ).length;
  const words =
    missing === 0
      ? []
      : [
          `${missing}件には、動いているはずの手続きがありません。ひとりでには進みません。Temporalの保存先が記録と同じ時点のものか、接続先（TEMPORAL_ADDRESS、TEMPORAL_NAMESPACE）が正しいかを確かめてください。`,
        ];
  return [summary, ...words, ...lines, ''].join('\n');
}
