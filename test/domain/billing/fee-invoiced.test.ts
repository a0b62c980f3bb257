import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { billingPeriods } from '../../../domain/billing/billing-periods.ts';
import { billedBy } from '../../../domain/billing/documents.ts';
import {
  feeChangeFrom,
  feeVersionOn,
  feeVersions,
  invoicedByNotice,
} from '../../../domain/billing/fee-versions.ts';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import { contract, date, span } from './support.ts';

const annual = { kind: 'annual' as const, firstDay: date('2026-05-01') };
const change = (noticedOn: string, invoicedFrom: string | null) => ({
  ...{ version: 2, effectiveOn: date('2027-05-01'), noticedOn: date(noticedOn) },
  invoicedFrom: invoicedFrom === null ? null : date(invoicedFrom),
});

describe('a renewal whose invoice was issued before the notice keeps its price (第6条3項・4項)', () => {
  test.each([
    ['nothing was invoiced: the renewal has the new price', '2027-04-20', null, '2027-05-01'],
    ['the renewal was invoiced by then: the one after has it', '2027-04-20', '2027-05-01', '2028-05-01'],
    [
      'the period before was invoiced: that says nothing of the renewal',
      '2027-04-20',
      '2026-05-01',
      '2027-05-01',
    ],
  ])('%s', (_, noticedOn, invoicedFrom, from) => {
    const { value, steps } = feeChangeFrom(annual, change(noticedOn, invoicedFrom));
    expect(value).toBe(from);
    expect(steps.some(({ text }) => text.includes('請求書'))).toBe(from === '2028-05-01');
  });

  test('an invoice of the day of the notice came first, one of the day after did not', () => {
    const period = { from: date('2027-05-01'), invoicedOn: date('2027-04-10') };
    expect(invoicedByNotice([period], date('2027-04-10'))).toBe('2027-05-01');
    expect(invoicedByNotice([period], date('2027-04-09'))).toBeNull();
    expect(invoicedByNotice([period], null)).toBeNull();
  });

  test('the projection says of every invoiced period the price that it was invoiced by', () => {
    const days = fc.integer({ min: 0, max: 700 }).map((days) => addDays(date('2026-02-01'), days));
    const kinds = fc.constantFrom('annual' as const, 'monthly' as const);
    const missed = fc.uniqueArray(
      fc.integer({ min: 1, max: 12 }).map((month) => `2027-${String(month).padStart(2, '0')}`),
    );
    fc.assert(
      fc.property(kinds, days, days, missed, (kind, effectiveOn, noticedOn, missedRuns) => {
        const told = { version: 2, effectiveOn, noticedOn };
        const facts = contract({
          contents: { kind, planCode: 'standard', options: [], licences: 10 },
          feeChanges: [told],
        });
        const until = '2028-03-31';
        const billed = billedBy(span('2026-01-01', until, facts, { missedRuns: new Set(missedRuns) }), []);
        const limit = { through: date('2028-04-30'), end: null };
        const periods = billingPeriods(facts, billed, date(until), limit).flatMap((period) =>
          period.billedOn === null ? [] : [{ ...period, invoicedOn: period.billedOn }],
        );
        const invoicedFrom = invoicedByNotice(periods, noticedOn);
        const line = { kind, firstDay: facts.firstDay };
        const { value } = feeVersions(line, { version: 1, recorded: [] }, [{ ...told, invoicedFrom }]);
        for (const { from, version } of periods)
          expect([from, feeVersionOn(value, from)]).toEqual([from, version]);
      }),
      { numRuns: 60 },
    );
  });
});
