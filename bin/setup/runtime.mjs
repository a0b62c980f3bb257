// Runs on Node 20 before any package is installed: built-ins only.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pathWithPackages, SetupError } from './packages.mjs';

/** Whether a `process.version` is one that the project runs on: 22.12 or later. */
export function isSupportedNode(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 12);
}

/** The Node to run TypeScript on: this one if it is 24 or later, the one that npm installed, or this one if it will do. */
function findNode(root) {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const packaged = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(packaged) && spawnSync(packaged, ['--version']).status === 0) return packaged;
  if (isSupportedNode(process.version)) return process.execPath;
  throw new SetupError(
    `This is Node ${process.versions.node}; the project needs Node 22.12 or later (24 is best), and npm has no build of it for ${process.platform}-${process.arch}: install it from nodejs.org.`,
  );
}

/**
 * Runs a TypeScript file of the project on that Node, with this process's standard streams, and returns its exit
 * code. Signals are passed on; the program learns by `disconnect` when this process has been killed.
 */
export function runTypeScript({ root, file, args }) {
  const loader = pathToFileURL(join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
  const child = spawn(findNode(root), ['--import', loader, join(root, file), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      // What V8 compiled is kept for the next start of the same files.
      NODE_COMPILE_CACHE: join(root, 'var', 'compile-cache'),
      ...process.env,
      PATH: pathWithPackages(root),
      TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** Ends the process with the code that `main` returns; a SetupError is printed as its sentence. */
export async function exitWith(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
