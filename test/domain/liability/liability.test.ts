import { describe, expect, it } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { liabilityCap } from '../../../domain/liability/liability.ts';

describe('liability cap (第23条3項)', () => {
  const fee = (from: string, to: string, feeYen: number) => ({
    from: civilDate(from),
    to: civilDate(to),
    feeYen,
  });

  it('counts no fee for days without service between two periods', () => {
    const fees = [fee('2025-01-01', '2025-12-31', 365_000), fee('2026-03-01', '2026-03-31', 31_000)];
    expect(liabilityCap(fees, civilDate('2026-04-01')).value).toEqual({
      windowFrom: '2025-04-01',
      windowTo: '2026-03-31',
      capYen: 275_000 + 31_000,
    });
  });

  it('rounds the sum once, not each period', () => {
    const thirds = [fee('2026-04-01', '2026-04-03', 100), fee('2026-04-04', '2026-04-06', 100)];
    expect(liabilityCap(thirds, civilDate('2026-04-06')).value.capYen).toBe(166);
    const halves = [fee('2026-04-01', '2026-04-02', 1), fee('2026-04-01', '2026-04-02', 1)];
    expect(liabilityCap(halves, civilDate('2026-04-02')).value.capYen).toBe(1);
  });

  it.each([
    ['2028-02-29', '2027-03-01', '2028-02-28'],
    ['2029-02-28', '2028-02-28', '2029-02-27'],
    ['2029-03-01', '2028-03-01', '2029-02-28'],
    ['2026-06-15', '2025-06-15', '2026-06-14'],
  ])('the year before %s is [%s, %s] (Civil Code 143)', (incident, windowFrom, windowTo) => {
    const fees = [fee('2020-01-01', '2030-12-31', 1)];
    expect(liabilityCap(fees, civilDate(incident)).value).toMatchObject({ windowFrom, windowTo });
  });

  it('is nothing without any service before the incident', () => {
    expect(liabilityCap([], civilDate('2026-04-01')).value).toEqual({
      windowFrom: '2025-04-01',
      windowTo: '2026-03-31',
      capYen: 0,
    });
    expect(liabilityCap([fee('2026-04-01', '2027-03-31', 1)], civilDate('2026-04-01')).value.capYen).toBe(0);
  });

  it('ignores fees older than the year and the days from the incident on', () => {
    const fees = [fee('2024-04-01', '2025-03-31', 999_999), fee('2025-04-01', '2026-03-31', 365_000)];
    expect(liabilityCap(fees, civilDate('2026-04-01')).value.capYen).toBe(365_000);
    expect(
      liabilityCap([fee('2028-03-01', '2029-02-28', 365_000)], civilDate('2029-02-28')).value.capYen,
    ).toBe(364_000);
  });
});
