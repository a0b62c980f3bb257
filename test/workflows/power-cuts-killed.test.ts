import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { varDir } from '../../dev/paths.ts';
import { tryPowerCuts } from '../power-cuts/try.ts';

test('two power cuts while people decide: no case is split between rows and workflow, nothing is lost or done twice', async () => {
  const stateDir = join(varDir, 'test', `power-cuts-${process.pid}`);
  mkdirSync(stateDir, { recursive: true });
  try {
    const tried = await tryPowerCuts({ stateDir, seed: 7, cuts: 2, say: () => undefined });
    expect(tried.differences).toEqual([]);
    expect(tried).toMatchObject({ cuts: 2 });
    expect(tried.answered).toBeGreaterThan(0);
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}, 1_800_000);
