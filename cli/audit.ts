import { type Command, InvalidArgumentError, Option } from 'commander';
import { openDatabase } from '../db/client.ts';
import { type AuditHead, sealAudit } from '../db/queries/audit/seal.ts';
import { type AuditProblem, type AuditVerification, verifyAudit } from '../db/queries/audit/verify.ts';

/** More is not printed: whoever altered thousands of entries is found by the first of them. */
const SHOWN = 50;

const range = (from: number, to: number) => (from === to ? `${from}` : `${from}〜${to}`);

/** One problem in words, with the place. */
export function problemLine(problem: AuditProblem): string {
  switch (problem.kind) {
    case 'altered':
      return problem.position === null
        ? `記録 ${problem.sequence}：内容が書き換えられています（封印前）。`
        : `記録 ${problem.sequence}（連鎖の位置 ${problem.position}）：内容が書き換えられています。`;
    case 'missing':
      return `記録 ${problem.sequence}（連鎖の位置 ${problem.position}）：記録がなくなっています。`;
    case 'reordered':
      return `記録 ${problem.sequence}（連鎖の位置 ${problem.position}）：記録 ${problem.other} と入れ替えられています。`;
    case 'brokenSeal':
      return `連鎖の位置 ${problem.position}（記録 ${problem.sequence}）：封印が直前の封印とつながりません。`;
    case 'missingSeals':
      return `連鎖の位置 ${range(problem.from, problem.to)}：封印がなくなっています。`;
    case 'headLost':
      return `連鎖の位置 ${problem.position}：控えておいた末尾と一致しません。末尾が切り取られたか、連鎖が作り直されています。`;
  }
}

/** The result for a terminal; the last line is the end of the chain, to be kept elsewhere. */
export function verificationText({ entries, head, unsealed, problems }: AuditVerification): string {
  const summary =
    problems.length === 0
      ? `監査記録 ${entries}件を確認しました。改ざん、欠落、入れ替えはありません。`
      : `監査記録 ${entries}件を確認し、${problems.length}か所に異常を見つけました。`;
  const lines = problems.slice(0, SHOWN).map((problem) => `  ・${problemLine(problem)}`);
  if (problems.length > SHOWN) lines.push(`  ほか${problems.length - SHOWN}か所`);
  if (unsealed > 0) lines.push(`未封印の記録：${unsealed}件`);
  return [summary, ...lines, `連鎖の末尾：${head.position}:${head.chainHash}`, ''].join('\n');
}

function headArgument(text: string): AuditHead {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (match === null) throw new InvalidArgumentError('「位置:ハッシュ値」の形で指定してください。');
  return { position: Number(match[1]), chainHash: match[2] ?? '' };
}

/** The option that commands on the database share. */
export const databaseOption = () =>
  new Option('--database <URL>', 'データベースの接続先').env('DATABASE_URL').makeOptionMandatory();

/** Adds `audit verify`: exit code 1 when anything is wrong with the audit log. */
export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('監査記録');
  audit
    .command('verify')
    .description('監査記録の改ざん、欠落、入れ替えを調べます（異常があれば終了コード1）')
    .addOption(databaseOption())
    .option('--expect <HEAD>', '以前に控えた連鎖の末尾（位置:ハッシュ値）', headArgument)
    .option('--json', '結果をJSONで出力します')
    .action(async (options: { database: string; expect?: AuditHead; json?: true }) => {
      const { db, close } = openDatabase({ DATABASE_URL: options.database }, 1);
      try {
        await sealAudit(db, () => new Date(), { everything: true });
        const result = await verifyAudit(db, options.expect);
        process.stdout.write(
          options.json ? `${JSON.stringify(result, null, 2)}\n` : verificationText(result),
        );
        if (result.problems.length > 0) process.exitCode = 1;
      } finally {
        await close();
      }
    });
}
