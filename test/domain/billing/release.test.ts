import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import {
  documentNumber,
  isRegistrationNumber,
  numberRange,
} from '../../../domain/billing/document-numbers.ts';
import type { IssuedDocument } from '../../../domain/billing/documents.ts';
import { differencesToLast, draftFindings, isRegistered } from '../../../domain/billing/draft-checks.ts';
import { date, monthly, span } from './support.ts';

describe('numbers of documents', () => {
  it.each([
    ['invoice', 'INV-2027-000007'],
    ['statement', 'STM-2027-000007'],
    ['returnInvoice', 'RET-2027-000007'],
    ['refundNotice', 'RET-2027-000007'],
    ['topUp', 'TOP-2027-000007'],
    ['receipt', 'RCP-2027-000007'],
  ] as const)('of a %s is %s, by the year of its date', (type, number) => {
    expect(documentNumber(numberRange(type, date('2027-01-01'), false), 7)).toBe(number);
  });

  it('of the test environment are told apart, and there is none below 1', () => {
    const range = numberRange('invoice', date('2026-12-31'), true);
    expect(documentNumber(range, 1_000_000)).toBe('TEST-INV-2026-1000000');
    expect(() => documentNumber(range, 0)).toThrow(InvalidValueError);
  });
});

describe('registration numbers (適格請求書発行事業者)', () => {
  it.each([
    ['T7000012050002', true],
    ['T7000012050003', false],
    ['7000012050002', false],
    ['T70000120500020', false],
    ['t7000012050002', false],
  ])('%s: %s', (text, valid) => {
    expect(isRegistrationNumber(text)).toBe(valid);
  });

  it('hold from their first to their last day', () => {
    const registration = { number: 'T7000012050002', from: date('2026-01-01'), to: date('2026-12-31') };
    const days = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map(date);
    expect(days.map((day) => isRegistered(registration, day))).toEqual([false, true, true, false]);
    expect(isRegistered({ ...registration, to: null }, date('2099-01-01'))).toBe(true);
    expect(isRegistered(null, date('2026-01-01'))).toBe(false);
  });
});

describe('a draft', () => {
  const operator = { number: 'T7000012050002', from: date('2023-10-01'), to: null };
  const [last, draft] = span('2026-02-01', '2026-03-31', monthly()) as [IssuedDocument, IssuedDocument];
  const found = (more: object) =>
    draftFindings({ draft, last, operator, partner: null, ...more }).map(({ kind }) => kind);

  it('like last month’s is not conspicuous, nor is the first', () => {
    expect(found({})).toEqual([]);
    expect(found({ last: null })).toEqual([]);
  });

  it.each([
    [3, []],
    [3.01, ['muchMore']],
  ])('of %f times last month’s total: %j', (times, findings) => {
    expect(found({ draft: { ...draft, totalYen: last.totalYen * times } })).toEqual(findings);
  });

  it('of another payer, or without the registrations that it needs, is', () => {
    expect(found({ draft: { ...draft, payer: 'P1' } })).toEqual(['payerChanged']);
    expect(found({ operator: null })).toEqual(['registrationMissing']);
    expect(found({ operator: { ...operator, from: date('2026-03-11') } })).toEqual(['registrationMissing']);
    const statement = { draft: { ...draft, type: 'statement' } };
    expect(found(statement)).toEqual(['registrationMissing']);
    expect(found({ ...statement, partner: operator })).toEqual([]);
  });

  it('is compared with last month’s item by item', () => {
    const [plan] = draft.lines;
    if (plan === undefined) throw new Error('no line');
    const usage = (amount: string) => ({ ...plan, item: 'usage:call', amount });
    const more = { ...draft, lines: [plan, usage('8.2'), usage('0.3')] };
    expect(differencesToLast(more, { ...last, lines: [plan, { ...plan, item: 'licence' }] })).toEqual([
      { item: 'licence', last: '36000', now: null },
      { item: 'usage:call', last: null, now: '8.5' },
    ]);
    expect(differencesToLast(draft, null)).toEqual([{ item: 'plan:standard', last: null, now: '36000' }]);
    expect(differencesToLast(draft, last)).toEqual([]);
  });
});
