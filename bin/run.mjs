// Behind every npm script: does the set-up that the command needs, then hands over to TypeScript on Node 24.
// Runs on Node 20 with nothing installed: built-ins only.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages, SetupError } from './setup/packages.mjs';
import { exitWith, runTypeScript } from './setup/runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const commands = {
  start: ['dev/start.ts', 'the whole back office on this machine, with sample data'],
  test: ['dev/test.ts', 'check, then every test; `npm test -- test/domain` runs a part'],
  check: ['dev/check.ts', 'types, lint, format, unused code, workflow bundle; seconds, no services'],
  demo: ['dev/demo-stack.ts', 'five applications from form to certificate, on a stack of its own'],
  bench: ['dev/bench.ts', '`npm run bench -- NAME --json`: measures against a bare Temporal server'],
  release: ['dev/release.ts', 'the list of parts and licences of what is shipped, in var/release'],
  screens: ['dev/screens.ts', 'pictures of the pages'],
  simulate: ['test/simulation/main.ts', 'years of random contracts on the real server, judged by an oracle'],
  mutants: [
    'dev/mutants.ts',
    '`npm run mutants -- domain/change`: breaks the rules one by one; which break do their tests notice?',
  ],
  'power-cuts': [
    'test/power-cuts/run.ts',
    '`npm run power-cuts -- --seed N --cuts N`: kills everything at random moments, then compares',
  ],
  'upgrade-test': [
    'test/upgrade/main.ts',
    'lives begin on the release before and go on here, judged by an oracle',
  ],
  chaos: [
    'test/chaos/main.ts',
    '`npm run chaos -- --seed N`: the simulation while parts are killed, stopped, slowed, filled up, cut off',
  ],
};

await exitWith(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    const list = Object.entries(commands).map(([key, [, text]]) => `  ${key.padEnd(8)} ${text}`);
    process.stderr.write(`Usage: node bin/run.mjs COMMAND\n\n${list.join('\n')}\n`);
    return name === '--help' ? 0 : 2;
  }
  const [file] = command;
  if (!existsSync(join(root, file)))
    throw new SetupError(`${file} does not exist yet: there is no \`${name}\` in this version.`);
  await ensurePackages(root);
  return runTypeScript({ root, file, args });
});
