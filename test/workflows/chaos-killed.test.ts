import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { varDir } from '../../dev/paths.ts';
import { tryChaos } from '../chaos/try.ts';

test('while parts are killed, stopped, slowed, filled up and cut off, lives come out as the oracle computes them, and nothing is lost or done twice', async () => {
  const dir = join(varDir, 'test', `chaos-${process.pid}`);
  mkdirSync(dir, { recursive: true });
  try {
    const came = await tryChaos({
      ...{ seed: 5, contracts: 3, months: 12, faults: 5, dir },
      ...{ signal: new AbortController().signal, say: () => undefined },
    });
    expect(came.wrong).toEqual([]);
    expect(came).toMatchObject({ faults: 5 });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}, 1_800_000);
