import { type Command, Option } from 'commander';
import { type Explained, reasonLines } from '../domain/base/explain.ts';
import { InvalidValueError } from '../domain/base/invalid-value.ts';
import {
  type CivilDate,
  civilDate,
  formatDateJa,
  formatInstantJa,
  parseInstant,
} from '../domain/calendar/civil-date.ts';
import { evaluateCase } from '../domain/cases/what-if-cases.ts';
import { type WhatIf, type WhatIfInput, whatIf } from '../domain/ending/what-if.ts';
import { factsByFee } from '../domain/future/facts.ts';
import type { ContractKind } from '../domain/period/periods.ts';
import { argument } from './argument.ts';
import { answerFile } from './batch.ts';

function section(title: string, { steps }: Explained<unknown>): string[] {
  return ['', `■ ${title}`, ...reasonLines(steps).map((line) => `  ・${line}`)];
}

/** The answer to one question in words, for a terminal. */
export function whatIfText(input: WhatIfInput, result: WhatIf): string {
  const { end, cutoffs, renewal, feesDue, balanceLostYen } = result;
  const asked = `${formatInstantJa(input.arrivedAtMs ?? input.instantMs)}（日本時間）に解約の申請が到達した場合`;
  const never = result.neverBegins ? '（利用契約期間の初日より前に終了します）' : '';
  const confirm = end.value.needsConfirmation ? '（希望日が月末日ではないため、お客様に確認します）' : '';
  return [
    asked,
    `  契約の終了日：${formatDateJa(end.value.endsOn)}${never}${confirm}`,
    ...section('終了日', end),
    ...section('次の締切', cutoffs),
    ...section('次の更新', renewal),
    ...section('解約の申請後の更新', result.renewsAlthoughCancelled),
    ...section('終了までの利用料金', feesDue),
    ...section('失われる残高', balanceLostYen),
    '',
  ].join('\n');
}

function yen(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidValueError('0以上の整数（円）で指定してください。');
  return Number(text);
}

type Options = {
  batch?: string | true;
  kind?: ContractKind;
  firstDay?: CivilDate;
  at?: number;
  arrived?: number;
  wish?: CivilDate;
  fee: number;
  balance: number;
  json?: true;
};

/** Adds `what-if`: one question about a contract, or a batch of cases as JSON lines. Needs no services. */
export function registerWhatIf(program: Command): void {
  program
    .command('what-if')
    .description('解約・変更・更新などの日付と金額を、実行時と同じ規則で試算します')
    .option('--batch [FILE]', '1行1件のJSONを読み、1行1件で答えます（- または省略で標準入力）')
    .addOption(new Option('--kind <KIND>', '契約の種類（年額・月額）').choices(['annual', 'monthly']))
    .option('--first-day <DATE>', '第1期の初日（例：2026-04-01）', argument(civilDate))
    .option('--at <INSTANT>', '試算の時点（例：2026-04-01T09:00:00+09:00）', argument(parseInstant))
    .option('--arrived <INSTANT>', '解約の申請が到達する日時（省略時は試算の時点）', argument(parseInstant))
    .option('--wish <DATE>', 'お客様が希望する解約日', argument(civilDate))
    .option('--fee <YEN>', '1期分の利用料金（税抜）', argument(yen), 0)
    .option('--balance <YEN>', 'プリペイドチャージ残高', argument(yen), 0)
    .option('--json', '結果をJSONで出力します')
    .action(async (options: Options, command: Command) => {
      if (options.batch !== undefined) {
        try {
          await answerFile(options.batch, evaluateCase);
        } catch (error) {
          if (!(error instanceof Error && 'code' in error)) throw error;
          command.error(`入力を読めません：${error.message}`);
        }
        return;
      }
      const { kind, firstDay, at, arrived, wish } = options;
      if (kind === undefined || firstDay === undefined || at === undefined) {
        command.error('--kind、--first-day、--at を指定してください（一括で計算するときは --batch）。');
        return;
      }
      const input: WhatIfInput = {
        facts: factsByFee({ kind, firstDay }, options.fee),
        instantMs: at,
        wish: wish ?? null,
        balanceYen: options.balance,
        ...(arrived === undefined ? {} : { arrivedAtMs: arrived }),
      };
      const result = whatIf(input);
      process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : whatIfText(input, result));
    });
}
