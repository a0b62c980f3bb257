import { describe, expect, test } from 'vitest';
import { addBankDays, countBankDays } from '../../../domain/billing/bank-days.ts';
import { DEFAULT_DUNNING_DAYS } from '../../../domain/billing/billing-policy.ts';
import { civilDate, monthKey } from '../../../domain/calendar/civil-date.ts';
import { finalDeadline, isHeld, isLater } from '../../../domain/payments/dunning-case.ts';
import { type CloseFacts, closeChecks } from '../../../domain/payments/month-close.ts';

describe('the final notice (第10条2項④)', () => {
  test('names the last bank day before the termination is proposed, over weekends and the year’s end', () => {
    const dueOn = civilDate('2026-11-30');
    const noticeOn = addBankDays(dueOn, 20);
    const deadline = finalDeadline(noticeOn, 20, DEFAULT_DUNNING_DAYS);
    expect(countBankDays(dueOn, deadline)).toBe(29);
    expect(noticeOn).toBe('2026-12-28');
    expect(deadline).toBe('2027-01-13');
  });

  test('leaves one bank day at least, however late it goes', () => {
    expect(finalDeadline(civilDate('2026-12-30'), 45, DEFAULT_DUNNING_DAYS)).toBe('2027-01-04');
  });
});

test('the n-th bank day after a day skips what banks skip', () => {
  expect(addBankDays(civilDate('2026-12-28'), 3)).toBe('2027-01-04');
  expect(addBankDays(civilDate('2026-10-30'), 1)).toBe('2026-11-02');
});

test('a step follows a step, never itself and never back', () => {
  expect(isLater('overdue', null)).toBe(true);
  expect(isLater('reminder2', 'overdue')).toBe(true);
  expect(isLater('reminder1', 'reminder1')).toBe(false);
  expect(isLater('reminder1', 'finalNotice')).toBe(false);
});

test('a hold includes both of its days, and lasts while it has no end', () => {
  const from = civilDate('2026-12-10');
  const held = (to: string | null, on: string) =>
    isHeld([{ from, to: to === null ? null : civilDate(to) }], civilDate(on));
  expect(held('2026-12-11', '2026-12-09')).toBe(false);
  expect(held('2026-12-11', '2026-12-10')).toBe(true);
  expect(held('2026-12-11', '2026-12-11')).toBe(true);
  expect(held('2026-12-11', '2026-12-12')).toBe(false);
  expect(held(null, '2027-12-12')).toBe(true);
});

describe('the checklist of a month (月次締め)', () => {
  const facts = (changes: Partial<CloseFacts> = {}): CloseFacts => ({
    ...{ month: monthKey('2026-11'), today: civilDate('2026-12-01'), closes: [] },
    ...{ waitingLines: 0, drafts: 0, undrawn: 0 },
    ...changes,
  });
  const hindrances = (changes: Partial<CloseFacts>) =>
    closeChecks(facts(changes)).flatMap(({ hindrance }) => (hindrance === null ? [] : [hindrance]));

  test('lets a month be closed from the day after its last one, with nothing left to do', () => {
    expect(hindrances({})).toEqual([]);
    expect(hindrances({ today: civilDate('2026-11-30') })).toHaveLength(1);
  });

  test.each([
    [{ waitingLines: 3 }, '3件'],
    [{ drafts: 2 }, '2通'],
    [{ undrawn: 1 }, '1通'],
    [{ closes: [{ month: monthKey('2026-11'), on: civilDate('2026-12-01') }] }, 'すでに'],
    [{ closes: [{ month: monthKey('2026-12'), on: civilDate('2027-01-05') }] }, 'すでに'],
  ])('%j stands in the way, in words', (changes, words) => {
    expect(hindrances(changes).join('')).toContain(words);
  });
});
