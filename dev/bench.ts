import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../bin/setup/packages.mjs';
import { nodeArgs, rootDir } from './paths.ts';
import { runProgram } from './program.ts';

/** `npm run bench -- NAME [arguments]` runs bench/NAME.ts; its output and exit code are handed through. */
await runProgram(async () => {
  const [name = '', ...args] = process.argv.slice(2);
  const folder = join(rootDir, 'bench');
  const names = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
  if (!names.includes(name)) {
    throw new SetupError(
      `${name === '' ? 'Which measurement?' : `There is no measurement "${name}".`} Available: ${names.join(', ') || 'none yet'}.`,
    );
  }
  const child = spawn(process.execPath, nodeArgs(`bench/${name}.ts`, ...args), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
});
