import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import {
  type CampaignTerms,
  campaignEarliestEnd,
  campaignFeeYen,
  campaignFirstDay,
  campaignProblems,
  campaignTexts,
  isInForce,
} from '../../../domain/future/campaign.ts';

const day = civilDate;
const campaign = (changes: Partial<CampaignTerms> = {}): CampaignTerms => ({
  until: day('2027-12-31'),
  firstDay: null,
  price: { planCode: 'standard', kind: 'annual', feeYen: 300_000 },
  earliestEndsOn: null,
  ...changes,
});
const price = (changes: Partial<NonNullable<CampaignTerms['price']>>) =>
  campaign({ price: { planCode: 'standard', kind: 'annual', feeYen: 300_000, ...changes } });

/** 第5条4項: a campaign overrides named fields of one contract until its own end date. */
describe('entering a campaign', () => {
  const today = day('2027-01-15');
  const wrong = (terms: CampaignTerms, concludedOn: string | null = null) =>
    campaignProblems(terms, {
      today,
      concludedOn: concludedOn === null ? null : day(concludedOn),
      over: false,
      planCodes: ['lite', 'standard'],
    }).map(({ field }) => field);

  test.each<[string, CampaignTerms, string[]]>([
    ['as it should be', campaign(), []],
    ['until today', campaign({ until: today }), []],
    ['until yesterday', campaign({ until: day('2027-01-14') }), ['until']],
    ['without any term', campaign({ price: null }), ['until']],
    ['with a first day alone', campaign({ price: null, firstDay: day('2027-02-10') }), []],
    ['with an earliest end alone', campaign({ price: null, earliestEndsOn: day('2027-12-31') }), []],
    ['from tomorrow', campaign({ firstDay: day('2027-01-16') }), []],
    ['from today', campaign({ firstDay: today }), ['firstDay']],
    ['for a plan that there is not', price({ planCode: 'gold' }), ['planCode']],
    ['for nothing', price({ feeYen: 0 }), []],
    ['for less than nothing', price({ feeYen: -1 }), ['feeYen']],
    ['for half a yen', price({ feeYen: 0.5 }), ['feeYen']],
    ['that holds to no month end', campaign({ earliestEndsOn: day('2027-12-30') }), ['earliestEndsOn']],
  ])('%s', (_, terms, fields) => {
    expect(wrong(terms)).toEqual(fields);
  });

  test('no other first day once the contract is concluded, however late it lies', () => {
    expect(wrong(campaign({ firstDay: day('2027-06-01') }), '2027-01-10')).toEqual(['firstDay']);
    expect(wrong(campaign(), '2027-01-10')).toEqual([]);
  });

  test('everything that is wrong is said at once', () => {
    const terms = {
      ...price({ planCode: 'gold', feeYen: -1 }),
      ...{ until: day('2026-12-31'), firstDay: day('2027-01-01'), earliestEndsOn: day('2027-06-15') },
    };
    expect(wrong(terms)).toEqual(['until', 'firstDay', 'planCode', 'feeYen', 'earliestEndsOn']);
  });
});

describe('what a campaign overrides', () => {
  test('counts through its last day', () => {
    expect([day('2027-12-31'), day('2028-01-01')].map((on) => isInForce(campaign(), on))).toEqual([
      true,
      false,
    ]);
  });

  test('the first day, where it lies after the conclusion', () => {
    const own = campaign({ firstDay: day('2027-02-10') });
    expect(campaignFirstDay(own, day('2027-02-09'))).toBe('2027-02-10');
    expect(campaignFirstDay(own, day('2027-02-10'))).toBeNull();
    expect(campaignFirstDay(campaign(), day('2027-01-01'))).toBeNull();
    expect(campaignFirstDay(null, day('2027-01-01'))).toBeNull();
  });

  test.each([
    ['2027-12-31', 'annual', 'standard', 300_000],
    ['2028-01-01', 'annual', 'standard', undefined],
    ['2027-12-31', 'monthly', 'standard', undefined],
    ['2027-12-31', 'annual', 'lite', undefined],
  ] as const)('the price of a period from %s, %s, %s: %s', (from, kind, planCode, feeYen) => {
    expect(campaignFeeYen(campaign(), { from: day(from), kind }, planCode)).toBe(feeYen);
    expect(campaignFeeYen(null, { from: day(from), kind }, planCode)).toBeUndefined();
    expect(campaignFeeYen(campaign({ price: null }), { from: day(from), kind }, planCode)).toBeUndefined();
  });

  test('the earliest end of a cancellation that arrives while it counts', () => {
    const bound = campaign({ earliestEndsOn: day('2028-03-31') });
    expect(campaignEarliestEnd(bound, day('2027-12-31'))).toMatchObject({
      endsOn: '2028-03-31',
      reason: { clause: '第5条4項' },
    });
    expect(campaignEarliestEnd(bound, day('2028-01-01'))).toBeNull();
    expect(campaignEarliestEnd(campaign(), day('2027-12-31'))).toBeNull();
    expect(campaignEarliestEnd(null, day('2027-12-31'))).toBeNull();
  });

  test('is printed term by term', () => {
    expect(campaignTexts(campaign({ price: null }), 'x')).toEqual([]);
    expect(campaignTexts(campaign(), 'x')).toHaveLength(1);
    expect(campaignTexts(campaign({ price: null, firstDay: day('2027-02-10') }), 'x')).toEqual([
      '利用契約期間の初日を2027年2月10日とする。',
    ]);
    expect(campaignTexts(campaign({ price: null, earliestEndsOn: day('2028-03-31') }), 'x')[0]).toContain(
      '2028年3月31日',
    );
  });
});
