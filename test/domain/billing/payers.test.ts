import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { feeForPartner, partnerOn, routeOf } from '../../../domain/billing/partners.ts';
import { change, contract, date, LISTS, linesOf, monthly, policy, span } from './support.ts';

const P1 = { mode: 'resale' as const, id: 'P1', ratePercent: 65 };

describe('who gets, pays and hands over a document (第6条2項)', () => {
  it.each([
    [null, 'invoice', 'customer', 'customer', 'operator'],
    [{ mode: 'referral', id: 'P1' }, 'invoice', 'customer', 'customer', 'operator'],
    [{ mode: 'agent', id: 'P1' }, 'invoice', 'customer', 'customer', 'P1'],
    [{ mode: 'intermediary', id: 'P1' }, 'statement', 'P1', 'P1', 'operator'],
    [P1, 'invoice', 'P1', 'P1', 'operator'],
  ] as const)('%j', (partner, type, recipient, payer, deliveredBy) => {
    expect(routeOf(partner)).toEqual({ type, recipient, payer, deliveredBy });
  });

  it('is the partner of the day: on its first day already, not the day before', () => {
    const payers = [
      { from: date('2026-06-01'), partner: P1 },
      { from: null, partner: { mode: 'agent' as const, id: 'P0' } },
      { from: date('2026-09-01'), partner: null },
    ];
    const ids = ['2026-05-31', '2026-06-01', '2026-08-31', '2026-09-01'].map(
      (day) => partnerOn(payers, date(day))?.id ?? null,
    );
    expect(ids).toEqual(['P0', 'P1', 'P1', null]);
    expect(partnerOn([], date('2026-05-31'))).toBeNull();
  });
});

describe('a reseller’s price (第6条2項)', () => {
  it.each([
    [1_212, 65, 787],
    [1_212, '62.5', 757],
    [360_000, 100, 360_000],
    [360_000, 0, 0],
    [1, 99, 0],
  ])('%i yen at %s %% is %i yen', (list, ratePercent, yen) => {
    expect(feeForPartner(list, { ...P1, ratePercent })).toBe(yen);
  });

  it.each([-1, 101, '100.1', 'x'])('has no rate of %s %%', (ratePercent) => {
    expect(() => feeForPartner(1_000, { ...P1, ratePercent })).toThrow(InvalidValueError);
  });

  it('of a difference is the payer’s of that day, for the new fee and for the highest before', () => {
    const facts = contract({
      payers: [{ from: date('2026-05-01'), partner: P1 }],
      changes: [change('2026-05-03T10:00:00+09:00', '2026-06-01', { planCode: 'premium' })],
    });
    const documents = span('2026-02-01', '2026-12-31', facts);
    // (312,032 − 234,000) × 8 ÷ 12
    expect(linesOf(documents)).toEqual([
      '2026-02-10 plan:standard 360000 2026-02-01..2027-01-31',
      '2026-05-10 difference 52021 2026-06-01..2027-01-31',
    ]);
    expect(documents.map(({ payer }) => payer)).toEqual(['customer', 'P1']);
  });
});

describe('the highest fee so far (第8条2項)', () => {
  it('is told by list prices: what a reseller’s cuts make dearer is not', () => {
    // By the list three pieces are dearer than the whole; cut to yen piece by piece they are cheaper.
    const lists = LISTS.map((list) => ({
      ...list,
      options: [
        { code: 'three', annualFeeYen: 12_030, monthlyFeeYen: 1 },
        { code: 'whole', annualFeeYen: 36_089, monthlyFeeYen: 1 },
      ],
    }));
    const options = (code: string, quantity: number) => ({ options: [{ code, quantity }] });
    const facts = contract({
      contents: { kind: 'annual', planCode: 'standard', licences: 1, ...options('three', 3) },
      payers: [{ from: null, partner: { mode: 'resale', id: 'P1', ratePercent: 33 } }],
      changes: [
        change('2026-04-03T10:00:00+09:00', '2026-05-01', options('whole', 1)),
        change('2026-06-03T10:00:00+09:00', '2026-07-01', options('three', 4)),
      ],
    });
    // Against 3 × 3,969, not against 11,909: 3,969 × 7 ÷ 12.
    expect(linesOf(span('2026-06-01', '2026-06-30', facts, { lists }))).toEqual([
      '2026-06-10 difference 2315 2026-07-01..2027-01-31',
    ]);
  });
});

describe('documents of one run', () => {
  it('are one for each payer, recipient and way', () => {
    const used = (on: string) => ({ on: date(on), receivedOn: date(on), category: 'call', quantity: '10' });
    const facts = monthly({
      payers: [
        { from: date('2026-03-01'), partner: { mode: 'agent', id: 'P1' } },
        { from: date('2026-04-01'), partner: { mode: 'intermediary', id: 'P1' } },
        { from: date('2026-05-01'), partner: { ...P1, ratePercent: 80 } },
      ],
      usage: [used('2026-02-03'), used('2026-03-03'), used('2026-04-03')],
    });
    const missedRuns = new Set(['2026-02', '2026-03', '2026-04']);
    const documents = span('2026-05-01', '2026-05-31', facts, { missedRuns });
    expect(
      documents.map(({ type, recipient, deliveredBy, netYen }) => [type, recipient, deliveredBy, netYen]),
    ).toEqual([
      ['invoice', 'customer', 'operator', 36_082],
      ['invoice', 'customer', 'P1', 36_082],
      ['statement', 'P1', 'operator', 36_082],
      ['invoice', 'P1', 'operator', 28_800],
    ]);
  });
});

describe('top-ups (第6条5項)', () => {
  const order = (on: string, amountYen: number) => ({ key: on, on: date(on), amountYen });

  it('go to the payer at list price, each on the day of its order, none of 0 yen', () => {
    const facts = contract({ payers: [{ from: date('2026-05-01'), partner: P1 }] });
    const topUps = [order('2026-04-30', 1_000), order('2026-05-01', 2_000), order('2026-05-01', 0)];
    const documents = span('2026-04-01', '2026-05-09', facts, { topUps });
    expect(documents.map(({ type, payer, issuedOn, totalYen }) => [type, payer, issuedOn, totalYen])).toEqual(
      [
        ['topUp', 'customer', '2026-04-30', 1_000],
        ['topUp', 'P1', '2026-05-01', 2_000],
      ],
    );
  });

  it('are taxed by the policy and its rounding', () => {
    const taxed = policy({ prepaidTaxPoint: 'topUp', taxRounding: 'ceil' });
    const [bill] = span('2026-04-01', '2026-04-09', contract(), {
      topUps: [order('2026-04-02', 1_001)],
      policy: taxed,
    });
    expect(bill).toMatchObject({ netYen: 1_001, taxYen: 101, totalYen: 1_102 });
  });
});
