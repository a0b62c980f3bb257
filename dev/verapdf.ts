import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from '../bin/setup/packages.mjs';
import { withProgress } from '../bin/setup/progress.mjs';
import { cacheDir } from './paths.ts';
import { reason, runProgram } from './program.ts';
import { specimens } from './verapdf-specimens.ts';

/**
 * `node --import tsx dev/verapdf.ts [FILE…]`: asks veraPDF whether these PDF files, or else one certificate of each
 * sort, are valid PDF/A-2a and PDF/UA-1. Exit code 1 when one is not, or when Java or Maven is missing: never a
 * silent pass (docs/documents.md says why this is not part of `npm test`).
 */
const VERSION = '1.30.2';
const FLAVOURS = ['2a', 'ua1'] as const;
const run = promisify(execFile);

await runProgram(async () => {
  const jar = await fetchJar();
  const folder = mkdtempSync(join(tmpdir(), 'hasso-verapdf-'));
  try {
    const given = process.argv.slice(2);
    const files = given.length > 0 ? given : await writeSpecimens(folder);
    let failed = 0;
    for (const flavour of FLAVOURS) {
      for (const { file, passed, output } of await validate(jar, flavour, files)) {
        console.log(`${passed ? 'PASS' : 'FAIL'} PDF/${flavour === '2a' ? 'A-2a' : 'UA-1'} ${file}`);
        if (passed) continue;
        failed += 1;
        console.log(output);
      }
    }
    return failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The validator's jar: once on this machine, by Maven. */
async function fetchJar(): Promise<string> {
  const dir = join(cacheDir(), `verapdf-${VERSION}`);
  const jar = join(dir, `cli-${VERSION}.jar`);
  await requireProgram('java', '-version');
  if (existsSync(jar)) return jar;
  await requireProgram('mvn', '-version');
  mkdirSync(dir, { recursive: true });
  const aside = mkdtempSync(join(dir, 'fetch-'));
  const artifact = [`-Dartifact=org.verapdf.apps:cli:${VERSION}`, `-DoutputDirectory=${aside}`];
  try {
    await withProgress('Fetching veraPDF with Maven', () =>
      run('mvn', ['-q', '-B', 'dependency:copy', ...artifact], { timeout: 300_000 }),
    );
    renameSync(join(aside, `cli-${VERSION}.jar`), jar);
  } catch (error) {
    throw new SetupError(`veraPDF could not be fetched with Maven: ${reason(error)}`);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return jar;
}

async function requireProgram(command: string, ...args: string[]): Promise<void> {
  try {
    await run(command, args);
  } catch {
    throw new SetupError(`veraPDF needs "${command}", which does not run here: install Java 17 and Maven.`);
  }
}

async function writeSpecimens(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const { name, pdf } of await specimens(join(folder, 'development.p12'))) {
    const file = join(folder, `${name}.pdf`);
    writeFileSync(file, pdf);
    files.push(file);
  }
  return files;
}

interface Verdict {
  file: string;
  passed: boolean;
  output: string;
}

/** One answer for each file; a file without an answer has failed. */
async function validate(jar: string, flavour: string, files: readonly string[]): Promise<Verdict[]> {
  const args = [
    '-cp',
    jar,
    'org.verapdf.apps.GreenfieldCliWrapper',
    '-f',
    flavour,
    '--format',
    'text',
    '-v',
    ...files,
  ];
  // veraPDF ends with 1 when a file is not valid: what it said counts.
  const { stdout, stderr } = await run('java', args).catch(
    (error: { stdout?: string; stderr?: string }) => error,
  );
  const output = `${stdout ?? ''}${stderr ?? ''}`;
  return files.map((file) => ({ file, passed: output.includes(`PASS ${file} ${flavour}`), output }));
}
