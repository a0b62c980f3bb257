import { describe, expect, test } from 'vitest';
import { civilDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import {
  changeEffectiveOn,
  checkChangeAgainstEnd,
  checkKindChange,
  checkLicences,
  checkPlanChange,
  resolveCollision,
  upgradeDifference,
  wholeMonthsLeft,
} from '../../../domain/change/changes.ts';
import type { PeriodTerms } from '../../../domain/period/periods.ts';

const day = civilDate;
const clausesOf = ({ steps }: { steps: readonly { clause?: string }[] }) => steps.map(({ clause }) => clause);
const annual: PeriodTerms = { kind: 'annual', firstDay: day('2026-04-01') };

/** Every answer says on which clause it rests. */
describe('what a change is answered with', () => {
  test('its day rests on 第8条2項, in time or not', () => {
    const [inTime, late] = ['2026-05-05T23:59:59.999+09:00', '2026-05-06T00:00:00+09:00'].map((at) =>
      changeEffectiveOn(parseInstant(at)),
    );
    expect(inTime).toMatchObject({
      value: '2026-06-01',
      steps: [{}, { text: expect.stringContaining('までの到達') }],
    });
    expect(late).toMatchObject({
      value: '2026-07-01',
      steps: [{}, { text: expect.stringContaining('過ぎての到達') }],
    });
    for (const answer of [inTime, late])
      expect(answer && clausesOf(answer)).toEqual(['第8条2項', '第8条2項']);
  });

  test('a plan rests on 第8条3項, licences on 第7条, the end on 第10条1項', () => {
    expect(clausesOf(checkPlanChange({ fromRank: 1, toRank: 2 }))).toEqual(['第8条3項']);
    expect(clausesOf(checkPlanChange({ fromRank: 2, toRank: 1 }))).toEqual(['第8条3項']);
    expect(clausesOf(checkLicences({ licences: 2, accountsInUse: 2 }))).toEqual(['第7条2項']);
    expect(checkLicences({ licences: 2, accountsInUse: 5 })).toMatchObject({
      value: { clause: '第7条1項' },
      steps: [{ clause: '第7条1項', text: expect.stringContaining('3件不足') }],
    });
    expect(clausesOf(checkChangeAgainstEnd(day('2026-06-30'), day('2026-06-30')))).toEqual(['第8条2項']);
    expect(checkChangeAgainstEnd(day('2026-07-01'), day('2026-06-30'))).toMatchObject({
      value: { allowed: false, clause: '第10条1項' },
      steps: [{ clause: '第10条1項' }],
    });
  });

  test('a change of kind rests on 第5条: at a renewal, and none where the kind stays', () => {
    expect(checkKindChange(annual, 'annual', day('2026-08-01'))).toMatchObject({
      value: { allowed: true, possibleOn: '2026-08-01' },
      steps: [{ clause: '第5条2項' }],
    });
    expect(clausesOf(checkKindChange(annual, 'monthly', day('2027-04-01')))).toEqual(['第5条3項']);
    expect(clausesOf(checkKindChange(annual, 'monthly', day('2026-08-01')))).toEqual(['第5条3項']);
  });

  test('the later of two for one month rests on 第8条2項', () => {
    expect(clausesOf(resolveCollision({ arrivedAtMs: 1 }, { arrivedAtMs: 2 }))).toEqual(['第8条2項']);
  });
});

describe('the difference of an upgrade', () => {
  const year = { from: day('2026-02-01'), to: day('2027-01-31') };
  const upgrade = (oldFeeYen: number, newFeeYen: number) =>
    upgradeDifference({ oldFeeYen, newFeeYen, period: year, effectiveOn: day('2026-06-01') });

  test('rests on 第6条2項; where the fee does not rise nothing is paid back (第6条7項)', () => {
    expect(clausesOf(upgrade(360_000, 480_000))).toEqual(['第8条2項', '第6条2項']);
    expect(clausesOf(upgrade(360_000, 360_000))).toEqual(['第8条2項', '第6条7項']);
    expect(clausesOf(upgrade(480_000, 360_000))).toEqual(['第8条2項', '第6条7項']);
  });

  test('is of fees in whole yen, the old and the new one', () => {
    expect(() => upgrade(-1, 1)).toThrow('変更前');
    expect(() => upgrade(1, 1.5)).toThrow('変更後');
    expect(() => upgrade(1, -1)).toThrow('変更後');
  });

  test.each([
    ['2026-01-01', 12],
    ['2026-02-01', 12],
    ['2026-02-02', 11],
    ['2027-01-01', 1],
    ['2027-01-02', 0],
    ['2027-03-01', 0],
  ])('from %s on %i whole months remain', (on, months) => {
    expect(wholeMonthsLeft(day(on), year)).toBe(months);
  });
});
