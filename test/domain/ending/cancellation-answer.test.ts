import { describe, expect, test } from 'vitest';
import { civilDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import { DEFAULT_CUTOFF_POLICY } from '../../../domain/calendar/cutoff.ts';
import {
  judgeArrival,
  judgeCancellation,
  judgeWithdrawal,
  type WithdrawalCase,
} from '../../../domain/ending/cancellation-answer.ts';

const ask = (arrived: string, wish: string | null, kind: 'annual' | 'monthly' = 'annual') =>
  judgeCancellation({
    arrivedAtMs: parseInstant(arrived),
    wish: wish === null ? null : civilDate(wish),
    line: [{ kind, firstDay: civilDate('2026-04-01'), indexBase: 0 }],
    endsOn: null,
    cutoff: DEFAULT_CUTOFF_POLICY,
  });

describe('renews although cancelled', () => {
  test('a cancellation one minute late is shown to staff, with or without the wish that it misses', () => {
    expect(ask('2027-02-20T23:59:00+09:00', null)).toMatchObject({ renews: null, renewsUnasked: false });
    expect(ask('2027-02-21T00:00:00+09:00', null)).toMatchObject({ renewsUnasked: true });
    expect(ask('2027-02-21T00:00:00+09:00', '2027-03-31')).toMatchObject({
      renewsUnasked: true,
      end: { outcome: 'tooEarly', endsOn: '2027-04-30' },
    });
  });

  test('an end in the next period that the customer asked for is told, and leaves no task', () => {
    const answer = ask('2026-12-01T10:00:00+09:00', '2027-05-31');
    expect(answer).toMatchObject({ renewsUnasked: false });
    expect(answer.ok && answer.renews).not.toBeNull();
  });

  test('a monthly contract renews every month as a matter of course', () => {
    expect(ask('2027-02-21T00:00:00+09:00', null, 'monthly')).toMatchObject({ renews: null });
  });
});

describe('withdrawal of a cancellation', () => {
  const withdraw = (changes: Partial<WithdrawalCase> = {}) =>
    judgeWithdrawal({ status: 'ending', cancellationId: 'c', discontinuedOn: null, ...changes });

  test('until the end, where one stands', () => {
    expect(withdraw()).toMatchObject({ ok: true, cancellationId: 'c', follows: { clause: '第5条3項' } });
    expect(withdraw({ status: 'active' })).toMatchObject({ ok: false, code: 'wrongState' });
    expect(withdraw({ cancellationId: null })).toMatchObject({ ok: false, code: 'wrongState' });
  });

  test('a contract that ends by a discontinuation ends by that all the same', () => {
    const answer = withdraw({ discontinuedOn: civilDate('2027-03-31') });
    expect(answer).toMatchObject({
      message: expect.stringContaining('2027年3月31日'),
      follows: { clause: '第16条' },
    });
  });
});

test('an arrival is neither in the future nor before the contract', () => {
  const concludedOn = civilDate('2026-04-01');
  const nowMs = parseInstant('2026-05-01T12:00:00+09:00');
  const arrived = (at: string) => judgeArrival({ arrivedAtMs: parseInstant(at), nowMs, concludedOn });
  expect(arrived('2026-05-01T12:00:01+09:00')).toMatchObject({ code: 'invalid', clause: '第10条1項' });
  expect(arrived('2026-03-31T23:59:59+09:00')).toMatchObject({ code: 'invalid' });
  expect(arrived('2026-04-01T00:00:00+09:00')).toBeNull();
  expect(arrived('2026-05-01T12:00:00+09:00')).toBeNull();
});
