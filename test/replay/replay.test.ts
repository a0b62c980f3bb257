import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  makeTelemetryFilterString,
  Runtime,
  Worker,
} from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleWorkflows } from '../../workers/bundle.ts';
import * as workflows from '../../workflows/index.ts';
import { cleanApplication } from '../support/application.ts';
import { readableText, readHistories, replayable } from './histories.ts';

/** Runs that must fail would fill the screen. */
const quiet = new DefaultLogger('ERROR');
const histories = readHistories();
const recorded = [...histories];

let current: { code: string };
let incompatible: { code: string };
beforeAll(async () => {
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger: quiet, telemetryOptions: { logging: { filter } } });
  current = await bundleWorkflows();
  incompatible = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('incompatible/index.ts', import.meta.url)),
    logger: quiet,
  });
});

test.each(Object.keys(workflows))('at least one run of %s is recorded', (name) => {
  expect(recorded.map(([, { workflowType }]) => workflowType)).toContain(name);
});

describe('workflows of today go on where a run of an earlier release stands', () => {
  test.each(recorded)('%s', async (_name, record) => {
    await Worker.runReplayHistory({ workflowBundle: current }, replayable(record), record.workflowId);
  });
});

describe('the gate closes: workflows with one step more do not replay', () => {
  test.each(Object.keys(workflows))('%s', async (name) => {
    const [, record] = recorded.find(([, { workflowType }]) => workflowType === name) ?? [];
    if (record === undefined) throw new Error(`no run of ${name} is recorded`);
    await expect(
      Worker.runReplayHistory({ workflowBundle: incompatible }, replayable(record), record.workflowId),
    ).rejects.toThrow(DeterminismViolationError);
  });
});

/** Histories stay in the repository for ever, and a customer's data could not be deleted from them (第22条). */
describe('no history holds data of a person', () => {
  const { companyName, companyKana, representativeName, contactName, contactKana, address, phone } =
    cleanApplication();
  const whole = [companyName, companyKana, representativeName, contactName, contactKana, address, phone];
  const names = ['再確認', ...whole, ...whole.flatMap((name) => name.split(' '))];

  test.each(recorded)('%s', (_name, record) => {
    const text = readableText(record);
    // Mail addresses, and "process@machine" as the server notes it with every event and in names of sticky queues.
    expect(text.match(/[^"\s]+@[^"\s]+/g)).toBeNull();
    expect(names.filter((name) => text.includes(name))).toEqual([]);
  });
});

test('histories stay small enough to be read in a review', () => {
  for (const [name, record] of histories) expect(JSON.stringify(record).length, name).toBeLessThan(150_000);
});
