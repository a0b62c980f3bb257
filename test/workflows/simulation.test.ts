import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disagreements, inWords } from '../simulation/compare.ts';
import { type Folder, openFolder, readFolder } from '../simulation/folder.ts';
import { simulate } from '../simulation/simulate.ts';
import { worldOf } from '../simulation/world.ts';
import { type OwnStack, startOwnStack } from '../support/own-stack.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const SIZE = { seed: 7, contracts: 6, months: 24 };
const dir = mkdtempSync(join(tmpdir(), 'hasso-simulation-'));
let stack: OwnStack;
let workers: RunningWorkers;
let folder: Folder;

beforeAll(async () => {
  stack = await startOwnStack();
  workers = await startWorkers(stack.env);
  folder = openFolder(dir);
  folder.begin(worldOf({ ...SIZE, fromMs: Date.now() }));
});

afterAll(async () => {
  await workers?.stop();
  await stack?.stop();
  rmSync(dir, { recursive: true, force: true });
});

const play = (signal: AbortSignal) =>
  simulate({
    ...{ env: stack.env, folder, signal, atOnce: 6, progress: () => undefined },
    recorded: readFolder(dir),
  });

/** A signal that is aborted after so many commands were given. */
function after(commands: number): AbortSignal {
  const { given } = folder;
  const stop = new AbortController();
  let count = 0;
  folder = {
    ...folder,
    given(line) {
      given(line);
      count += 1;
      if (count === commands) stop.abort(new Error('stopped half-way'));
    },
  };
  return stop.signal;
}

test('two years of random contracts, stopped half-way and gone on with, come out as an oracle computes them from the commands', async () => {
  await expect(play(after(40))).rejects.toThrow('stopped half-way');
  await play(new AbortController().signal);

  const recorded = readFolder(dir);
  expect(recorded.outcomes).toHaveLength(SIZE.contracts);
  expect(disagreements(recorded).map(inWords)).toEqual([]);
}, 180_000);
