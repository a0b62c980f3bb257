import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { varDir } from '../../dev/paths.ts';
import { runProgram, stopRequest } from '../../dev/program.ts';
import { startStack } from '../../dev/stack.ts';
import { START_WITHIN_MS } from '../support/patience.ts';
import { cpuSecondsOf } from '../support/processes.ts';
import { disagreements, inWords } from './compare.ts';
import { openFolder, readFolder } from './folder.ts';
import { simulate } from './simulate.ts';
import { worldOf } from './world.ts';

const SHOWN = 20;

interface Size {
  seed: number;
  contracts: number;
  months: number;
  out?: string;
  parallel: number;
}

await runProgram(async () => {
  let code = 0;
  const program = new Command('simulate').description(
    'Years of random contracts on the real server, judged by an oracle',
  );
  program
    .option('--seed <N>', 'what the lives are drawn from', whole, 1)
    .option('--contracts <N>', 'how many lives', whole, 200)
    .option('--months <N>', 'how long they last', whole, 60)
    .option('--parallel <N>', 'how many are played at once', whole, 12)
    .option('--out <DIR>', 'where both files go; what is there goes on')
    .action(async (size: Size) => {
      code = await run(size);
    });
  program
    .command('check')
    .description('the oracle alone, on the files of a folder')
    .argument('<DIR>')
    .action((dir: string) => {
      code = check(resolve(dir));
    });
  await program.parseAsync();
  return code;
});

function whole(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

async function run({ seed, contracts, months, parallel, out }: Size): Promise<number> {
  const signal = stopRequest();
  const dir = resolve(out ?? join(varDir, 'simulation', `seed-${seed}-${contracts}x${months}`));
  const folder = openFolder(dir);
  if (!folder.begun) folder.begin(worldOf({ seed, contracts, months, fromMs: Date.now() }));
  const recorded = readFolder(dir);
  const gaveUp = new AbortController();
  const startedMs = Date.now();
  if (recorded.outcomes.length < recorded.world.contracts) {
    const stack = await startStack({
      stateDir: join(dir, 'stack'),
      apps: ['interactive', 'background'],
      throwaway: true,
      startWithinMs: START_WITHIN_MS,
      signal,
      onGiveUp: (failure) => gaveUp.abort(failure),
    });
    try {
      const ended = AbortSignal.any([signal, gaveUp.signal]);
      const progress = (words: string) => {
        const minutes = ((Date.now() - startedMs) / 60_000).toFixed(1);
        console.log(`  ${words}, ${minutes} minutes`);
      };
      await simulate({ env: stack.env, folder, recorded, atOnce: parallel, signal: ended, progress });
      console.log(costOf(stack.pids()));
    } finally {
      await stack.stop();
    }
  }
  return check(dir);
}

/** What the lives took of the machine, part by part: seconds of a core, whoever else ran on it. */
function costOf(pids: Record<string, number>): string {
  const parts = Object.entries(pids).map(([name, pid]) => [name, cpuSecondsOf(pid)] as const);
  const all = [
    ...parts,
    ['player', process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6] as const,
  ];
  const sum = all.reduce((total, [, seconds]) => total + seconds, 0);
  const words = all.map(([name, seconds]) => `${name} ${seconds.toFixed(0)}`).join(', ');
  return `  ${sum.toFixed(0)} seconds of one core: ${words}`;
}

/** 0 where the oracle agrees to the last field; 1 with the first disagreements in words. */
function check(dir: string): number {
  const recorded = readFolder(dir);
  const found = disagreements(recorded);
  const { outcomes, commands, world } = recorded;
  const size = `seed ${world.seed}: ${outcomes.length} of ${world.contracts} contracts, ${commands.length} commands`;
  if (found.length === 0) {
    console.log(`${size}: the oracle agrees.`);
    return 0;
  }
  console.log(`${size}: ${found.length} disagreements. The first:`);
  for (const each of found.slice(0, SHOWN)) console.log(`  ${inWords(each)}`);
  return 1;
}
