import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { varDir } from '../../dev/paths.ts';
import { runProgram, stopRequest } from '../../dev/program.ts';
import { tryChaos } from './try.ts';

const SHOWN = 50;

/** `npm run chaos -- --seed 1`: exit code 1 with what did not hold. */
await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      contracts: { type: 'string', default: '12' },
      months: { type: 'string', default: '24' },
      faults: { type: 'string', default: '12' },
    },
  });
  const dir = join(varDir, `chaos-${values.seed}`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const began = Date.now();
  const { faults, commands, wrong } = await tryChaos({
    ...{ seed: Number(values.seed), contracts: Number(values.contracts), months: Number(values.months) },
    ...{ faults: Number(values.faults), dir, signal: stopRequest() },
    say: (line) => console.log(`${Math.round((Date.now() - began) / 1_000)} s  ${line}`),
  });
  console.log(`seed ${values.seed}: ${faults} faults, ${commands} commands, ${wrong.length} things wrong`);
  if (wrong.length === 0) {
    rmSync(dir, { recursive: true, force: true });
    return 0;
  }
  console.error(wrong.slice(0, SHOWN).join('\n'));
  console.error(`Left as it was: ${dir}`);
  return 1;
});
