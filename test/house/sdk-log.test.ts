import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, test } from 'vitest';
import { sdkLogger } from '../../workers/sdk-log.ts';

test('lines of the SDK are JSON in the log of the process, and an error in them quotes nothing', () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const logger = sdkLogger(pino({ name: 'worker-background' }, stream));
  logger.debug('not wanted');
  logger.warn('Activity failed', {
    activityType: 'sendMail',
    attempt: 2,
    taskToken: new Uint8Array([1]),
    error: Object.assign(new Error('to hanako@customer.example'), { code: 'ESOCKET' }),
  });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 40,
    name: 'worker-background',
    from: 'temporal-sdk',
    msg: 'Activity failed',
    activityType: 'sendMail',
    attempt: 2,
    error: { type: 'Error', code: 'ESOCKET' },
  });
  expect(lines[0]).not.toMatch(/customer\.example|taskToken/);
});
