import { expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { type ReceiptPosting, receiptFor } from '../../../domain/payments/receipt.ts';

const posting = (id: string, amountYen: number, more: Partial<ReceiptPosting> = {}): ReceiptPosting => ({
  ...{ id, reverses: null, on: civilDate('2026-12-01'), amountYen, discountYen: 0, fromCredit: false },
  ...more,
});
const none = { totalYen: 1_000, last: null };

test('there is no receipt before the last yen is paid', () => {
  expect(receiptFor(none, [])).toMatchObject({ ok: false, code: 'ruleRefuses' });
  expect(receiptFor(none, [posting('a', 999)])).toMatchObject({ ok: false, code: 'ruleRefuses' });
  const back = posting('b', -1_000, { reverses: 'a' });
  expect(receiptFor(none, [posting('a', 1_000), back])).toMatchObject({ ok: false, code: 'ruleRefuses' });
});

test('a receipt says the money that came, not the transfer fee that was accepted, and the day of the last payment', () => {
  const rest = posting('b', 470, { discountYen: 30, on: civilDate('2026-12-05') });
  expect(receiptFor(none, [rest, posting('a', 500, { fromCredit: true })])).toEqual({
    ...{ ok: true, edition: 1 },
    facts: {
      ...{ amountYen: 970, discountYen: 30, receivedOn: '2026-12-05', way: 'both' },
      allocationIds: ['b', 'a'],
    },
  });
});

test('what was paid has one receipt; only a payment that was taken back and made anew has another edition', () => {
  const last = { edition: 1, allocationIds: ['a'] };
  const paid = [posting('a', 1_000)];
  expect(receiptFor({ totalYen: 1_000, last }, paid)).toMatchObject({ ok: false, code: 'stale' });
  const back = posting('b', -1_000, { reverses: 'a' });
  const again = posting('c', 1_000, { on: civilDate('2026-12-20') });
  expect(receiptFor({ totalYen: 1_000, last }, [...paid, back, again])).toMatchObject({
    ...{ ok: true, edition: 2 },
    facts: { receivedOn: '2026-12-20', allocationIds: ['c'] },
  });
  const anew = { edition: 2, allocationIds: ['c'] };
  expect(receiptFor({ totalYen: 1_000, last: anew }, [...paid, back, again])).toMatchObject({
    code: 'stale',
  });
});
