import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { waitForLock } from '../bin/setup/lock.mjs';
import { SetupError } from '../bin/setup/packages.mjs';
import { withProgress } from '../bin/setup/progress.mjs';
import { nodeArgs, rootDir } from './paths.ts';
import { reason } from './program.ts';

const run = promisify(execFile);
const serverPackage = 'go.temporal.io/server/cmd/server';

/** Lets the SDK download the official CLI into `dir`. False when it cannot, as without the internet. */
export async function downloadCli(dir: string, signal?: AbortSignal): Promise<boolean> {
  mkdirSync(dir, { recursive: true });
  try {
    await withProgress('Downloading Temporal', () =>
      run(process.execPath, nodeArgs('dev/temporal-download.ts', dir), {
        cwd: rootDir,
        timeout: 180_000,
        ...(signal && { signal }),
      }),
    );
    return true;
  } catch {
    return false;
  }
}

/**
 * Builds the official server with Go into `path`, once for all clones of this machine: a second caller waits for the
 * first. An aborted build leaves nothing behind but Go's own cache, from which the next one goes on.
 */
export async function buildServer({
  version,
  path,
  isWanted,
  say,
  signal,
}: {
  readonly version: string;
  readonly path: string;
  readonly isWanted: (path: string) => boolean;
  readonly say: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}): Promise<string> {
  const dir = dirname(path);
  const release = await waitForLock(join(dir, 'build.lock'), (pid) =>
    say(`Another process (${pid}) is building the Temporal server: waiting for it.`),
  );
  try {
    if (isWanted(path)) return path;
    await requireGo();
    say(
      `Building the official Temporal server ${version} with Go: about 4 minutes, once on this machine (kept in ${dir}).`,
    );
    for (const name of readdirSync(dir))
      if (name.startsWith('build-')) rmSync(join(dir, name), { recursive: true });
    const workDir = mkdtempSync(join(dir, 'build-'));
    const env = { ...process.env, GOBIN: workDir, GOFLAGS: '-buildvcs=false' };
    await withProgress(`Building the Temporal server ${version}`, () =>
      run('go', ['install', `${serverPackage}@v${version}`], {
        env,
        cwd: workDir,
        maxBuffer: 64 * 1024 * 1024,
        ...(signal && { signal }),
      }),
    ).catch((error: unknown) => {
      throw new SetupError(`The Temporal server could not be built: ${reason(error)}`);
    });
    const built = join(workDir, basename(path));
    if (!isWanted(built))
      throw new SetupError(`The Temporal server that Go built is not version ${version}.`);
    renameSync(built, path);
    rmSync(workDir, { recursive: true });
    return path;
  } finally {
    release();
  }
}

async function requireGo(): Promise<void> {
  try {
    await run('go', ['version']);
  } catch {
    throw new SetupError(
      'No Temporal server could be found, downloaded or built: install the `temporal` CLI (1.9 or later) or Go (1.26 or later), or set TEMPORAL_ADDRESS.',
    );
  }
}
