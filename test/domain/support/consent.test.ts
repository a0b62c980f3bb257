import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import {
  ALL_SCOPES,
  type Consent,
  isSupported,
  needsConsent,
  openScopes,
  type SupportedContract,
} from '../../../domain/support/support-consent.ts';

const day = civilDate;
const contract: SupportedContract = { status: 'active', firstDay: day('2026-12-01'), endsOn: null };
const consent = (changes: Partial<Consent> = {}): Consent => ({
  id: 'a',
  scope: ['contact', 'mail'],
  from: day('2026-12-10'),
  through: day('2026-12-20'),
  withdrawn: false,
  waits: false,
  ...changes,
});
const open = (consents: readonly Consent[], of = contract, on = '2026-12-15') =>
  openScopes(consents, of, day(on));

/** 第13条: support only within the contract period; looking into data needs a consent with scope and days. */
describe('when there is support', () => {
  test.each([
    ['2026-11-30', false],
    ['2026-12-01', true],
    ['2027-03-31', true],
    ['2027-04-01', false],
  ])('of a contract that ends on 2027-03-31, on %s: %s', (on, supported) => {
    const ending = { ...contract, status: 'ending' as const, endsOn: day('2027-03-31') };
    expect(isSupported(ending, day(on))).toBe(supported);
  });

  test.each(['ended', 'terminated'] as const)('none for a contract that is %s', (status) => {
    expect(isSupported({ ...contract, status }, day('2026-12-15'))).toBe(false);
  });
});

describe('what a consent opens', () => {
  test('the parts that it names, by its id; the rest stays closed', () => {
    expect(open([consent()])).toEqual({ contact: 'a', mail: 'a' });
    expect(open([])).toEqual({});
    expect(open([consent({ scope: ALL_SCOPES })])).toEqual({
      contact: 'a',
      application: 'a',
      mail: 'a',
      requests: 'a',
      usage: 'a',
    });
    expect(open([consent({ scope: ['everything'] })])).toEqual({});
  });

  test('nothing once it was withdrawn, before its first day and after its last', () => {
    expect(open([consent({ withdrawn: true })])).toEqual({});
    expect(open([consent()], contract, '2026-12-09')).toEqual({});
    expect(open([consent()], contract, '2026-12-10')).not.toEqual({});
    expect(open([consent()], contract, '2026-12-20')).not.toEqual({});
    expect(open([consent()], contract, '2026-12-21')).toEqual({});
  });

  test('of several each part is opened by the first that names it', () => {
    const later = consent({ id: 'b', scope: ['mail', 'requests'] });
    expect(open([consent({ withdrawn: true }), later])).toEqual({ mail: 'b', requests: 'b' });
    expect(open([consent(), later])).toEqual({ contact: 'a', mail: 'a', requests: 'b' });
  });

  test('nothing of a contract that is not supported', () => {
    expect(open([consent()], { ...contract, firstDay: day('2026-12-16') })).toEqual({});
  });
});

test('whoever has no role at all is no supporter either', () => {
  expect(needsConsent([])).toBe(false);
  expect(needsConsent(['support', 'support'])).toBe(true);
});

test('a consent that waits for its second person opens nothing (第13条2項)', () => {
  expect(open([consent({ waits: true })])).toEqual({});
  expect(open([consent()])).not.toEqual({});
});
