// Runs on Node 20 before any package is installed: built-ins only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { waitForLock } from './lock.mjs';
import { withProgress } from './progress.mjs';

/** A failure that a sentence explains: printed without a stack. */
export class SetupError extends Error {}

const stampPath = (root) => join(root, 'node_modules', '.hasso-stamp');

/** What node_modules must have been made from: the lock file, on this platform. */
export function wantedStamp(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform} ${process.arch}`;
}

/** Whether node_modules is what package-lock.json asks for, by our stamp or by what npm itself recorded. */
export function packagesAreCurrent(root) {
  const wanted = wantedStamp(root);
  if (readOptional(stampPath(root)) === wanted) return true;
  const installed = readOptional(join(root, 'node_modules', '.package-lock.json'));
  if (!installed || !agrees(readFileSync(join(root, 'package-lock.json'), 'utf8'), installed)) return false;
  writeFileSync(stampPath(root), wanted);
  return true;
}

/** Runs `npm ci` when the lock file is not the one that node_modules was made from; two at once wait for each other. */
export async function ensurePackages(root) {
  if (packagesAreCurrent(root)) return;
  const release = await waitForLock(join(root, 'var', 'packages.lock'), (pid) =>
    process.stderr.write(`Another process (${pid}) is installing the packages: waiting for it.\n`),
  );
  try {
    if (packagesAreCurrent(root)) return;
    await withProgress('Installing the packages (npm ci)', () => npmCi(root));
    writeFileSync(stampPath(root), wantedStamp(root));
  } finally {
    release();
  }
}

/** PATH with the project's own commands, Node 24 among them, in front. */
export function pathWithPackages(root) {
  return [join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
}

function agrees(lockText, installedText) {
  const wanted = JSON.parse(lockText).packages;
  const installed = JSON.parse(installedText).packages;
  const same = (a, b) => a.version === b.version && a.integrity === b.integrity;
  return (
    Object.entries(installed).every(([path, entry]) => wanted[path] && same(wanted[path], entry)) &&
    Object.entries(wanted).every(
      ([path, entry]) => path === '' || entry.optional || entry.devOptional || installed[path],
    )
  );
}

function npmCi(root) {
  // npm must not run on the Node inside the node_modules that it is about to delete.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((dir) => !dir.includes('node_modules'))
    .join(delimiter);
  const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', () =>
      reject(new SetupError('npm was not found on the PATH: install Node.js with npm.')),
    );
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new SetupError(`npm ci failed (exit code ${code}):\n${output.trim()}`)),
    );
  });
}

function readOptional(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
