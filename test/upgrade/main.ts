import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathWithPackages } from '../../bin/setup/packages.mjs';
import { rootDir, varDir } from '../../dev/paths.ts';
import { runProgram, stopRequest } from '../../dev/program.ts';
import { startStack } from '../../dev/stack.ts';
import { disagreements, inWords } from '../simulation/compare.ts';
import { openFolder, readFolder } from '../simulation/folder.ts';
import { command as commandLine } from '../simulation/lines.ts';
import { formOf } from '../simulation/play/application.ts';
import { idOf } from '../simulation/play/office.ts';
import { simulate } from '../simulation/simulate.ts';
import { START_WITHIN_MS } from '../support/patience.ts';
import { upgradedLives } from './lives.ts';

/** The release before this one, and the commit that it was made of. */
const RELEASE = '0.2.0';
const COMMIT = '4fa1ebe';

/** `npm run upgrade-test`: lives begin on the release before, go on here, and the oracle judges the whole. */
await runProgram(async () => {
  const say = (line: string) => console.log(line);
  const dir = join(varDir, 'upgrade');
  const release = join(dir, RELEASE);
  if (!existsSync(join(release, 'node_modules'))) unpack(release);
  beMorePatient(join(release, 'dev/supervisor.ts'));
  const run = join(dir, 'run');
  rmSync(run, { recursive: true, force: true });
  const folder = openFolder(run);
  const { world, commands, before, untilMs } = upgradedLives(Date.now());
  folder.begin(world);

  say(`First half on ${RELEASE}`);
  const lives = before
    .filter(({ kind }) => kind === 'apply')
    .map((apply) => {
      if (apply.kind !== 'apply') throw new Error('a life begins with an application');
      return { form: formOf(apply), commands: before.filter(({ life }) => life === apply.life) };
    });
  const names = commands.flatMap(({ id, life, by }) => [life, by, `command/${id}`]);
  const ids = Object.fromEntries([...names, 'clock'].map((name) => [name, idOf(name)]));
  const livesFile = join(run, 'lives.json');
  writeFileSync(livesFile, JSON.stringify({ lives, untilMs, ids }));
  const stateDir = join(run, 'stack');
  mkdirSync(stateDir, { recursive: true });
  for (const line of playedBy(release, stateDir, livesFile))
    folder.given(commandLine.parse(JSON.parse(line)));

  say('Second half on this release');
  const recorded = readFolder(run);
  const signal = stopRequest();
  const stack = await startStack({
    stateDir,
    apps: ['interactive', 'background'],
    throwaway: true,
    startWithinMs: START_WITHIN_MS,
    signal,
  });
  try {
    const parts = { env: stack.env, folder, recorded, commands, signal };
    await simulate({ ...parts, atOnce: lives.length, progress: say });
  } finally {
    await stack.stop();
  }
  const wrong = disagreements(readFolder(run)).map(inWords);
  say(`${recorded.commands.length} of ${commands.length} commands before, ${wrong.length} disagreements`);
  for (const line of wrong) console.error(line);
  return wrong.length === 0 ? 0 : 1;
});

/** The release's files from the repository, with its own packages. */
function unpack(release: string): void {
  mkdirSync(release, { recursive: true });
  const archive = execFileSync('git', ['archive', COMMIT], { cwd: rootDir, maxBuffer: 1 << 30 });
  execFileSync('tar', ['-x', '-C', release], { input: archive });
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: release,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** That release gives its processes a minute to start, which a machine that others use too may not keep. Nothing else is touched. */
function beMorePatient(supervisor: string): void {
  const text = readFileSync(supervisor, 'utf8');
  writeFileSync(supervisor, text.replace('healthTimeoutMs = 60_000', `healthTimeoutMs = ${START_WITHIN_MS}`));
}

/** What was given in the first half, a line each. */
function playedBy(release: string, stateDir: string, livesFile: string): string[] {
  const loader = join(release, 'node_modules/tsx/dist/loader.mjs');
  const half = join(rootDir, 'test/upgrade/half.mjs');
  const output = execFileSync(process.execPath, ['--import', loader, half, stateDir, livesFile], {
    cwd: release,
    env: {
      ...process.env,
      PATH: pathWithPackages(release),
      TSX_TSCONFIG_PATH: join(release, 'tsconfig.json'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  });
  return output
    .toString('utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'));
}
