import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { waitForLock } from '../bin/setup/lock.mjs';
import { SetupError } from '../bin/setup/packages.mjs';
import { withProgress } from '../bin/setup/progress.mjs';
import { cacheDir } from './paths.ts';
import { reason } from './program.ts';

const run = promisify(execFile);
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const tools = ['pdftotext', 'qpdf'];
const debianPackages = ['chromium', 'fonts-noto-cjk', 'poppler-utils', 'qpdf'];

/** The path of a Chromium or Chrome on this machine. CHROMIUM_PATH decides when it is set. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const { CHROMIUM_PATH: given } = env;
  if (given) {
    if (!existsSync(given)) throw new SetupError(`CHROMIUM_PATH is ${given}, but there is no such file.`);
    return given;
  }
  return (
    commands.map((command) => which(command, env)).find((path) => path !== undefined) ??
    macPaths.find((path) => existsSync(path))
  );
}

/**
 * The browser for the tests, with the tools that read PDFs; installs what is missing where that can be done without
 * asking (as root on Debian and its relatives). Throws a SetupError that names what to install elsewhere.
 */
export async function ensureChromium(): Promise<string> {
  const ready = () => (tools.every((tool) => which(tool, process.env)) ? findChromium() : undefined);
  const found = ready();
  if (found) return found;
  const wanted = `the browser tests need Chromium (or CHROMIUM_PATH), ${tools.join(' and ')}`;
  if (process.getuid?.() !== 0 || !which('apt-get', process.env)) {
    throw new SetupError(
      `Please install what is missing: ${wanted} (on Debian: apt-get install ${debianPackages.join(' ')}).`,
    );
  }
  const release = await waitForLock(join(cacheDir(), 'apt.lock'), (pid) =>
    console.error(`Another process (${pid}) is installing Chromium: waiting for it.`),
  );
  try {
    return ready() ?? (await installOnDebian(ready));
  } finally {
    release();
  }
}

async function installOnDebian(ready: () => string | undefined): Promise<string> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args: string[]) => run('apt-get', ['-q', ...args], { env, maxBuffer: 64 * 1024 * 1024 });
  console.error(`Installing ${debianPackages.join(', ')} for the browser tests (apt-get).`);
  try {
    await withProgress('Installing Chromium', async () => {
      await aptGet('update');
      await aptGet('install', '-y', '--no-install-recommends', ...debianPackages);
    });
  } catch (error) {
    throw new SetupError(`Chromium could not be installed: ${reason(error)}`);
  }
  const path = ready();
  if (!path)
    throw new SetupError(
      `apt-get installed ${debianPackages.join(', ')}, but not everything can be found on the PATH.`,
    );
  return path;
}

function which(command: string, env: NodeJS.ProcessEnv): string | undefined {
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

/** Arguments for a headless Chromium that talks to nobody but the pages that it is given. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
