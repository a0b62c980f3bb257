import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from './paths.ts';
import { runTool } from './tools.ts';

const tools: readonly (readonly [label: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc'],
  ['lint and format', 'biome', 'check', '--error-on-warnings'],
  ['floating promises', 'oxlint', '--type-aware', '--deny-warnings'],
  ['unused code', 'knip', '--no-config-hints'],
  // What tests alone call goes; what they alone read of production code says so: @internal.
  ['code that only tests use', 'knip', '--production', '--no-config-hints'],
];

// The size and the content of the workflow bundle, and other rules of the house, are tests that need no services.
const houseRules = ['rules of the house', 'vitest', 'run', '--project', 'unit UTC', 'test/house'] as const;

/** Runs every check side by side and prints the output of those that fail. True when all pass. */
export async function runChecks({ withHouseRules }: { readonly withHouseRules: boolean }): Promise<boolean> {
  const wanted = withHouseRules && existsSync(join(rootDir, 'test/house')) ? [...tools, houseRules] : tools;
  const startedAt = Date.now();
  const results = await Promise.all(
    wanted.map(async ([label, command, ...args]) => ({ label, ...(await runTool(command, args)) })),
  );
  const failed = results.filter(({ code }) => code !== 0);
  for (const { label, output } of failed) console.log(`✗ ${label}\n${output.trimEnd()}\n`);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const passed = results.filter(({ code }) => code === 0).map(({ label }) => label);
  console.log(
    `Check: ${failed.length === 0 ? 'passed' : 'FAILED'} in ${seconds} s (${passed.join(', ') || 'nothing'} fine)`,
  );
  return failed.length === 0;
}
