import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitForLock } from '../bin/setup/lock.mjs';
import { SetupError } from '../bin/setup/packages.mjs';
import { withProgress } from '../bin/setup/progress.mjs';
import { cacheDir } from './paths.ts';
import { reason } from './program.ts';

const run = promisify(execFile);

/** Programs that do not come from npm. */
export interface Programs<T> {
  /** For messages: `Chromium`. */
  name: string;
  /** A sentence's rest that says who needs what: `the browser tests need Chromium`. */
  need: string;
  /** Debian's packages with them. */
  packages: readonly string[];
  /** What says that all of them are there; undefined when one is missing. */
  ready: () => T | undefined;
}

/**
 * What `ready` gives, after installing what is missing where that can be done without asking (as root on Debian and its
 * relatives). Throws a SetupError that names what to install elsewhere.
 */
export async function ensurePrograms<T>(programs: Programs<T>): Promise<T> {
  const { name, need, packages, ready } = programs;
  const found = ready();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !which('apt-get')) {
    throw new SetupError(
      `Please install what is missing: ${need} (on Debian: apt-get install ${packages.join(' ')}).`,
    );
  }
  const release = await waitForLock(join(cacheDir(), 'apt.lock'), (pid) =>
    console.error(`Another process (${pid}) is installing packages: waiting for it.`),
  );
  try {
    const meanwhile = ready();
    if (meanwhile !== undefined) return meanwhile;
    await install(name, packages);
  } finally {
    release();
  }
  const installed = ready();
  if (installed !== undefined) return installed;
  throw new SetupError(
    `apt-get installed ${packages.join(', ')}, but not everything can be found on the PATH.`,
  );
}

async function install(name: string, packages: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args: string[]) => run('apt-get', ['-q', ...args], { env, maxBuffer: 64 * 1024 * 1024 });
  console.error(`Installing ${packages.join(', ')} for the tests (apt-get).`);
  try {
    await withProgress(`Installing ${name}`, async () => {
      await aptGet('update');
      await aptGet('install', '-y', '--no-install-recommends', ...packages);
    });
  } catch (error) {
    throw new SetupError(`${name} could not be installed: ${reason(error)}`);
  }
}

/** The path of a command, as the shell finds it. */
export function which(command: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v "$0"', command], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
