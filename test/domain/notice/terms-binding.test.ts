import { describe, expect, test } from 'vitest';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { bindingEdition } from '../../../domain/notice/terms-binding.ts';

const day = (text: string) => text as CivilDate;
const agreed = { number: 11, since: day('2026-04-10') };
const edition = (number: number, effectiveOn: string, noticedOn: string | null) => ({
  number,
  effectiveOn: day(effectiveOn),
  noticedOn: noticedOn === null ? null : day(noticedOn),
  firstUseOn: null,
});

describe('which edition binds a customer (第17条2項・3項)', () => {
  test('the one agreed to, from the conclusion, while there is no newer one', () => {
    expect(bindingEdition(agreed, [edition(11, '2023-09-28', null)], day('2026-11-22')).value).toEqual({
      bound: { ...agreed, why: 'agreement' },
      waiting: [],
    });
  });

  test('a newer one binds from its effective date when its notice reached the customer before, not a day earlier', () => {
    const newer = [edition(12, '2027-04-01', '2027-03-31')];
    expect(bindingEdition(agreed, newer, day('2027-03-31')).value).toEqual({
      bound: { ...agreed, why: 'agreement' },
      waiting: [{ number: 12, from: '2027-04-01' }],
    });
    expect(bindingEdition(agreed, newer, day('2027-04-01')).value).toEqual({
      bound: { number: 12, since: '2027-04-01', why: 'notice' },
      waiting: [],
    });
  });

  test.each([
    ['no notice', null],
    ['a notice on the effective date', '2027-04-01'],
  ])('%s does not bind, and says so', (_, noticedOn) => {
    const { value, steps } = bindingEdition(
      agreed,
      [edition(12, '2027-04-01', noticedOn)],
      day('2027-05-01'),
    );
    expect(value).toEqual({ bound: { ...agreed, why: 'agreement' }, waiting: [{ number: 12, from: null }] });
    expect(steps.some(({ text }) => text.startsWith('第12版：'))).toBe(true);
  });

  test('an edition that never reached the customer is passed over by a newer one that did', () => {
    const editions = [edition(13, '2028-04-01', '2028-02-01'), edition(12, '2027-04-01', null)];
    expect(bindingEdition(agreed, editions, day('2028-05-01')).value).toEqual({
      bound: { number: 13, since: '2028-04-01', why: 'notice' },
      waiting: [],
    });
  });

  test('editions before the one agreed to never bind', () => {
    const older = [edition(10, '2027-04-01', '2027-01-01')];
    expect(bindingEdition(agreed, older, day('2027-05-01')).value.bound.number).toBe(11);
  });
});
