import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import { civilDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import { DEFAULT_CUTOFF_POLICY } from '../../../domain/calendar/cutoff.ts';
import {
  cancelledAsOf,
  endsBeforeBeginning,
  neverBeginsSteps,
  renewsAlthoughCancelled,
  resolveEnd,
} from '../../../domain/ending/cancellation.ts';
import {
  type CancellationCase,
  judgeArrival,
  judgeCancellation,
  judgeWithdrawal,
} from '../../../domain/ending/cancellation-answer.ts';
import type { PeriodLine } from '../../../domain/future/period-line.ts';
import { CONTRACT_STATUSES } from '../../../domain/period/contract.ts';

const day = civilDate;
const line: PeriodLine = [{ kind: 'annual', firstDay: day('2026-04-01'), indexBase: 0 }];
const judge = (changes: Partial<CancellationCase> = {}) =>
  judgeCancellation({
    arrivedAtMs: parseInstant('2026-11-10T10:00:00+09:00'),
    ...{ wish: null, line, endsOn: null, cutoff: DEFAULT_CUTOFF_POLICY },
    ...changes,
  });

/** 第10条1項: arrival by the 20th of M → the last day of M+1, later → of M+2. */
describe('a cancellation', () => {
  test('ends the contract, with its reasons and a sentence', () => {
    expect(judge()).toMatchObject({
      ...{ ok: true, endsOn: '2026-12-31', renews: null, renewsUnasked: false },
      message: '解約を受け付けました。契約は2026年12月31日に終了します。',
    });
    const answer = judge();
    expect(answer.ok && answer.reasons.map(({ clause }) => clause)).toEqual(['第10条1項', '第10条1項']);
  });

  test('of a contract whose end is settled is refused; the end is withdrawn first', () => {
    expect(judge({ endsOn: day('2027-01-31') })).toMatchObject({
      ...{ ok: false, code: 'ruleRefuses', clause: '第10条1項' },
      message: expect.stringContaining('2027年1月31日'),
    });
  });

  test('ends with the service where that ends before, and says so (第16条)', () => {
    const before = judge({ discontinuedOn: day('2026-11-30') });
    expect(before).toMatchObject({ ok: true, endsOn: '2026-11-30', end: { endsOn: '2026-12-31' } });
    expect(before.ok && before.reasons.at(-1)?.clause).toBe('第16条');
    const same = judge({ discontinuedOn: day('2026-12-31') });
    expect(same.ok && same.reasons.some(({ clause }) => clause === '第16条')).toBe(false);
    expect(judge({ discontinuedOn: day('2027-06-30') })).toMatchObject({ endsOn: '2026-12-31' });
  });

  test('with a wish inside a month is confirmed with the customer', () => {
    expect(judge({ wish: day('2027-01-15') })).toMatchObject({
      endsOn: '2027-01-31',
      message: expect.stringMatching(/2027年1月31日.*お客様に確認してください。$/),
    });
    const kept = judge({ wish: day('2027-01-31') });
    expect(kept.ok && kept.message).not.toContain('確認');
  });

  test('before the first day: no period begins, and no fee', () => {
    const later: PeriodLine = [{ kind: 'annual', firstDay: day('2027-04-01'), indexBase: 0 }];
    const answer = judge({ line: later });
    expect(answer).toMatchObject({
      endsOn: '2026-12-31',
      message: expect.stringContaining('期間は始まらず'),
    });
    expect(answer.ok && answer.reasons.at(-1)).toMatchObject({ clause: '第10条1項' });
  });

  test('that lets a year begin is told, and shown to staff where nobody wished for it (第5条3項)', () => {
    const late = { arrivedAtMs: parseInstant('2027-02-21T00:00:00+09:00') };
    const noWish = judge(late);
    expect(noWish).toMatchObject({ endsOn: '2027-04-30', renewsUnasked: true });
    const clauses = noWish.ok && noWish.renews?.map(({ clause }) => clause);
    expect(clauses).toEqual(['第10条1項', '第5条3項', '第10条3項']);
    expect(noWish.ok && noWish.reasons.slice(-3)).toEqual(noWish.ok && noWish.renews);
    expect(judge({ ...late, wish: day('2027-03-31') })).toMatchObject({ renewsUnasked: true });
    expect(judge({ ...late, wish: day('2027-06-30') })).toMatchObject({ renewsUnasked: false });
    expect(judge({ ...late, wish: day('2027-06-15') })).toMatchObject({ renewsUnasked: false });
    expect(judge({ wish: day('2027-06-30') })).toMatchObject({ renewsUnasked: false });
  });

  test('says why the end is what it is, for each kind of wish', () => {
    const texts = (wish: string | null) =>
      resolveEnd({
        arrivedAtMs: parseInstant('2026-11-10T10:00:00+09:00'),
        wish: wish === null ? null : day(wish),
      }).steps.slice(2);
    expect(texts(null)).toEqual([]);
    expect(texts('2026-11-30')).toMatchObject([
      { clause: '第10条1項', text: expect.stringContaining('より前') },
    ]);
    expect(texts('2027-01-15')).toMatchObject([
      { clause: '第10条1項', text: expect.stringContaining('月末日ではない') },
    ]);
    expect(texts('2027-01-31')).toMatchObject([
      { clause: '第10条1項', text: expect.stringContaining('希望の月末日') },
    ]);
  });
});

test('a contract ends before it begins only before its very first period', () => {
  expect(endsBeforeBeginning(line, day('2026-03-31'))).toBe(true);
  expect(endsBeforeBeginning(line, day('2026-04-01'))).toBe(false);
  const later: PeriodLine = [{ kind: 'monthly', firstDay: day('2028-04-01'), indexBase: 2 }];
  expect(endsBeforeBeginning(later, day('2028-03-31'))).toBe(false);
  expect(neverBeginsSteps(line, day('2026-04-01'))).toEqual([]);
  expect(neverBeginsSteps(line, day('2026-03-31'))).toMatchObject([{ clause: '第10条1項' }]);
});

describe('a contract that does not renew although cancelled', () => {
  const why = (terms: PeriodLine, endsOn: string, asOf: string) =>
    renewsAlthoughCancelled(terms, day(endsOn), day(asOf)).steps.map(({ text }) => text)[0];

  test('ends within its year, or goes on by months', () => {
    expect(why(line, '2027-03-31', '2026-11-10')).toContain('更新されません');
    const monthly: PeriodLine = [{ kind: 'monthly', firstDay: day('2026-04-01'), indexBase: 0 }];
    expect(why(monthly, '2026-12-31', '2026-11-10')).toContain('毎月更新');
    expect(why(monthly, '2026-11-30', '2026-11-10')).toContain('毎月更新');
    const becomes: PeriodLine = [...line, { kind: 'monthly', firstDay: day('2027-04-01'), indexBase: 1 }];
    expect(why(becomes, '2027-05-31', '2026-11-10')).toContain('毎月更新');
  });
});

describe('withdrawal of a cancellation: until the end, by staff’s consent (第10条1項)', () => {
  test.each(keysOf(CONTRACT_STATUSES))('of a contract that is %s', (status) => {
    const answer = judgeWithdrawal({ status, cancellationId: 'c', discontinuedOn: null });
    expect(answer.ok).toBe(status === 'ending');
    if (!answer.ok) expect(answer).toMatchObject({ code: 'wrongState', clause: '第10条1項' });
  });

  test('is recorded with its clause, and says what follows', () => {
    const goesOn = judgeWithdrawal({ status: 'ending', cancellationId: 'c', discontinuedOn: null });
    expect(goesOn).toMatchObject({
      reasons: [{ clause: '第10条1項' }],
      message: expect.stringContaining('自動で更新'),
    });
  });
});

describe('an arrival (第10条1項)', () => {
  const at = (arrived: string, word?: string) =>
    judgeArrival(
      {
        arrivedAtMs: parseInstant(arrived),
        nowMs: parseInstant('2026-11-10T10:00:00+09:00'),
        concludedOn: day('2026-03-15'),
      },
      ...(word === undefined ? [] : [word]),
    );

  test('is named as what it is', () => {
    expect(at('2026-11-10T10:00:01+09:00')?.message).toMatch(/^到達日時が未来/);
    expect(at('2026-11-10T10:00:01+09:00', 'パートナーへの到達')?.message).toMatch(
      /^パートナーへの到達日時が未来/,
    );
    expect(at('2026-03-14T23:59:59+09:00')).toMatchObject({
      ...{ ok: false, code: 'invalid', clause: '第10条1項' },
      message: expect.stringContaining('2026年3月15日'),
    });
  });

  test('on the day of the conclusion counts, in Japan', () => {
    expect(at('2026-03-14T15:00:00Z')).toBeNull();
    expect(at('2026-03-14T14:59:59Z')).not.toBeNull();
  });
});

test('a cancellation is looked at as of its arrival, of a contract not yet begun as of its first day (第5条3項)', () => {
  expect(cancelledAsOf(parseInstant('2026-03-31T23:59:59+09:00'), line)).toBe('2026-04-01');
  expect(cancelledAsOf(parseInstant('2026-04-01T00:00:00+09:00'), line)).toBe('2026-04-01');
  expect(cancelledAsOf(parseInstant('2026-05-20T23:59:59+09:00'), line)).toBe('2026-05-20');
  expect(cancelledAsOf(parseInstant('2026-05-20T15:00:00Z'), line)).toBe('2026-05-21');
});
