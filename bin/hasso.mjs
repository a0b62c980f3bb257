#!/usr/bin/env node
import { realpathSync } from 'node:fs';
// The `hasso` command: `npx hasso …` works in a fresh clone on Node 20, so only built-ins up to the hand-over.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './setup/packages.mjs';
import { exitWith, runTypeScript } from './setup/runtime.mjs';

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

await exitWith(async () => {
  await ensurePackages(root);
  return runTypeScript({ root, file: 'cli/main.ts', args: process.argv.slice(2) });
});
