import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { day, instant, iso } from './dates.ts';
import { holdsMyNumber, invoiceSums, isCorporateNumber } from './numbers.ts';
import * as rules from './rules.ts';

const POLICY = {
  'cutoff.holiday': 'none',
  'retention.fiscalYearEndMonth': 3,
  'retention.filingDeadlineMonths': 2,
  'retention.years': 10,
  'retention.deadlineHoliday': 'nextBusinessDay',
} as const;

const date = z.string().transform(day);
const period = { from: date, to: date };
const money = z.number();

/** For each kind of worked example: what it gives, and what the oracle makes of it. */
const kinds = {
  'annual-period': z.object({ concluded: date, index: z.number() }).transform(({ concluded, index }) => {
    const { from, to } = rules.periodFrom(rules.firstDayAfter(concluded), 'annual', index);
    return { from: iso(from), to: iso(to), days: to - from + 1 };
  }),
  'monthly-period': z.object({ firstDay: date, index: z.number() }).transform(({ firstDay, index }) => {
    const { from, to } = rules.periodFrom(firstDay, 'monthly', index);
    return { from: iso(from), to: iso(to) };
  }),
  cancellation: z
    .object({ arrived: z.string().transform(instant), wish: date.optional() })
    .transform(({ arrived, wish }) => {
      return { endsOn: iso(rules.endByWish(rules.earliestEnd(arrived, POLICY), wish ?? null).endsOn) };
    }),
  change: z.object({ arrived: z.string().transform(instant) }).transform(({ arrived }) => {
    return { effectiveOn: iso(rules.changeDay(arrived, POLICY)) };
  }),
  renewal: z.object({ periodTo: date }).transform(({ periodTo }) => {
    const { cancelBy, certainFrom } = rules.renewalCutoff(periodTo, POLICY);
    return { cancelBy: iso(cancelBy), certainFrom: iso(certainFrom) };
  }),
  discontinuation: z.object({ lastDay: date }).transform(({ lastDay }) => {
    return { notifyBy: iso(rules.notifyBy(lastDay)) };
  }),
  refund: z
    .object({
      ...period,
      fee: money,
      lastDay: date,
      balance: money,
      noticeOn: date,
      forceMajeure: z.boolean().optional(),
    })
    .transform(({ fee, balance, forceMajeure = false, ...paid }) =>
      rules.refundFor({ ...paid, feeYen: fee, balanceYen: balance, forceMajeure }),
    ),
  'usage-month': z.object({ at: z.string().transform(instant) }).transform(({ at }) => {
    return { month: rules.usageMonth(at) };
  }),
  secrecy: z.object({ endedOn: date }).transform(({ endedOn }) => {
    return { through: iso(rules.secrecyThrough(endedOn)) };
  }),
  retention: z.object({ issuedOn: date }).transform(({ issuedOn }) => {
    const { fiscalYearEnd, keepThrough } = rules.keepThrough(issuedOn, POLICY);
    return { fiscalYearEnd: iso(fiscalYearEnd), keepThrough: iso(keepThrough) };
  }),
  invoice: z
    .object({ lines: z.array(z.object({ unitPrice: z.string(), quantity: z.number() })) })
    .transform(({ lines }) => invoiceSums(lines)),
  'liability-cap': z
    .object({ fees: z.array(z.object({ ...period, fee: money })), incident: date })
    .transform(({ fees, incident }) => {
      const { windowFrom, windowTo, cap } = rules.liabilityCap(fees, incident);
      return { windowFrom: iso(windowFrom), windowTo: iso(windowTo), cap };
    }),
  'corporate-number': z.object({ number: z.string() }).transform(({ number }) => {
    return { valid: isCorporateNumber(number) };
  }),
  'my-number': z.object({ text: z.string() }).transform(({ text }) => {
    return { found: holdsMyNumber(text) };
  }),
  'fee-change': z.object({ effectiveOn: date }).transform(({ effectiveOn }) => {
    const dates = rules.feeChangeDates(effectiveOn);
    return { requestBy: iso(dates.requestBy), notifyBy: iso(dates.notifyBy) };
  }),
  upgrade: z
    .object({ oldFee: money, newFee: money, effectiveOn: date, to: date })
    .transform((change) => rules.upgradeDifference(change)),
};

const example = z.object({ id: z.number(), kind: z.string(), expected: z.unknown() });

const lines = readFileSync(new URL('../../data/examples.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): unknown => JSON.parse(line));

describe('the oracle gives the worked examples as they stand', () => {
  test.each(lines.map((line) => ({ line, ...example.parse(line) })))(
    '$id $kind',
    ({ line, kind, expected }) => {
      const found = Object.entries(kinds).find(([name]) => name === kind);
      expect(found?.[1].parse(line)).toEqual(expected);
    },
  );

  test('there are examples of every kind', () => {
    const seen = new Set(lines.map((line) => example.parse(line).kind));
    expect([...seen].toSorted()).toEqual(Object.keys(kinds).toSorted());
  });
});
