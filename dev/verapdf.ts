import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../bin/setup/packages.mjs';
import { withProgress } from '../bin/setup/progress.mjs';
import { ensurePrograms, which } from './debian.ts';
import { cacheDir } from './paths.ts';
import { reason } from './program.ts';

const VERSION = '1.30.2';
const MAIN_CLASS = 'org.verapdf.apps.GreenfieldCliWrapper';
const run = promisify(execFile);

/** The two standards that documents follow: PDF/A-2a and PDF/UA-1, as veraPDF calls them. */
export const FLAVOURS = ['2a', 'ua1'] as const;
export type Flavour = (typeof FLAVOURS)[number];

/**
 * veraPDF's jar, fetched once on this machine by Maven, with the Java that runs it; installs both where that can be done
 * without asking. Throws a SetupError, in one sentence, where they cannot be had.
 */
export async function ensureVeraPdf(): Promise<string> {
  const dir = join(cacheDir(), `verapdf-${VERSION}`);
  const jar = join(dir, `cli-${VERSION}.jar`);
  await ensurePrograms({
    name: 'Java and Maven',
    need: 'veraPDF needs Java 17 or newer, and Maven to fetch it',
    packages: ['default-jre-headless', 'maven'],
    ready: () => (which('java') && (existsSync(jar) || which('mvn')) ? true : undefined),
  });
  if (existsSync(jar)) return jar;
  mkdirSync(dir, { recursive: true });
  const aside = mkdtempSync(join(dir, 'fetch-'));
  const artifact = [`-Dartifact=org.verapdf.apps:cli:${VERSION}`, `-DoutputDirectory=${aside}`];
  try {
    await withProgress('Fetching veraPDF with Maven', () =>
      run('mvn', ['-q', '-B', 'dependency:copy', ...artifact], { timeout: 300_000 }),
    );
    // In one step: somebody else who fetches it at the same time puts the same file there.
    renameSync(join(aside, `cli-${VERSION}.jar`), jar);
  } catch (error) {
    throw new SetupError(`veraPDF could not be fetched with Maven: ${reason(error)}`);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return jar;
}

/** What veraPDF says against each file; '' for one that it passes. A file without a verdict has failed. */
export async function validatePdfs(
  jar: string,
  flavour: Flavour,
  files: readonly string[],
): Promise<Record<string, string>> {
  const args = ['-cp', jar, MAIN_CLASS, '-f', flavour, '--format', 'text', '-v', ...files];
  // veraPDF ends with 1 when a file is not valid: what it said counts.
  const { stdout, stderr } = await run('java', args, { maxBuffer: 64 * 1024 * 1024 }).catch(
    (error: { stdout?: string; stderr?: string }) => error,
  );
  const said = `${stdout ?? ''}${stderr ?? ''}`;
  return Object.fromEntries(
    files.map((file) => [file, said.includes(`PASS ${file} ${flavour}`) ? '' : said || 'no verdict']),
  );
}
