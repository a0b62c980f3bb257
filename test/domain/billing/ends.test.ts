import { describe, expect, it } from 'vitest';
import type { AnnouncedDiscontinuation } from '../../../domain/billing/billing-contract.ts';
import { billedBy, type IssuedDocument } from '../../../domain/billing/documents.ts';
import { planRefund } from '../../../domain/billing/refunds.ts';
import { change, contract, date, LISTS, linesOf, monthly, policy, span, standing } from './support.ts';

const discontinued = (
  lastDay: string,
  announcedOn: string,
  more: Partial<AnnouncedDiscontinuation> = {},
): Pick<Parameters<typeof contract>[0] & object, 'discontinuations'> => ({
  discontinuations: [
    {
      lastDay: date(lastDay),
      announcedOn: date(announcedOn),
      noticeOn: date(announcedOn),
      planCode: null,
      forceMajeure: false,
      ...more,
    },
  ],
});
const terminated = (on: string) => ({ ends: [{ on: date(on), knownOn: date(on) }] });

describe('immediate termination (第10条2項・3項)', () => {
  it.each([
    ['2027-01-31', []],
    ['2027-02-01', ['2027-01-10 plan:standard 360000 2027-02-01..2028-01-31']],
  ])('on %s leaves what began by that day, whole', (on, left) => {
    expect(linesOf(standing(span('2027-01-01', '2027-12-31', contract(terminated(on)))))).toEqual(left);
  });

  it('before the first day takes the first invoice back', () => {
    const documents = span(
      '2026-01-01',
      '2026-12-31',
      contract({ concludedOn: date('2026-01-05'), ...terminated('2026-01-20') }),
    );
    expect(documents.map(({ issuedOn, totalYen, dueOn }) => [issuedOn, totalYen, dueOn])).toEqual([
      ['2026-01-10', 396_000, '2026-02-02'],
      ['2026-01-20', 0, null],
    ]);
  });

  it('corrects a statement by a statement, and each of several documents for itself', () => {
    const facts = contract({
      ...terminated('2027-01-20'),
      payers: [{ from: date('2027-02-01'), partner: { mode: 'intermediary', id: 'P1' } }],
      usage: [{ on: date('2026-12-05'), receivedOn: date('2026-12-06'), category: 'call', quantity: '10' }],
    });
    const documents = span('2027-01-01', '2027-12-31', facts);
    expect(
      documents.map(({ type, issuedOn, totalYen, corrects }) => [
        type,
        issuedOn,
        totalYen,
        corrects?.issuedOn,
      ]),
    ).toEqual([
      ['invoice', '2027-01-10', 90, undefined],
      ['statement', '2027-01-10', 396_000, undefined],
      ['statement', '2027-01-20', 0, '2027-01-10'],
    ]);
  });

  it('takes back a difference that never takes effect and leaves the fee on the same invoice', () => {
    const facts = contract({
      concludedOn: date('2026-02-10'),
      ...terminated('2026-03-20'),
      changes: [change('2026-02-11T10:00:00+09:00', '2026-04-01', { planCode: 'premium' })],
    });
    const documents = span('2026-02-01', '2026-12-31', facts, { missedRuns: new Set(['2026-02']) });
    expect(linesOf(documents.slice(1))).toEqual(['2026-03-20 plan:standard 360000 2026-03-01..2027-02-28']);
    // The later of 31 March and, for what is issued after the 15th, 30 April.
    expect(documents[1]?.dueOn).toBe('2026-04-30');
  });

  it('keeps the old due date where the corrected one would be earlier', () => {
    const facts = contract({
      ...terminated('2027-01-12'),
      usage: [{ on: date('2026-12-05'), receivedOn: date('2026-12-06'), category: 'call', quantity: '10' }],
    });
    const documents = span('2027-01-01', '2027-12-31', facts, { policy: policy({ dueHoliday: 'none' }) });
    expect(documents.map(({ dueOn }) => dueOn)).toEqual(['2027-01-31', '2027-01-31']);
  });

  it('bills usage of the last day, none of the next', () => {
    const used = (on: string) => ({
      on: date(on),
      receivedOn: date(on),
      category: 'call',
      quantity: '10',
    });
    const facts = monthly({ ...terminated('2026-03-16'), usage: [used('2026-03-16'), used('2026-03-17')] });
    expect(linesOf(span('2026-04-01', '2026-12-31', facts))).toEqual([
      '2026-04-10 usage:call 82 2026-03-01..2026-03-31',
    ]);
  });
});

