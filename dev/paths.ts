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

/** Arguments for `node` that run a TypeScript file of the project (or an absolute path) from any working directory. */
export function nodeArgs(file: string, ...args: string[]): string[] {
  const loader = pathToFileURL(join(rootDir, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  return ['--import', loader, resolve(rootDir, file), ...args];
}
