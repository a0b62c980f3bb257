import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The clone. */
export const rootDir: string = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything that a run leaves behind, git-ignored. */
export const varDir: string = join(rootDir, 'var');

/** What takes minutes to make is kept here, outside the clone, in folders named by version. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return env.HASSO_CACHE_DIR ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hasso');
}

/** What reaches no page (.tsx) is run by Node itself where it can, in little more than half the time of the loader. */
const WITHOUT_PAGES = /^(workers|db)\//;

/** Arguments for `node` that run a TypeScript file of the project (or an absolute path) from any working directory. */
export function nodeArgs(file: string, ...args: string[]): string[] {
  const started = [resolve(rootDir, file), ...args];
  if (process.features.typescript && WITHOUT_PAGES.test(file)) return started;
  const loader = pathToFileURL(join(rootDir, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  return ['--import', loader, ...started];
}
