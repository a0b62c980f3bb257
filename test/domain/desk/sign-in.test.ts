import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signInWaitSeconds } from '../../../domain/desk/sign-in.ts';
import { unansweredRestMs } from '../../../domain/notice/unanswered-mail.ts';

test('five mistakes cost no time, each further one twice the time, and nobody waits for longer than a quarter of an hour', () => {
  expect([1, 5, 6, 7, 8, 14, 15, 16, 1_000_000].map(signInWaitSeconds)).toEqual([
    ...[0, 0, 2, 4, 8, 512, 900, 900, 900],
  ]);
});

test('a mail that may have been taken rests for longer each time, never for less than a quarter of an hour or more than half a day', () => {
  expect([1, 2, 3].map((attempts) => unansweredRestMs(attempts) / 60_000)).toEqual([15, 30, 60]);
  fc.assert(
    fc.property(fc.nat(), (attempts) => {
      expect(unansweredRestMs(attempts + 1)).toBeGreaterThanOrEqual(unansweredRestMs(attempts));
      expect(unansweredRestMs(attempts)).toBeGreaterThanOrEqual(15 * 60_000);
      expect(unansweredRestMs(attempts)).toBeLessThanOrEqual(12 * 3_600_000);
    }),
  );
});
