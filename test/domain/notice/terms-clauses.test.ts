import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { fillTemplate, placeholdersOf } from '../../../domain/notice/notice-template.ts';
import { bindingEdition, type EditionEvidence } from '../../../domain/notice/terms-binding.ts';
import { checkEdition, editionBinding } from '../../../domain/notice/terms-edition.ts';

const day = civilDate;
const dayOrNull = (text: string | null) => (text === null ? null : day(text));
const clausesOf = ({ steps }: { steps: readonly { clause?: string }[] }) => steps.map(({ clause }) => clause);

/** 第17条2項・3項: from the effective date by notice, else by the first use after the notice. */
describe('since when an edition binds', () => {
  test.each([
    ['2027-03-31', null, '2027-04-01', 'notice', '第17条3項'],
    ['2027-03-31', '2027-05-01', '2027-04-01', 'notice', '第17条3項'],
    ['2027-04-01', '2027-04-01', '2027-04-01', 'firstUse', '第17条2項'],
    ['2027-04-10', '2027-04-10', '2027-04-10', 'firstUse', '第17条2項'],
    ['2027-04-10', '2027-05-20', '2027-05-20', 'firstUse', '第17条2項'],
    ['2027-04-10', '2027-04-09', null, null, '第17条2項'],
    ['2027-04-10', null, null, null, '第17条2項'],
    [null, '2027-05-01', null, null, '第17条3項'],
  ])('told on %s, used on %s: since %s by %s', (noticedOn, firstUseOn, since, why, clause) => {
    const found = editionBinding({
      effectiveOn: day('2027-04-01'),
      noticedOn: dayOrNull(noticedOn),
      firstUseOn: dayOrNull(firstUseOn),
    });
    expect(found.value).toEqual(since === null ? null : { since, why });
    expect(clausesOf(found)).toEqual([clause]);
  });

  test('an edition may take effect after its publication, by 第17条1項', () => {
    const plan = { effectiveOn: day('2027-04-01'), today: day('2027-03-31'), detrimental: true };
    expect(clausesOf(checkEdition({ ...plan, publishedOn: null }))).toEqual(['第17条1項']);
    expect(clausesOf(checkEdition({ ...plan, publishedOn: day('2027-04-01') }))).toEqual([
      '民法548条の4第3項',
    ]);
  });
});

describe('which edition binds one customer', () => {
  const agreed = { number: 11, since: day('2026-04-10') };
  const edition = (number: number, noticedOn: string | null): EditionEvidence => ({
    ...{ number, effectiveOn: day(`20${number + 15}-04-01`), firstUseOn: null },
    noticedOn: dayOrNull(noticedOn),
  });

  test('is told from the agreement on, each edition with its number, and what holds today', () => {
    const { steps } = bindingEdition(agreed, [edition(12, '2027-03-01')], day('2027-04-01'));
    expect(steps).toMatchObject([
      { clause: '第4条1項', text: expect.stringContaining('第11版に同意') },
      { clause: '第17条3項', text: expect.stringMatching(/^第12版：/) },
      { clause: '第17条', text: expect.stringContaining('第12版が適用') },
    ]);
  });

  test('does not go by the order in which editions are read', () => {
    const editions = [edition(14, null), edition(13, '2028-03-01'), edition(12, '2027-03-01')];
    for (const read of [editions, editions.toReversed()]) {
      const { value, steps } = bindingEdition(agreed, read, day('2029-05-01'));
      expect(value).toEqual({
        bound: { number: 13, since: '2028-04-01', why: 'notice' },
        waiting: [{ number: 14, from: null }],
      });
      expect(steps.slice(1, 4).map(({ text }) => text.slice(0, 4))).toEqual(['第12版', '第13版', '第14版']);
    }
  });

  test('the edition agreed to is not told of again', () => {
    const found = bindingEdition(agreed, [{ ...edition(12, '2027-03-01'), number: 11 }], day('2028-01-01'));
    expect(found.value.bound).toEqual({ ...agreed, why: 'agreement' });
    expect(found.steps).toHaveLength(2);
  });
});

test('spaces inside the braces are no part of a placeholder’s name', () => {
  expect(placeholdersOf('{{ 会社名 }}{{会社名}}{{ }}')).toEqual(['会社名', '']);
  expect(fillTemplate('{{ 会社名　}}', { 会社名: 'A' })).toBe('A');
  expect(() => fillTemplate('{{ }}', { 会社名: 'A' })).toThrow('no value');
});
