import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../bin/setup/packages.mjs';
import { withProgress } from '../bin/setup/progress.mjs';
import { ensurePrograms, which } from './debian.ts';
import { cacheDir, rootDir } from './paths.ts';
import { reason } from './program.ts';

const VERSION = '4.3.7';
const SOURCE = join(rootDir, 'dev', 'jp-pint');
const run = promisify(execFile);

/**
 * The folder with the official rules of JP PINT and what runs them, fetched once on this machine by Maven; installs Java and
 * Maven where that can be done without asking. Throws a SetupError, in one sentence, where they cannot be had.
 */
export async function ensureJpPintRules(): Promise<string> {
  const dir = join(cacheDir(), `jp-pint-rules-${VERSION}`);
  await ensurePrograms({
    name: 'Java and Maven',
    need: 'the rules of JP PINT need a Java 17 development kit or newer, and Maven to fetch them',
    packages: ['default-jdk-headless', 'maven'],
    ready: () => (which('javac') && (existsSync(dir) || which('mvn')) ? true : undefined),
  });
  if (existsSync(dir)) return dir;
  mkdirSync(cacheDir(), { recursive: true });
  const aside = mkdtempSync(join(cacheDir(), 'jp-pint-'));
  const args = ['-q', '-B', '-f', join(SOURCE, 'pom.xml'), 'dependency:copy-dependencies'];
  try {
    await withProgress('Fetching the rules of JP PINT with Maven', () =>
      run('mvn', [...args, `-DoutputDirectory=${aside}`], { timeout: 600_000 }),
    );
    // In one step; somebody else who fetches them at the same time has put the same there.
    if (!existsSync(dir)) renameSync(aside, dir);
  } catch (error) {
    if (!existsSync(dir)) throw new SetupError(`The rules of JP PINT could not be fetched: ${reason(error)}`);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return dir;
}

/** What the rules have against each file; empty for one that passes. A file without a verdict has failed. */
export async function checkJpPint(dir: string, files: readonly string[]): Promise<Record<string, string[]>> {
  const args = ['-cp', join(dir, '*'), join(SOURCE, 'CheckJpPint.java'), ...files];
  const { stdout } = await run('java', args, { maxBuffer: 64 * 1024 * 1024, timeout: 600_000 });
  const said = stdout.split('\n');
  return Object.fromEntries(
    files.map((file) => {
      const errors = said.filter((line) => line.startsWith(`ERROR ${file} `));
      return [file, said.includes(`CHECKED ${file}`) ? errors : [...errors, 'no verdict']];
    }),
  );
}
