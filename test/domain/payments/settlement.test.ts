import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilDate, monthKey } from '../../../domain/calendar/civil-date.ts';
import {
  judgeSettlement,
  mayLearn,
  postingDay,
  type SettledLine,
} from '../../../domain/payments/settlement.ts';

const invoice = (number: string, openYen: number, payer = 'A') => ({
  ...{ number, payer, openYen, issuedOn: civilDate('2026-11-10'), dueOn: civilDate('2026-11-30') },
});
const OPEN = [invoice('INV-1', 39_600), invoice('INV-2', 11_000), invoice('INV-3', 500, 'B')];
const line = (changes: Partial<SettledLine> = {}): SettledLine => ({
  ...{ amountYen: 40_000, cancelled: false, namedPayers: ['A'] },
  ...changes,
});
const part = (number: string, amountYen: number) => ({ invoice: number, amountYen });

describe('what a person chooses for a payment (消込, 第6条2項)', () => {
  test('whatever is left over becomes the credit of the payer', () => {
    const judged = judgeSettlement(line(), { payer: 'A', parts: [part('INV-1', 39_600)] }, OPEN, 0);
    expect(judged).toEqual({ ok: true, creditYen: 400, discountYen: 0, needsTwo: false });
    expect(judgeSettlement(line(), { payer: 'A', parts: [] }, OPEN, 0)).toMatchObject({ creditYen: 40_000 });
  });

  test.each([
    ['more than is open', [part('INV-2', 11_001)], '11,000円'],
    ['more than was paid', [part('INV-1', 39_600), part('INV-2', 401)], '40,000円'],
    ['nothing', [part('INV-1', 0)], '1円以上'],
    ['a part of a yen', [part('INV-1', 1.5)], '1円以上'],
    ['an invoice that is paid', [part('INV-9', 1)], '未払いではなく'],
    ['one invoice twice', [part('INV-1', 1), part('INV-1', 1)], '未払いではなく'],
    ['an invoice of another payer', [part('INV-3', 500)], '別の支払者'],
  ])('%s is refused in words', (_, parts, words) => {
    const judged = judgeSettlement(line(), { payer: 'A', parts }, OPEN, 0);
    expect(judged.ok ? '' : judged.message).toContain(words);
  });

  test('an entry that the bank took back pays nothing', () => {
    const chosen = { payer: 'A', parts: [part('INV-1', 1)] };
    expect(judgeSettlement(line({ cancelled: true }), chosen, OPEN, 0).ok).toBe(false);
  });

  test('money under the name of another payer takes two people; under no name, or its own, one', () => {
    const needsTwo = (namedPayers: string[]) => {
      const judged = judgeSettlement(line({ namedPayers }), { payer: 'A', parts: [] }, OPEN, 0);
      return judged.ok && judged.needsTwo;
    };
    expect(needsTwo(['B'])).toBe(true);
    expect(needsTwo([])).toBe(false);
    expect(needsTwo(['B', 'A'])).toBe(false);
  });

  test('what one invoice is short of is the transfer fee up to the policy, and no yen more', () => {
    const discount = (amountYen: number, tolerance: number) => {
      const chosen = { payer: 'A', parts: [part('INV-1', amountYen)] };
      const judged = judgeSettlement(line({ amountYen }), chosen, OPEN, tolerance);
      return judged.ok ? judged.discountYen : null;
    };
    expect(discount(38_940, 660)).toBe(660);
    expect(discount(38_939, 660)).toBe(0);
    expect(discount(38_940, 0)).toBe(0);
    const chosen = { payer: 'A', parts: [part('INV-1', 39_000)] };
    expect(judgeSettlement(line(), chosen, OPEN, 660)).toMatchObject({ discountYen: 0, creditYen: 1_000 });
  });

  test('parts, credit and nothing else make up the payment, and no invoice is paid twice over', () => {
    const amounts = fc.record({
      one: fc.integer({ min: 0, max: 50_000 }),
      two: fc.integer({ min: 0, max: 20_000 }),
    });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 80_000 }), ({ one, two }, amountYen) => {
        const parts = [part('INV-1', one), part('INV-2', two)].filter((each) => each.amountYen > 0);
        const judged = judgeSettlement(line({ amountYen }), { payer: 'A', parts }, OPEN, 0);
        const fits = one <= 39_600 && two <= 11_000 && one + two <= amountYen;
        expect(judged.ok).toBe(fits);
        if (judged.ok) expect(judged.creditYen).toBe(amountYen - one - two);
      }),
    );
  });
});

test('a name is remembered where the payer does not have it; no name is nobody’s', () => {
  expect(mayLearn('アオバ', [], 'A')).toBe(true);
  expect(mayLearn('アオバ', ['A'], 'A')).toBe(false);
  expect(mayLearn('', [], 'A')).toBe(false);
});

test('what is settled after its month was closed is posted today, for a closed month takes nothing (月次締め)', () => {
  const closes = [{ month: monthKey('2026-11'), on: civilDate('2026-12-05') }];
  const on = civilDate('2026-11-30');
  expect(postingDay([], on, civilDate('2026-12-08'))).toBe(on);
  expect(postingDay(closes, on, civilDate('2026-12-08'))).toBe('2026-12-08');
  // On the day of the close itself it is still open.
  expect(postingDay(closes, on, civilDate('2026-12-05'))).toBe(on);
  expect(postingDay(closes, civilDate('2026-12-01'), civilDate('2026-12-08'))).toBe('2026-12-01');
});
