import { describe, expect, it } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { checkEdition, editionBinding } from '../../../domain/notice/terms-edition.ts';

describe('editions of the terms (第17条)', () => {
  const plan = {
    effectiveOn: civilDate('2027-04-01'),
    today: civilDate('2027-03-01'),
    publishedOn: null,
    detrimental: false,
  };

  it('take effect only after they were published', () => {
    expect(checkEdition(plan).value.allowed).toBe(true);
    expect(checkEdition({ ...plan, today: civilDate('2027-04-01') }).value).toEqual({
      allowed: false,
      clause: '第17条1項',
    });
    expect(
      checkEdition({ ...plan, publishedOn: civilDate('2027-03-31'), today: civilDate('2027-04-01') }).value
        .allowed,
    ).toBe(true);
  });

  it('to the customer’s detriment are void when published late', () => {
    const late = { ...plan, detrimental: true, publishedOn: civilDate('2027-04-01') };
    expect(checkEdition(late).value).toEqual({ allowed: false, clause: '民法548条の4第3項' });
  });

  it('bind by notice from the effective date, after a late notice by the first use', () => {
    const effectiveOn = plan.effectiveOn;
    const bound = (noticedOn: string | null, firstUseOn: string | null) =>
      editionBinding({
        effectiveOn,
        noticedOn: noticedOn === null ? null : civilDate(noticedOn),
        firstUseOn: firstUseOn === null ? null : civilDate(firstUseOn),
      }).value;
    expect(bound('2027-03-31', null)).toEqual({ since: '2027-04-01', why: 'notice' });
    expect(bound('2027-04-10', null)).toBeNull();
    expect(bound('2027-04-10', '2027-04-12')).toEqual({ since: '2027-04-12', why: 'firstUse' });
    expect(bound(null, '2027-04-12')).toBeNull();
  });
});
