import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';

/** The oracle is a part of the tests: it is started beside, never loaded. */
const program = join(dirname(dirname(fileURLToPath(import.meta.url))), 'test', 'simulation', 'main.ts');

/** Adds `simulate check DIR`: the oracle of the simulation alone, on the files of a folder; exit code 1 where it disagrees. */
export function registerSimulate(parent: Command): void {
  const simulate = parent
    .command('simulate')
    .description('契約の模擬運用の記録を調べます（実行は npm run simulate）');
  simulate
    .command('check')
    .description('記録された操作から結果を計算し直し、記録された結果と比べます')
    .argument('<DIR>', 'commands.jsonl と outcome.jsonl のあるフォルダ')
    .action(async (dir: string, _options: object, command: Command) => {
      if (!existsSync(program)) {
        command.error(
          'この環境には模擬運用のプログラム（test/simulation）がありません。ソースコード一式のある環境で実行してください。',
        );
      }
      const args = [...process.execArgv, program, 'check', resolve(dir)];
      const child = spawn(process.execPath, args, { stdio: 'inherit' });
      process.exitCode = await new Promise<number>((done, failed) => {
        child.once('error', failed);
        child.once('exit', (code) => done(code ?? 1));
      });
    });
}
