import { describe, expect, test } from 'vitest';
import { keysOf } from '../../../domain/base/keys.ts';
import { civilDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import { CONTRACT_STATUSES, isLive } from '../../../domain/period/contract.ts';
import type { PeriodBasis } from '../../../domain/period/contract-schedule.ts';
import { firstDayFor, type PeriodTerms, periodAt, periodContaining } from '../../../domain/period/periods.ts';
import { recordedBasis } from '../../../domain/period/recorded-basis.ts';
import { cutoffWithin, nextCutoffs, reminderOn, renewalCutoff } from '../../../domain/period/renewal.ts';

const day = civilDate;
const clausesOf = ({ steps }: { steps: readonly { clause?: string }[] }) => steps.map(({ clause }) => clause);

test('the customer uses the service while the contract is active or its end is yet to come (第10条)', () => {
  expect(keysOf(CONTRACT_STATUSES).filter(isLive)).toEqual(['active', 'ending']);
});

describe('a period is told with its reasons', () => {
  const annual: PeriodTerms = { kind: 'annual', firstDay: day('2026-04-01') };

  test('the clause of 第5条3項; of a first day inside a month the Civil Code’s way to count too', () => {
    expect(clausesOf(firstDayFor(day('2026-03-10')))).toEqual(['第5条3項']);
    expect(clausesOf(periodAt(annual, 2))).toEqual(['第5条3項']);
    const campaign: PeriodTerms = { kind: 'monthly', firstDay: day('2027-01-31') };
    expect(clausesOf(periodAt(campaign, 2))).toEqual(['第5条3項', '民法143条2項']);
    expect(clausesOf(periodContaining(annual, day('2026-03-31')))).toEqual(['第5条3項']);
  });

  test('the unit in which it was counted', () => {
    expect(periodAt(annual, 1).steps[0]?.text).toContain('1年単位');
    expect(periodAt({ ...annual, kind: 'monthly' }, 1).steps[0]?.text).toContain('1か月単位');
  });

  test('the first day itself lies in the first period', () => {
    expect(periodContaining(annual, annual.firstDay).value).toMatchObject({ index: 1 });
  });
});

describe('the basis of the periods on record', () => {
  const contract = { kind: 'monthly' as const, firstDay: day('2027-01-31') };
  const basis: PeriodBasis = { ...contract, indexBase: 0 };
  const [first, second, third] = [1, 2, 3].map((index) => periodAt(contract, index).value);

  test('is found whatever the order in which they are read', () => {
    const periods = [third, first, second].flatMap((each) => each ?? []);
    expect(recordedBasis(contract, periods)).toEqual(basis);
  });

  test('explains both days of each; where none does the contract’s first day is all there is', () => {
    if (first === undefined || second === undefined) throw new Error('no periods');
    const known = { ...contract, firstDay: day('2020-04-01') };
    const nothing = { ...known, indexBase: 0 };
    expect(recordedBasis(known, [first, second])).toEqual(basis);
    expect(recordedBasis(known, [])).toEqual(nothing);
    expect(recordedBasis(known, [first, { ...second, to: day('2027-03-15') }])).toEqual(nothing);
    expect(recordedBasis(known, [first, { ...second, from: day('2027-03-02') }])).toEqual(nothing);
    expect(recordedBasis(known, [{ ...first, to: day('2027-03-01') }, second])).toEqual(nothing);
    const begins = { index: 2, from: day('2027-03-15'), to: day('2027-04-14') };
    expect(recordedBasis(known, [first, begins])).toEqual({
      ...{ kind: 'monthly', firstDay: '2027-03-15', indexBase: 1 },
    });
  });
});

/** 第5条3項, 第8条2項, 第10条1項. */
describe('cut-offs', () => {
  test('say on which clause they rest', () => {
    expect(clausesOf(renewalCutoff(day('2027-03-31')))).toEqual(['第10条1項', '第5条3項']);
    expect(clausesOf(reminderOn(day('2027-03-31')))).toEqual(['第10条1項', '第5条3項', undefined]);
    expect(clausesOf(nextCutoffs(parseInstant('2027-01-10T10:00:00+09:00')))).toEqual([
      '第8条2項',
      '第10条1項',
    ]);
  });

  test.each([
    [null, '2027-03-01', '2027-03-31'],
    ['2027-02-28', null, null],
    ['2027-03-01', '2027-03-01', null],
    ['2027-03-31', '2027-03-01', '2027-03-31'],
  ])('of a contract that ends on %s, asked on 2027-02-01', (endsOn, change, end) => {
    const until = endsOn === null ? null : day(endsOn);
    expect(cutoffWithin('change', day('2027-02-01'), until)?.on ?? null).toBe(change);
    expect(cutoffWithin('cancellation', day('2027-02-01'), until)?.on ?? null).toBe(end);
  });

  test('that lie beyond a settled end are none, and the end is named', () => {
    const at = parseInstant('2027-02-01T10:00:00+09:00');
    const both = nextCutoffs(at, { cutoffHoliday: 'none' }, day('2027-02-28'));
    expect(both.value).toEqual({ change: null, cancellation: null });
    expect(clausesOf(both)).toEqual(['第8条2項', '第10条1項']);
    for (const { text } of both.steps) expect(text).toContain('契約は2027年2月28日に終了するため');
    const open = nextCutoffs(at);
    expect(open.value).toEqual({
      change: { by: '2027-02-05', effectiveOn: '2027-03-01' },
      cancellation: { by: '2027-02-20', endsOn: '2027-03-31' },
    });
    const [change, cancellation] = open.steps.map(({ text }) => text);
    expect(change).toContain('2027年2月5日までに届いた変更');
    expect(cancellation).toContain('2027年2月20日までに届いた解約');
  });
});
