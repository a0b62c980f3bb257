import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { buildServer, downloadCli } from './temporal-fetch.ts';

/** The official server that is built where no newer one is at hand. */
const serverVersion = '1.32.1';

/** The first server version that can skip time. */
const firstVersionWithTimeSkipping = [1, 32];

/** A program that can be started as a Temporal server. */
export interface TemporalProgram {
  readonly kind: 'server' | 'cli';
  readonly path: string;
}

/** What the search touches, so that its order can be tested. */
export interface TemporalSources {
  /** What `temporal --version` on this path (or name) prints; undefined when it does not run. */
  readonly cliVersion: (command: string) => string | undefined;
  readonly cachedDownload: () => string | undefined;
  readonly cachedServer: () => string | undefined;
  readonly download: () => Promise<string | undefined>;
  readonly build: () => Promise<string>;
  readonly say: (line: string) => void;
}

/** Whether a version like `1.32.1` or `v1.33.0-rc.1` is that of a server with time skipping. */
export function skipsTime(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = firstVersionWithTimeSkipping;
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** The version of the server inside the CLI, from `temporal version 1.9.0 (Server 1.32.0, UI 2.50.1)`. */
export function embeddedServerVersion(versionLine: string): string | undefined {
  return /\(server v?([\d.]+)/i.exec(versionLine)?.[1];
}

/**
 * Finds a Temporal server with time skipping: the CLI on the PATH, the SDK's official download, the official server
 * built by Go. What is there already comes before what must be fetched. Throws a SetupError when nothing can be had.
 */
export async function locateTemporal(sources: TemporalSources): Promise<TemporalProgram> {
  const suits = (path: string) => skipsTime(embeddedServerVersion(sources.cliVersion(path) ?? '') ?? '');
  if (suits('temporal')) return { kind: 'cli', path: 'temporal' };
  const cached = sources.cachedDownload();
  if (cached && suits(cached)) return { kind: 'cli', path: cached };
  const built = sources.cachedServer();
  if (built) return { kind: 'server', path: built };
  const downloaded = await sources.download();
  if (downloaded && suits(downloaded)) return { kind: 'cli', path: downloaded };
  sources.say(
    downloaded
      ? 'The official Temporal download has no time skipping yet: building the official server instead.'
      : 'The official Temporal download is out of reach: building the official server instead.',
  );
  return { kind: 'server', path: await sources.build() };
}

/** The sources of this machine, with `cache` as the folder for what is fetched; `signal` aborts the fetching. */
export function machineSources(
  cache: string,
  say: (line: string) => void,
  signal?: AbortSignal,
): TemporalSources {
  const downloadDir = join(cache, 'temporal-cli', `sdk-${sdkVersion()}`);
  const serverPath = join(
    cache,
    'temporal-server',
    serverVersion,
    process.platform === 'win32' ? 'server.exe' : 'server',
  );
  return {
    cliVersion: versionOf,
    cachedDownload: () => findCli(downloadDir),
    cachedServer: () => (isWantedServer(serverPath) ? serverPath : undefined),
    download: async () => ((await downloadCli(downloadDir, signal)) ? findCli(downloadDir) : undefined),
    build: () =>
      buildServer({ version: serverVersion, path: serverPath, isWanted: isWantedServer, say, signal }),
    say,
  };
}

function isWantedServer(path: string): boolean {
  return existsSync(path) && versionOf(path)?.trim() === `temporal version ${serverVersion}`;
}

function versionOf(command: string): string | undefined {
  try {
    return execFileSync(command, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
    });
  } catch {
    return undefined;
  }
}

function findCli(dir: string): string | undefined {
  const name = existsSync(dir)
    ? readdirSync(dir).find((file) => /^temporal[^.]*(\.exe|[\d.]*)$/.test(file))
    : undefined;
  return name === undefined ? undefined : join(dir, name);
}

function sdkVersion(): string {
  const manifest = createRequire(import.meta.url)('@temporalio/testing/package.json');
  return z.object({ version: z.string() }).parse(manifest).version;
}
