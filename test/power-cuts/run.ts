import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { varDir } from '../../dev/paths.ts';
import { runProgram } from '../../dev/program.ts';
import { tryPowerCuts } from './try.ts';

/** `npm run power-cuts -- --seed 1 --cuts 200`: exit code 1 with the differences when something was lost, split or done twice. */
await runProgram(async () => {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, cuts: { type: 'string', default: '20' } },
  });
  const stateDir = join(varDir, `power-cuts-${values.seed}`);
  rmSync(stateDir, { recursive: true, force: true });
  mkdirSync(stateDir, { recursive: true });
  const began = Date.now();
  const tried = await tryPowerCuts({
    stateDir,
    seed: Number(values.seed),
    cuts: Number(values.cuts),
    say: (line) => console.log(`${Math.round((Date.now() - began) / 1_000)} s  ${line}`),
  });
  if (tried.differences.length === 0) {
    rmSync(stateDir, { recursive: true, force: true });
    return 0;
  }
  console.error(tried.differences.slice(0, 50).join('\n'));
  console.error(`Left as it was: ${stateDir}`);
  return 1;
});
