import { describe, expect, test } from 'vitest';
import { civilDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import { resolveEnd } from '../../../domain/ending/cancellation.ts';
import {
  type CampaignTerms,
  campaignFirstDay,
  campaignProblems,
  campaignTexts,
  isInForce,
} from '../../../domain/future/campaign.ts';
import { dueList } from '../../../domain/future/dues.ts';
import { periodOn } from '../../../domain/future/period-line.ts';
import { feeOfPeriod, projectContract, upgradesIn } from '../../../domain/future/project.ts';
import { contractFacts, openChange } from '../../support/contract-facts.ts';

const day = civilDate;
const campaign = (changes: Partial<CampaignTerms> = {}): CampaignTerms => ({
  until: day('2027-12-31'),
  firstDay: null,
  price: { planCode: 'standard', kind: 'annual', feeYen: 300_000 },
  earliestEndsOn: null,
  ...changes,
});

describe('a campaign (第5条4項)', () => {
  test('prices the periods that begin by its last day, on its plan and in its kind, and no others', () => {
    const feeOn = (on: string, changes: Parameters<typeof contractFacts>[0] = {}) => {
      const future = projectContract(contractFacts({ campaign: campaign(), ...changes }));
      return feeOfPeriod(future, periodOn(future.line, day(on)));
    };
    expect(['2026-12-01', '2027-12-01', '2028-12-01'].map((on) => feeOn(on))).toEqual([
      300_000, 300_000, 360_000,
    ]);
    expect(feeOn('2026-12-01', { contents: { planCode: 'premium' } })).toBe(600_000);
    const monthly = { basis: { kind: 'monthly' as const, firstDay: day('2026-12-01'), indexBase: 0 } };
    expect(feeOn('2026-12-01', { ...monthly, contents: { kind: 'monthly' } })).toBe(36_000);
  });

  test('an upgrade inside a period on its price is counted from that price', () => {
    const open = [openChange('a', '2026-12-01', { licences: 12 })];
    const future = projectContract(contractFacts({ campaign: campaign(), open }));
    expect(upgradesIn(future, periodOn(future.line, day('2026-12-01')))).toMatchObject([
      { oldFeeYen: 300_000, newFeeYen: 324_000, differenceYen: 22_000 },
    ]);
  });

  test('holds a cancellation that arrives while it lasts, and none after', () => {
    const bound = campaign({ earliestEndsOn: day('2027-11-30') });
    const end = (arrived: string, wish?: string) =>
      resolveEnd({
        arrivedAtMs: parseInstant(arrived),
        wish: wish === undefined ? null : day(wish),
        campaign: bound,
      });
    expect(end('2027-01-10T10:00:00+09:00').value).toMatchObject({ endsOn: '2027-11-30', outcome: 'noWish' });
    expect(end('2027-01-10T10:00:00+09:00').steps.at(-1)?.clause).toBe('第5条4項');
    expect(end('2027-01-10T10:00:00+09:00', '2027-03-31').value.outcome).toBe('tooEarly');
    expect(end('2027-01-10T10:00:00+09:00', '2028-03-31').value.endsOn).toBe('2028-03-31');
    expect(end('2028-01-01T00:00:00+09:00').value.endsOn).toBe('2028-02-29');
  });

  test('names another first day only for what is not concluded yet, and only one after the conclusion', () => {
    const own = campaign({ firstDay: day('2027-01-31') });
    expect(campaignFirstDay(own, day('2026-12-10'))).toBe('2027-01-31');
    expect(campaignFirstDay(own, day('2027-02-10'))).toBeNull();
    const contract = { today: day('2026-12-01'), over: false, planCodes: ['standard'] };
    expect(campaignProblems(own, { ...contract, concludedOn: null })).toEqual([]);
    expect(campaignProblems(own, { ...contract, concludedOn: day('2026-12-01') })).toMatchObject([
      { field: 'firstDay' },
    ]);
  });

  test.each([
    ['until', campaign({ until: day('2026-11-30') })],
    ['until', campaign({ price: null })],
    ['planCode', campaign({ price: { planCode: 'gold', kind: 'annual', feeYen: 1 } })],
    ['feeYen', campaign({ price: { planCode: 'standard', kind: 'annual', feeYen: 0.5 } })],
    ['earliestEndsOn', campaign({ earliestEndsOn: day('2027-11-29') })],
  ])('what is wrong with %s is said', (field, terms) => {
    const contract = { today: day('2026-12-01'), concludedOn: null, over: false, planCodes: ['standard'] };
    expect(campaignProblems(terms, contract)).toMatchObject([{ field }]);
  });

  test('is not promised where nothing is left to override: the contract has ended, or none will be', () => {
    const contract = { today: day('2026-12-01'), concludedOn: null, over: true, planCodes: ['standard'] };
    const [problem, ...others] = campaignProblems(campaign({}), contract);
    expect(problem?.message).toContain('第5条4項');
    expect(others).toEqual([]);
  });

  test('is printed with each term, and ends by itself on the day after its last one', () => {
    const all = campaign({ firstDay: day('2027-01-31'), earliestEndsOn: day('2027-11-30') });
    expect(campaignTexts(all, 'スタンダード')).toEqual([
      '利用契約期間の初日を2027年1月31日とする。',
      '2027年12月31日までに始まる期間について、スタンダード（年額契約）の利用料金を1期分300,000円（税抜）とする。',
      '2027年12月31日までに到達した解約の申請では、2027年11月30日より前に終了しない。',
    ]);
    expect([isInForce(all, day('2027-12-31')), isInForce(all, day('2028-01-01'))]).toEqual([true, false]);
    const schedule = {
      basis: { kind: 'monthly' as const, firstDay: day('2027-01-31'), indexBase: 0 },
      ...{ endsOn: null, recordedIndex: 1, remindedIndex: 1, pending: [], spreadMs: 0 },
      reminders: { days: 30, kinds: [], cutoff: { cutoffHoliday: 'none' as const } },
      campaignUntil: all.until,
    };
    expect(dueList(schedule, 0)).toMatchObject([{ kind: 'campaignEnd', on: '2028-01-01' }]);
    expect(dueList({ ...schedule, endsOn: day('2027-12-31') }, 0)).toMatchObject([{ kind: 'end' }]);
  });
});
