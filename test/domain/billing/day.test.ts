import { describe, expect, test } from 'vitest';
import { type DayInput, planDay } from '../../../domain/billing/day.ts';
import type { IssuedDocument } from '../../../domain/billing/documents.ts';
import { contract, date, LISTS, policy, span, standing } from './support.ts';

/** A contract whose second year was billed on 10 January 2027. */
const issued = standing(span('2026-01-01', '2027-01-15', contract()));
const day = (on: string, facts: DayInput['contract'], more: Partial<DayInput> = {}) =>
  planDay({
    ...{
      contract: facts,
      lists: LISTS,
      standing: issued,
      withoutDocument: [],
      orders: [],
      uncovered: [],
      day: date(on),
    },
    ...{ policy: policy(), ...more },
  });
const ending = (on: string) => contract({ ends: [{ on: date(on), knownOn: null }] });
const discontinued = (noticeOn: string | null) =>
  contract({
    discontinuations: [
      {
        ...{ lastDay: date('2027-06-30'), planCode: null, forceMajeure: false },
        ...{ announcedOn: date('2027-02-20'), noticeOn: noticeOn === null ? null : date(noticeOn) },
      },
    ],
  });
const numbered = (document: IssuedDocument) => document.number;

describe('what a day brings outside the month’s bills', () => {
  test('nothing while nothing has become known', () => {
    expect(day('2027-01-20', contract())).toEqual([]);
    expect(day('2027-02-02', ending('2027-02-02'))).toEqual([]);
  });

  test('an end before the next period replaces its invoice, whose number it names; a second look finds nothing more', () => {
    const [made] = day('2027-01-20', ending('2027-01-20'));
    const old = issued.at(-1);
    expect(made).toMatchObject({
      about: old?.number,
      document: {
        type: 'invoice',
        totalYen: 0,
        dueOn: null,
        issuedOn: '2027-01-20',
        corrects: { number: old?.number },
      },
    });
    const anew = { ...(made?.document ?? issued[0]), number: 'new' } as IssuedDocument;
    const left = [...issued.filter(({ number }) => number !== old?.number), anew];
    expect(day('2027-01-21', ending('2027-01-20'), { standing: left })).toEqual([]);
  });

  test('a discontinuation of which the customer heard late gives the rest back, dated the day after the last, and once', () => {
    expect(day('2027-06-30', discontinued('2027-03-01'))).toEqual([]);
    const [made] = day('2027-07-05', discontinued('2027-03-01'));
    expect(made).toMatchObject({
      about: 'refund/2027-07-01',
      document: {
        ...{ type: 'returnInvoice', issuedOn: '2027-07-01', dueOn: null },
        // 1 July 2027 – 31 January 2028: 215 of 365 days of 360,000 yen.
        netYen: Math.floor((360_000 * 215) / 365),
        of: { number: issued.map(numbered).at(-1) },
      },
    });
    const gone = { ...(made?.document ?? issued[0]), number: 'R' } as IssuedDocument;
    expect(day('2027-07-06', discontinued('2027-03-01'), { standing: [...issued, gone] })).toEqual([]);
  });

  test('a discontinuation that everybody heard of in time gives nothing back', () => {
    expect(day('2027-07-05', discontinued('2026-12-20'))).toEqual([]);
  });

  test('what is ordered on a day is billed with its date, nothing after the end, nothing of 0 yen', () => {
    const orders = [
      { key: 'A', on: date('2027-01-20'), amountYen: 50_000 },
      { key: 'B', on: date('2027-01-20'), amountYen: 0 },
      { key: 'C', on: date('2027-03-01'), amountYen: 30_000 },
    ];
    expect(day('2027-03-02', ending('2027-02-28'), { orders })).toMatchObject([
      { about: 'topUp/A', document: { type: 'topUp', issuedOn: '2027-01-20', totalYen: 50_000, taxYen: 0 } },
    ]);
    const taxed = day('2027-03-02', contract(), { orders, policy: policy({ prepaidTaxPoint: 'topUp' }) });
    expect(taxed.map(({ document }) => document.totalYen)).toEqual([55_000, 33_000]);
  });

  test('an order of less than nothing is refused in words', () => {
    const orders = [{ key: 'A', on: date('2027-01-20'), amountYen: -1 }];
    expect(() => day('2027-01-20', contract(), { orders })).toThrow('チャージの金額');
  });
});