describe('of several ends', () => {
  it('the earliest counts, in whatever order they are known', () => {
    const end = (on: string) => ({ on: date(on), knownOn: null });
    const last = (...days: string[]) =>
      linesOf(span('2026-02-01', '2026-12-31', monthly({ ends: days.map(end) }))).at(-1);
    expect(last('2026-03-31', '2026-05-31')).toContain('2026-03-01..2026-03-31');
    expect(last('2026-05-31', '2026-03-31')).toContain('2026-03-01..2026-03-31');
  });
});

describe('discontinuation (第16条)', () => {
  it.each([
    [
      'the day before the announcement: whole',
      '2027-01-11',
      '2027-01-10 plan:standard 360000 2027-02-01..2028-01-31',
    ],
    [
      'the day of the announcement: shortened',
      '2027-01-10',
      '2027-01-10 shortened 209095 2027-02-01..2027-08-31',
    ],
  ])('a renewal of %s', (_, announcedOn, line) => {
    const facts = contract(discontinued('2027-08-31', announcedOn, { forceMajeure: true }));
    expect(linesOf(span('2027-01-01', '2027-12-31', facts))).toEqual([line]);
  });

  it('shortens a fee whose run was missed before the announcement, and gives nothing back of it', () => {
    const facts = contract(discontinued('2027-08-31', '2027-02-05'));
    const documents = span('2027-01-01', '2027-12-31', facts, { missedRuns: new Set(['2027-01']) });
    expect(linesOf(documents)).toEqual(['2027-02-10 shortened 209095 2027-02-01..2027-08-31']);
  });

  it('shortens the fee that the payer would have paid', () => {
    const partner = { mode: 'resale' as const, id: 'P1', ratePercent: 65 };
    const facts = contract({
      ...discontinued('2027-08-31', '2027-01-05'),
      payers: [{ from: null, partner }],
      campaign: { planCode: 'standard', feeYen: 200_001, until: date('2027-12-31') },
    });
    // 200,001 × 65 % = 130,000; × 212 ÷ 365.
    expect(linesOf(span('2027-01-01', '2027-12-31', facts))).toEqual([
      '2027-01-10 shortened 75506 2027-02-01..2027-08-31',
    ]);
  });

  it('gives a month back that was billed ahead, at the fee of that month', () => {
    const facts = monthly(discontinued('2026-04-20', '2026-04-15'));
    const documents = span('2026-04-01', '2026-12-31', facts);
    expect(linesOf(documents)).toEqual([
      '2026-04-10 plan:standard 36000 2026-04-01..2026-04-30',
      '2026-04-21 refund 12000 2026-04-21..2026-04-30',
    ]);
    expect(documents[1]).toMatchObject({
      type: 'returnInvoice',
      totalYen: 13_200,
      of: { issuedOn: '2026-04-10' },
    });
  });

  it('cuts a month in arrears that the last day falls into, and refunds nothing', () => {
    const facts = monthly(discontinued('2026-04-20', '2026-04-15'));
    const arrears = { policy: policy({ monthlyFee: 'arrears' }) };
    expect(linesOf(span('2026-05-01', '2026-12-31', facts, arrears))).toEqual([
      '2026-05-10 shortened 24000 2026-04-01..2026-04-20',
    ]);
  });

  it('takes back the later of two months on one invoice and refunds the rest of the first', () => {
    const facts = monthly({ firstDay: date('2026-01-31'), ...discontinued('2026-03-15', '2026-03-12') });
    const documents = span('2026-03-01', '2026-12-31', facts);
    expect(linesOf(documents)).toEqual([
      '2026-03-10 plan:standard 36000 2026-03-01..2026-03-30',
      '2026-03-10 plan:standard 36000 2026-03-31..2026-04-30',
      '2026-03-12 plan:standard 36000 2026-03-01..2026-03-30',
      '2026-03-16 refund 18000 2026-03-16..2026-03-30',
    ]);
    // The invoice that stands, not the one that was replaced.
    expect(documents[2]?.of).toEqual({ number: documents[1]?.number, issuedOn: '2026-03-12' });
  });

  it.each([
    ['ends by the last day', '2026-12-31', []],
    ['ends after it', '2027-01-31', ['2027-01-01 refund 30575 2027-01-01..2027-01-31']],
  ])('of a contract that %s itself gives back %s', (_, endsOn, refunds) => {
    const facts = contract({
      concludedOn: date('2026-02-10'),
      ...discontinued('2026-12-31', '2026-07-20'),
      ends: [{ on: date(endsOn), knownOn: null }],
    });
    expect(linesOf(span('2026-03-01', '2027-12-31', facts))).toEqual(refunds);
  });

  it('goes back to the payer of the first day at its prices, to an intermediary by a notice', () => {
    const resale = { mode: 'resale' as const, id: 'P1', ratePercent: 50 };
    const facts = contract({
      concludedOn: date('2026-02-10'),
      ...discontinued('2026-12-31', '2026-07-20'),
      payers: [
        { from: null, partner: resale },
        { from: date('2026-06-01'), partner: { mode: 'intermediary', id: 'P2' } },
      ],
    });
    const [refund] = span('2026-03-01', '2027-12-31', facts);
    expect(refund).toMatchObject({ type: 'returnInvoice', recipient: 'P1', payer: 'P1', netYen: 29_095 });
    const statement = span('2026-03-01', '2027-12-31', {
      ...facts,
      payers: [{ from: null, partner: { mode: 'intermediary', id: 'P2' } }],
    });
    expect(statement[0]).toMatchObject({ type: 'refundNotice', recipient: 'P2', netYen: 58_191 });
  });

  it('of a plan leaves a contract alone that has left it by the day after', () => {
    const leaves = change('2026-11-20T10:00:00+09:00', '2027-01-01', { planCode: 'premium' });
    const facts = contract({ concludedOn: date('2026-02-10'), changes: [leaves] });
    const end = (planCode: string) => ({
      ...facts,
      ...discontinued('2026-12-31', '2026-12-05', { planCode }),
    });
    const refunds = (planCode: string) =>
      span('2026-12-06', '2027-12-31', end(planCode)).filter(({ type }) => type === 'returnInvoice');
    expect(refunds('standard')).toHaveLength(0);
    expect(refunds('premium')).toHaveLength(1);
    const stays = { ...end('standard'), changes: [] };
    expect(span('2026-12-06', '2027-12-31', stays)).toHaveLength(1);
  });

  it('leaves the notice out of it where it never came', () => {
    const facts = contract({
      concludedOn: date('2026-02-10'),
      ...discontinued('2026-12-31', '2026-03-05', { noticeOn: null }),
    });
    expect(linesOf(span('2026-03-01', '2027-12-31', facts))).toEqual([
      '2027-01-01 refund 58191 2027-01-01..2027-02-28',
    ]);
  });

  it('gives back once, and no more than an earlier return has left', () => {
    const facts = contract({ concludedOn: date('2026-02-10'), ...discontinued('2026-12-31', '2026-07-20') });
    const documents = span('2026-02-01', '2027-12-31', facts);
    const [invoice, refund] = documents;
    if (invoice === undefined || refund === undefined) throw new Error('no refund');
    const again = (issued: IssuedDocument[]) =>
      planRefund(
        {
          contract: facts,
          lists: LISTS,
          billed: billedBy(issued, []),
          standing: issued,
          policy: policy(),
        },
        date('2026-12-31'),
      ).value;
    expect(again([invoice])?.netYen).toBe(58_191);
    expect(again(documents)).toBeNull();
    const returned = (netYen: number): IssuedDocument => ({ ...refund, number: 'RET-1', netYen, lines: [] });
    expect(again([invoice, returned(310_000)])?.netYen).toBe(50_000);
    expect(again([invoice, returned(360_000)])).toBeNull();
  });

  it('refunds by the highest fee invoiced before the announcement, not by one announced later', () => {
    const changes = [
      change('2026-04-03T10:00:00+09:00', '2026-05-01', { planCode: 'premium' }),
      change('2026-08-03T10:00:00+09:00', '2026-09-01', { options: [{ code: 'sms', quantity: 1 }] }),
    ];
    const facts = contract({
      concludedOn: date('2026-02-10'),
      ...discontinued('2026-12-31', '2026-07-20'),
      changes,
    });
    // 480,050 × 59 ÷ 365
    expect(linesOf(span('2027-01-01', '2027-12-31', facts))).toEqual([
      '2027-01-01 refund 77597 2027-01-01..2027-02-28',
    ]);
  });
});
