import { describe, expect, test } from 'vitest';
import { type CivilDate, endOfDayJst, jstInstant } from '../../../domain/calendar/civil-date.ts';
import { answerDeadlines, answerProblem } from '../../../domain/data/data-requests.ts';
import {
  type Consent,
  consentNeedsTwo,
  needsConsent,
  openScopes,
} from '../../../domain/support/support-consent.ts';

const day = (text: string) => text as CivilDate;

describe('when staff are told about a request that waits', () => {
  test('some days before the last day, then at the end of the day before it', () => {
    expect(answerDeadlines(day('2026-12-15'), 5, jstInstant(day('2026-12-01')))).toEqual({
      dueMs: endOfDayJst(day('2026-12-10')),
      escalateMs: endOfDayJst(day('2026-12-14')),
    });
  });

  test('at once where those days have passed, never after the escalation', () => {
    const now = jstInstant(day('2026-12-20'));
    expect(answerDeadlines(day('2026-12-15'), 5, now)).toEqual({ dueMs: now, escalateMs: now });
    const { dueMs, escalateMs } = answerDeadlines(day('2026-12-15'), 5, jstInstant(day('2026-12-13')));
    expect(dueMs).toBeLessThanOrEqual(escalateMs);
  });
});

test('an answer given twice is refused, and so is an extension that shortens', () => {
  const open = { status: 'open' as const, identityChecked: true, extended: false, dueOn: day('2026-12-15') };
  const extended = (to: string) => ({ verdict: 'extended' as const, extendedTo: day(to) });
  expect(answerProblem(open, extended('2026-12-15'))).not.toBeNull();
  expect(answerProblem(open, extended('2026-12-16'))).toBeNull();
  expect(answerProblem({ ...open, extended: true }, extended('2026-12-31'))).not.toBeNull();
  const answered = { ...open, status: 'done' as const };
  expect(answerProblem(answered, { verdict: 'refused', extendedTo: null })).not.toBeNull();
});

describe('what support sees', () => {
  const contract = { status: 'active' as const, firstDay: day('2026-12-01'), endsOn: null };
  const consent: Consent = {
    id: 'c',
    scope: ['mail'],
    from: day('2026-12-10'),
    through: day('2026-12-12'),
    withdrawn: false,
    waits: false,
  };

  test.each([
    ['2026-12-09', {}],
    ['2026-12-10', { mail: 'c' }],
    ['2026-12-12', { mail: 'c' }],
    ['2026-12-13', {}],
  ])('first and last day of a consent belong to it: %s', (today, expected) => {
    expect(openScopes([consent], contract, day(today))).toEqual(expected);
  });

  test.each([
    ['before the first day', { ...contract, firstDay: day('2026-12-12') }],
    ['after the last day', { ...contract, status: 'ending' as const, endsOn: day('2026-12-10') }],
    ['when the contract was terminated', { ...contract, status: 'terminated' as const }],
  ])('nothing %s', (_, over) => {
    expect(openScopes([consent], over, day('2026-12-11'))).toEqual({});
  });

  test('a consent that waits for its second person opens nothing', () => {
    expect(openScopes([{ ...consent, waits: true }], contract, day('2026-12-11'))).toEqual({});
  });

  test('a consent by telephone that opens the data to who took the call takes a second person', () => {
    expect(consentNeedsTwo('phone', ['support'])).toBe(true);
    expect(consentNeedsTwo('phone', ['support', 'operations'])).toBe(false);
    expect(consentNeedsTwo('phone', ['legal'])).toBe(false);
    expect(consentNeedsTwo('email', ['support'])).toBe(false);
    expect(consentNeedsTwo('paper', ['support'])).toBe(false);
  });

  test('only who has no role but support needs a consent', () => {
    expect(needsConsent(['support'])).toBe(true);
    expect(needsConsent(['support', 'legal'])).toBe(false);
    expect(needsConsent(['billing'])).toBe(false);
  });
});
