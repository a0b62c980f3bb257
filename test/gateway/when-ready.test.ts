import { ServiceError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import { isNotReady, whenReady } from '../../gateway/when-ready.ts';

/** As the server refuses an update of a workflow whose tasks keep failing, in the client's wrapping. */
function refusal(code: number): ServiceError {
  const details = 'Unable to perform workflow execution update due to Workflow Task in failed state.';
  const cause = Object.assign(new Error(`${code}: ${details}`), { code, details, metadata: {} });
  return new ServiceError('Workflow Update failed', { cause });
}

/** Refuses so often, then answers. */
function refusing(times: number, error: Error) {
  let sent = 0;
  return {
    sent: () => sent,
    send: async () => {
      sent += 1;
      if (sent <= times) throw error;
      return 'heard';
    },
  };
}

describe('a command that its workflow cannot hear for now', () => {
  test('is sent again until it is heard', async () => {
    const { send, sent } = refusing(3, refusal(9));
    expect(await whenReady(send, { patienceMs: 5_000, pauseMs: 1 })).toBe('heard');
    expect(sent()).toBe(4);
  });

  test('is left to the sweep when patience is over, and so is whatever else went wrong, at once', async () => {
    const never = refusing(Number.POSITIVE_INFINITY, refusal(9));
    await expect(whenReady(never.send, { patienceMs: 20, pauseMs: 1 })).rejects.toThrow('Update failed');
    expect(never.sent()).toBeGreaterThan(1);
    const away = refusing(1, refusal(14));
    await expect(whenReady(away.send, { patienceMs: 5_000, pauseMs: 1 })).rejects.toThrow('Update failed');
    expect(away.sent()).toBe(1);
  });

  test.each([
    [refusal(9), true],
    [refusal(5), false],
    [new Error('nobody answers'), false],
    ['text', false],
  ])('is told from others: %s', (error, expected) => {
    expect(isNotReady(error)).toBe(expected);
  });
});
