import type { Command } from 'commander';
import { secretsBesideData, stateFolder } from '../config/state-folder.ts';
import { inspectSettings } from '../config.ts';
import { examine, type Finding } from './doctor/examine.ts';

const MARK: Record<Finding['verdict'], string> = { ok: 'ok   ', unsure: 'look ', wrong: 'WRONG' };

/** Adds `doctor`: exit code 1 when anything is wrong. */
export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      '設定と接続先（データベース、Temporal、保管先、メール、署名鍵）をすべて確認します（問題があれば終了コード1）',
    )
    .option('--json', '結果をJSONで出力します')
    .action(async ({ json }: { json?: true }) => {
      const facts = {
        runsAsRoot: process.getuid?.() === 0,
        generatedSecrets: secretsBesideData(process.env, stateFolder(process.env)),
      };
      const { settings, lines } = inspectSettings(process.env, facts);
      const wrong = lines.map((line): Finding => {
        const at = line.indexOf(': ');
        return { verdict: 'wrong', what: line.slice(0, at), sentence: line.slice(at + 2) };
      });
      const found = [...wrong, ...(await examine(settings, new Date()))];
      const text = found
        .map(({ verdict, what, sentence }) => `${MARK[verdict]} ${what}: ${sentence}\n`)
        .join('');
      process.stdout.write(json === true ? `${JSON.stringify({ findings: found })}\n` : text);
      if (found.some(({ verdict }) => verdict === 'wrong')) process.exitCode = 1;
    });
}
