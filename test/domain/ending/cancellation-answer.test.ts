import { describe, expect, test } from 'vitest';
import { civilDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import { DEFAULT_CUTOFF_POLICY } from '../../../domain/calendar/cutoff.ts';
import { judgeCancellation } from '../../../domain/ending/cancellation-answer.ts';

const ask = (arrived: string, wish: string | null, kind: 'annual' | 'monthly' = 'annual') =>
  judgeCancellation({
    arrivedAtMs: parseInstant(arrived),
    wish: wish === null ? null : civilDate(wish),
    basis: { kind, firstDay: civilDate('2026-04-01'), indexBase: 0 },
    endsOn: null,
    pending: [
      { requestId: 'early', effectiveOn: civilDate('2027-04-01'), arrivedAtMs: 0 },
      { requestId: 'late', effectiveOn: civilDate('2027-07-01'), arrivedAtMs: 0 },
    ],
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

test('changes that the end comes before are dropped, the others stay', () => {
  const answer = ask('2027-02-21T00:00:00+09:00', null);
  expect(answer.ok && answer.dropped.map(({ requestId }) => requestId)).toEqual(['late']);
});
