import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { SetupError } from '../bin/setup/packages.mjs';
import { LEFT_OUT } from './mutants/ignore.ts';
import { ownTests, TESTS_KEY } from './mutants/own-tests.ts';
import { forgetSurvivors } from './mutants/results.ts';
import { LEAST_SCORE, type Mutant, scoresOf, scoreTable, survivorsOf } from './mutants/score.ts';
import { rootDir, varDir } from './paths.ts';
import { reason, runProgram } from './program.ts';

/** What stays out of the copy in which mutants run: no rule's test needs it. StrykerJS reads tsconfig.json by a compiler of before. */
const NOT_COPIED = ['/tsconfig.json', '/var', '/docs', '/test/replay', '/test/browser', '/db/migrations'];

/**
 * `npm run mutants -- [PATH…] [--json] [--fresh] [--jobs N]`: breaks the rules in `domain/` one by one and counts what their tests
 * notice. What was noticed is kept in `var/mutants` while rule and test stay as they are; `--fresh` forgets it for the paths.
 */
await runProgram(async () => {
  const { values, positionals } = asked();
  const jobs = Number(values.jobs);
  if (!Number.isSafeInteger(jobs) || jobs < 1)
    throw new SetupError(`--jobs ${values.jobs}: a number from 1 on.`);
  const paths = (positionals.length === 0 ? ['domain'] : positionals).map(pathInDomain);

  const mutants: Mutant[] = [];
  for (const [folder, parts] of byFolder(paths)) {
    process.env[TESTS_KEY] = ownTests(folder).join(',');
    const found = await mutate(parts, { ...values, jobs });
    mutants.push(...found.filter(({ fileName }) => parts.some((part) => isWithin(fileName, part))));
  }
  const scores = scoresOf(mutants);
  const survivors = survivorsOf(mutants);
  const total = scores.at(-1)?.score ?? 1;
  if (values.json) {
    console.log(JSON.stringify({ least: LEAST_SCORE, scores, survivors }));
  } else {
    for (const { fileName, line, mutatorName, replacement } of survivors)
      console.log(`${fileName}:${line}  ${mutatorName} → ${replacement.replace(/\s+/g, ' ').slice(0, 120)}`);
    console.log(`\n${scoreTable(scores)}`);
  }
  if (total >= LEAST_SCORE) return 0;
  console.error(`The score ${total.toFixed(3)} is below ${LEAST_SCORE}.`);
  return 1;
});

function asked() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        jobs: { type: 'string', default: '1' },
      },
    });
  } catch (error) {
    throw new SetupError(`${reason(error)} Usage: npm run mutants -- [PATH…] [--json] [--fresh] [--jobs N]`);
  }
}

/** The path from the clone on, with slashes, without one at the end. */
function pathInDomain(path: string): string {
  const fromRoot = relative(rootDir, resolve(path)).split(sep).join('/');
  if (!existsSync(join(rootDir, fromRoot))) throw new SetupError(`${path} does not exist.`);
  if (!/^domain(?:\/|$)/.test(fromRoot))
    throw new SetupError(`${path} is not in domain/: only rules are mutated.`);
  return fromRoot;
}

function isWithin(file: string, path: string): boolean {
  return file === path || file.startsWith(`${path}/`);
}

/** The paths by folder of `domain/`, all of them where it is asked for whole; folders that hold no rule are none. */
function byFolder(paths: readonly string[]): Map<string, string[]> {
  const folders = readdirSync(join(rootDir, 'domain')).map((name) => `domain/${name}`);
  const parts = folders.map((folder): [string, string[]] => [
    folder,
    paths.some((path) => isWithin(folder, path)) ? [folder] : paths.filter((path) => isWithin(path, folder)),
  ]);
  return new Map(parts.filter(([folder, own]) => own.length > 0 && !(`${folder}/**` in LEFT_OUT)));
}

async function mutate(
  paths: readonly string[],
  { jobs, json, fresh }: { jobs: number; json: boolean; fresh: boolean },
): Promise<Mutant[]> {
  process.chdir(rootDir);
  mkdirSync(join(varDir, 'mutants'), { recursive: true });
  const kept = join(varDir, 'mutants', 'results.json');
  forgetSurvivors(kept, (file) => paths.some((path) => isWithin(file, path)));
  const isFolder = (path: string) => statSync(join(rootDir, path)).isDirectory();
  const stryker = new Stryker({
    configFile: 'dev/mutants/stryker.config.json',
    plugins: ['@stryker-mutator/vitest-runner', join(rootDir, 'dev/mutants/ignore.ts')],
    mutate: [
      ...paths.map((path) => (isFolder(path) ? `${path}/**/*.ts` : path)),
      ...Object.keys(LEFT_OUT).map((pattern) => `!${pattern}`),
    ],
    ignorePatterns: NOT_COPIED,
    concurrency: jobs,
    reporters: json ? [] : ['progress-append-only'],
    force: fresh,
    incrementalFile: 'var/mutants/results.json',
    tempDirName: 'var/mutants/copy',
  });
  const results = await stryker.runMutationTest();
  return results.map(({ fileName, status, mutatorName, replacement, location }) => ({
    fileName: relative(rootDir, fileName).split(sep).join('/'),
    status,
    mutatorName,
    replacement: replacement ?? '',
    line: location.start.line + 1,
  }));
}
