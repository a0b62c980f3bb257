import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilDate,
  endOfDayJst,
  jstDate,
  jstInstant,
  parseInstant,
} from '../../../domain/calendar/civil-date.ts';
import type { CutoffHoliday } from '../../../domain/calendar/cutoff.ts';
import { earliestEnd } from '../../../domain/ending/cancellation.ts';
import { nextCutoffs, reminderOn, renewalCutoff } from '../../../domain/period/renewal.ts';
import { anyInstant } from '../arbitraries.ts';

const anyPolicy = fc.record({ cutoffHoliday: fc.constantFrom<CutoffHoliday>('none', 'nextBusinessDay') });

describe('renewal cut-off (第5条3項)', () => {
  it('is the last instant whose cancellation ends by the period’s last day, for any last day', () => {
    fc.assert(
      fc.property(anyInstant, anyPolicy, (instant, policy) => {
        const periodTo = jstDate(instant);
        const { cancelBy, certainFrom } = renewalCutoff(periodTo, policy).value;
        expect(earliestEnd(endOfDayJst(cancelBy), policy).value <= periodTo).toBe(true);
        expect(earliestEnd(jstInstant(certainFrom), policy).value > periodTo).toBe(true);
      }),
    );
  });

  it('moves with the holiday policy', () => {
    const policy = { cutoffHoliday: 'nextBusinessDay' } as const;
    expect(renewalCutoff(civilDate('2026-10-31'), policy).value).toEqual({
      cancelBy: '2026-09-24',
      certainFrom: '2026-09-25',
    });
  });

  it('the reminder goes out 30 days before it, or as the policy says', () => {
    expect(reminderOn(civilDate('2027-01-31')).value).toBe('2026-11-20');
    expect(reminderOn(civilDate('2027-01-31'), 0).value).toBe('2026-12-20');
    expect(() => reminderOn(civilDate('2027-01-31'), -1)).toThrow(RangeError);
  });
});

describe('next cut-offs (第8条2項, 第10条1項)', () => {
  it.each([
    ['2026-03-05T23:59:59.999+09:00', '2026-03-05', '2026-04-01', '2026-03-20', '2026-04-30'],
    ['2026-03-05T15:00:00Z', '2026-04-05', '2026-05-01', '2026-03-20', '2026-04-30'],
    ['2026-12-21T00:00:00+09:00', '2027-01-05', '2027-02-01', '2027-01-20', '2027-02-28'],
  ])('at %s', (at, changeBy, effectiveOn, cancelBy, endsOn) => {
    expect(nextCutoffs(parseInstant(at)).value).toEqual({
      change: { by: changeBy, effectiveOn },
      cancellation: { by: cancelBy, endsOn },
    });
  });
});
