import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { temporalExecutions } from '../../clients/temporal-executions.ts';
import { loadConfig } from '../../config.ts';
import { ensureNamespace } from '../../dev/temporal.ts';
import { dataConverterOf, payloadCodec } from '../../gateway/payload-codec.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { readHistories, replayable } from '../replay/histories.ts';
import { applicants, staff } from '../support/people.ts';
import { stackEnv } from '../support/stacks.ts';
import { type RunningWorkers, startWorkers } from '../support/workers.ts';

const key = (name: string) => `${name}:${randomBytes(32).toString('hex')}`;
const codecOf = (keys: string, plain: 'accept' | 'refuse' = 'accept') => {
  const codec = payloadCodec({ TEMPORAL_CODEC_KEYS: keys, TEMPORAL_CODEC_PLAIN: plain });
  if (codec === undefined) throw new Error('keys are set, so there is a codec');
  return codec;
};
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value) ?? {};
const readBack = (payload: Payload | undefined): unknown =>
  payload === undefined ? undefined : defaultPayloadConverter.fromPayload(payload);

describe('payloads', () => {
  test('come back as they were, and are not to be read in between', async () => {
    const codec = codecOf(key('a'));
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const plain = payloadOf({ value, marker: 'in-clear' });
        const [stored] = await codec.encode([plain]);
        expect(Buffer.from(stored?.data ?? []).includes('in-clear')).toBe(false);
        const [read] = await codec.decode(stored === undefined ? [] : [stored]);
        expect(readBack(read)).toEqual(readBack(plain));
      }),
    );
  });

  test('of an older key are read after the ring was turned, and not once it is gone', async () => {
    const [old, next] = [key('2026'), key('2027')];
    const stored = await codecOf(old).encode([payloadOf('before')]);
    const turned = codecOf(`${next},${old}`);
    expect((await turned.decode(stored)).map(readBack)).toEqual(['before']);
    const [newer] = await turned.encode([payloadOf('after')]);
    expect(Buffer.from(newer?.metadata?.['encryption-key-id'] ?? []).toString()).toBe('2027');
    await expect(codecOf(next).decode(stored)).rejects.toThrow('no key "2026"');
  });

  test('that anybody changed are refused, also under the name of another key', async () => {
    const [a, b] = [key('a'), key('b')];
    const [stored = {}] = await codecOf(a).encode([payloadOf('before')]);
    const data = Buffer.from(stored.data ?? []);
    data[data.length - 1] = (data.at(-1) ?? 0) ^ 1;
    await expect(codecOf(a).decode([{ ...stored, data }])).rejects.toThrow();
    const renamed = { ...stored.metadata, 'encryption-key-id': Buffer.from('b') };
    await expect(codecOf(`${a},${b}`).decode([{ ...stored, metadata: renamed }])).rejects.toThrow();
    await expect(codecOf(a).decode([{ ...stored, data: data.subarray(0, 5) }])).rejects.toThrow();
  });

  test('in plain text are read as long as the setting accepts them', async () => {
    const plain = payloadOf('from before');
    expect((await codecOf(key('a')).decode([plain])).map(readBack)).toEqual(['from before']);
    await expect(codecOf(key('a'), 'refuse').decode([plain])).rejects.toThrow('not encrypted');
  });
});

test('settings name keys once, and refuse plain text only where there are any', () => {
  const env = stackEnv();
  const hex = 'a'.repeat(64);
  for (const keys of ['a', `a:${hex},a:${hex}`, `a:${hex.slice(1)}`, `a:${hex},`]) {
    expect(() => loadConfig({ ...env, TEMPORAL_CODEC_KEYS: keys })).toThrow('TEMPORAL_CODEC_KEYS');
  }
  const refusing = { ...env, TEMPORAL_CODEC_KEYS: '', TEMPORAL_CODEC_PLAIN: 'refuse' };
  expect(() => loadConfig(refusing)).toThrow('TEMPORAL_CODEC_PLAIN');
});

test('a history of before replays with keys set', async () => {
  const [record] = readHistories().values();
  if (record === undefined) throw new Error('no history is recorded');
  const config = loadConfig({ ...stackEnv(), TEMPORAL_CODEC_KEYS: key('a') });
  const options = { workflowBundle: await bundleWorkflows(), dataConverter: dataConverterOf(config) };
  await Worker.runReplayHistory(options, replayable(record), record.workflowId);
});

/** All bytes of the server's store. */
function store(): Buffer {
  const dir = join(dirname(stackEnv().LOG_DIR ?? ''), 'temporal');
  const files = readdirSync(dir).filter((name) => name.includes('.db'));
  return Buffer.concat(files.map((name) => readFileSync(join(dir, name))));
}

test("with keys nothing that a command carries lies in Temporal's store in clear, and what began without them goes on", async () => {
  const namespace = `codec-${randomUUID()}`;
  await ensureNamespace(stackEnv().TEMPORAL_ADDRESS ?? '', namespace);
  const decide = async (
    running: RunningWorkers,
    applicationId: string,
    verdict: 'return' | 'recommendAccept',
  ) => {
    const people = applicants(running.composed.db, running.client);
    const { taskId } = await people.waitFor(applicationId, 'review');
    const decisionId = randomUUID();
    const command = { commandId: randomUUID(), actor: staff(randomUUID()), decisionId, taskId: taskId ?? '' };
    expect(await people.gateway.decideReview(applicationId, { ...command, verdict })).toEqual({ ok: true });
    return decisionId;
  };
  const plain = await startWorkers({ TEMPORAL_NAMESPACE: namespace });
  const begin = async (running: RunningWorkers) =>
    (await applicants(running.composed.db, running.client).submit()).applicationId;
  const [first, second] = [await begin(plain), await begin(plain)];
  const inClear = await decide(plain, first, 'recommendAccept');
  const searched = (running: RunningWorkers, id: string) =>
    temporalExecutions(async () => running.client).textOf(applicationReviewId(id));
  expect(await searched(plain, first)).toContain(inClear);
  await plain.stop();

  const keys = key('own');
  const encrypting = await startWorkers({ TEMPORAL_NAMESPACE: namespace, TEMPORAL_CODEC_KEYS: keys });
  const people = applicants(encrypting.composed.db, encrypting.client);
  expect(await people.approve(first, randomUUID(), 'accept')).toEqual({ ok: true });
  await encrypting.client.workflow.getHandle(applicationReviewId(first)).result();
  const hidden = await decide(encrypting, second, 'recommendAccept');
  const third = await begin(encrypting);
  const hiddenToo = await decide(encrypting, third, 'return');
  const bytes = store();
  // The marker can be found at all.
  expect(bytes.includes(inClear)).toBe(true);
  expect([hidden, hiddenToo].filter((marker) => bytes.includes(marker))).toEqual([]);
  // The search after a deletion looks at the same history in clear.
  // The search after a deletion finds what it looks for all the same.
  expect(await searched(encrypting, third)).toContain(hiddenToo);
  await encrypting.stop();
});
