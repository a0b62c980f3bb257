import { type Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { findContractByNumber } from '../db/queries/contract/find-by-number.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  civilDate,
  formatInstantJa,
  jstDate,
  jstInstant,
} from '../domain/calendar/civil-date.ts';
import { isLive } from '../domain/period/contract.ts';
import { advanceAfterEnd, advanceClock, type ClockProgress, contractNow } from '../gateway/clock.ts';
import { connectTemporal } from '../gateway/connect.ts';
import { createOutbox } from '../gateway/outbox.ts';

interface Span {
  months: number;
  days: number;
}

/** `P1Y`, `P3M`, `P1Y2M10D`, `P45D`. */
export function readSpan(text: string): Span {
  const match = /^P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('「P1Y」「P3M」「P45D」の形で指定してください。');
  const [, years = '0', months = '0', days = '0'] = match;
  return { months: Number(years) * 12 + Number(months), days: Number(days) };
}

/** The same time of day (JST) a span later. */
export function spanAfter(nowMs: number, { months, days }: Span): number {
  const today = jstDate(nowMs);
  return jstInstant(addDays(addMonths(today, months), days)) + (nowMs - jstInstant(today));
}

function dateArgument(text: string): CivilDate {
  try {
    return civilDate(text);
  } catch {
    throw new InvalidArgumentError('「2028-04-01」の形で指定してください。');
  }
}

/** Adds `clock`: moves the test clock of a sandbox contract; exit code 1 with the reason when it is refused. */
export function registerClock(program: Command): void {
  program
    .command('clock')
    .description('テスト環境の契約の時計を進めます（本番の契約は進められません）')
    .argument('<CONTRACT>', '契約番号または契約のID')
    .option('--to <DATE>', 'この日の 0:00（日本時間）まで進めます', dateArgument)
    .option('--by <SPAN>', 'P1Y、P3M、P45D の形の期間だけ進めます', readSpan)
    .action(async (contractName: string, options: { to?: CivilDate; by?: Span }, command: Command) => {
      if ((options.to === undefined) === (options.by === undefined)) {
        command.error('--to か --by のどちらか一方を指定してください。');
      }
      const config = loadConfig(process.env);
      const { db, close } = openDatabase(config, 1);
      const client = await connectTemporal(config);
      try {
        const contract = await findContractByNumber(db, contractName);
        if (contract === null) command.error(`契約「${contractName}」は見つかりません。`);
        if (!contract.sandbox) command.error('本番の契約の時計は進められません。');
        const ended = !isLive(contract.status);
        const nowMs = await contractNow(client, contract.id, ended);
        const targetMs =
          options.to === undefined
            ? spanAfter(nowMs, options.by ?? { months: 0, days: 0 })
            : jstInstant(options.to);
        const report = (progress: ClockProgress) => {
          if (process.stderr.isTTY) process.stderr.write(`\r  ${formatInstantJa(progress.nowMs)}`);
        };
        const clock = { contractId: contract.id, targetMs, actorId: 'cli' };
        const answer = ended
          ? await advanceAfterEnd(client, clock, report)
          : await advanceClock(createOutbox(db, client), clock, report);
        if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
        if (!answer.ok) command.error(answer.message);
        console.log(`契約の時計は ${formatInstantJa(answer.nowMs)} です。`);
      } finally {
        await client.connection.close();
        await close();
      }
    });
}
