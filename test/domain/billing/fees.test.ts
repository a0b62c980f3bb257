import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { change, contract, date, LISTS, linesOf, monthly, policy, span } from './support.ts';

const annual = (planCode: string) => ({ kind: 'annual' as const, planCode, options: [], licences: 1 });

describe('annual fees (第6条2項)', () => {
  it.each([
    [1, '2026-01-10', '2026-01-10'],
    [1, '2026-01-11', '2026-02-10'],
    [0, '2026-01-10', '2026-02-10'],
  ])('with a lead of %i and a conclusion on %s are first billed on %s', (lead, concludedOn, issuedOn) => {
    const facts = contract({ concludedOn: date(concludedOn) });
    const documents = span('2026-01-01', '2026-12-31', facts, { policy: policy({ annualLeadMonths: lead }) });
    expect(documents.map((document) => document.issuedOn)).toEqual([issuedOn]);
  });

  it('of a first day by campaign are billed in the month before the one in which it lies', () => {
    const facts = contract({ firstDay: date('2026-03-15') });
    expect(linesOf(span('2026-01-01', '2027-12-31', facts))).toEqual([
      '2026-02-10 plan:standard 360000 2026-03-15..2027-03-14',
      '2027-02-10 plan:standard 360000 2027-03-15..2028-03-14',
    ]);
  });

  it('take the contents of the first day, which a change of that day is part of', () => {
    const facts = contract({
      changes: [change('2026-12-20T10:00:00+09:00', '2027-02-01', { planCode: 'premium' })],
    });
    expect(linesOf(span('2027-01-01', '2027-12-31', facts))).toEqual([
      '2027-01-10 plan:premium 480050 2027-02-01..2028-01-31',
    ]);
  });

  it('are billed to the end of a year that began, although the contract ends inside it', () => {
    const facts = contract({ ends: [{ on: date('2026-02-28'), knownOn: null }] });
    expect(linesOf(span('2026-01-01', '2027-12-31', facts))).toEqual([
      '2026-02-10 plan:standard 360000 2026-02-01..2027-01-31',
    ]);
  });
});

describe('differences (第8条2項)', () => {
  it('count whole months only where the period ends inside one', () => {
    const facts = contract({
      firstDay: date('2026-02-15'),
      changes: [change('2026-06-03T10:00:00+09:00', '2026-07-01', { planCode: 'premium' })],
    });
    // 1 July to 14 February: 7 whole months.
    const documents = span('2026-06-01', '2026-12-31', facts);
    expect(linesOf(documents)).toEqual(['2026-06-10 difference 70029 2026-07-01..2027-02-14']);
  });

  it('of a month that is not whole are nothing', () => {
    const facts = contract({
      firstDay: date('2026-02-15'),
      changes: [
        change('2027-01-03T10:00:00+09:00', '2027-02-01', { options: [{ code: 'sms', quantity: 1 }] }),
      ],
      ends: [{ on: date('2027-02-28'), knownOn: null }],
    });
    expect(linesOf(span('2027-01-01', '2027-01-31', facts))).toEqual([
      '2027-01-10 plan:standard 360000 2027-02-15..2028-02-14',
      '2027-01-10 option:sms 60000 2027-02-15..2028-02-14',
    ]);
  });

  it('use the prices of the first day of the period, not those of the day of the change', () => {
    const facts = contract({
      feeChanges: [{ version: 2, effectiveOn: date('2026-03-01'), noticedOn: date('2026-02-01') }],
      changes: [change('2026-05-03T10:00:00+09:00', '2026-06-01', { planCode: 'premium' })],
    });
    // (480,050 − 360,000) × 8 ÷ 12
    expect(linesOf(span('2026-03-01', '2026-12-31', facts))).toEqual([
      '2026-05-10 difference 80033 2026-06-01..2027-01-31',
    ]);
  });

  it('are counted to the end of the year although the contract ends before', () => {
    const facts = contract({
      ends: [{ on: date('2026-06-30'), knownOn: null }],
      changes: [change('2026-05-03T10:00:00+09:00', '2026-06-01', { planCode: 'premium' })],
    });
    expect(linesOf(span('2026-03-01', '2026-12-31', facts))).toEqual([
      '2026-05-10 difference 80033 2026-06-01..2027-01-31',
    ]);
  });

  it('compare with the campaign price on its plan only', () => {
    const campaign = { planCode: 'standard', feeYen: 120_000, until: date('2026-12-31') };
    const changes = [
      change('2026-05-03T10:00:00+09:00', '2026-06-01', { options: [{ code: 'sms', quantity: 1 }] }),
      change('2026-08-03T10:00:00+09:00', '2026-09-01', { planCode: 'premium', options: [] }),
    ];
    const facts = contract({ campaign, changes });
    expect(linesOf(span('2026-03-01', '2026-12-31', facts))).toEqual([
      '2026-05-10 difference 40000 2026-06-01..2027-01-31',
      // Against 120,000 + 60,000.
      '2026-08-10 difference 125020 2026-09-01..2027-01-31',
    ]);
  });

  it.each([
    ['2026-02-01', 120_000],
    ['2026-01-31', 360_000],
  ])('and fees follow a campaign to a period that begins by its last day: until %s', (until, feeYen) => {
    const facts = contract({ campaign: { planCode: 'standard', feeYen: 120_000, until: date(until) } });
    expect(linesOf(span('2026-02-01', '2026-02-28', facts))).toEqual([
      `2026-02-10 plan:standard ${feeYen} 2026-02-01..2027-01-31`,
    ]);
  });

  it('stay due where the change took effect on the last day', () => {
    const facts = contract({
      changes: [change('2026-05-03T10:00:00+09:00', '2026-06-01', { planCode: 'premium' })],
      ends: [{ on: date('2026-06-01'), knownOn: date('2026-06-01') }],
    });
    const documents = span('2026-05-01', '2026-12-31', facts, { missedRuns: new Set(['2026-05']) });
    expect(linesOf(documents)).toEqual(['2026-06-10 difference 80033 2026-06-01..2027-01-31']);
  });

  it('give a plan its list price in a period that did not begin on the plan of the campaign', () => {
    const facts = contract({
      contents: annual('lite'),
      campaign: { planCode: 'standard', feeYen: 120_000, until: date('2026-12-31') },
      changes: [change('2026-05-03T10:00:00+09:00', '2026-06-01', { planCode: 'standard' })],
    });
    // (360,000 − 240,010) × 8 ÷ 12
    expect(linesOf(span('2026-03-01', '2026-12-31', facts))).toEqual([
      '2026-05-10 difference 79993 2026-06-01..2027-01-31',
    ]);
  });

  it('of a change that became known after the renewal invoice, for its first day, count all twelve months', () => {
    const late = { ...change('2027-01-03T10:00:00+09:00', '2027-02-01', { planCode: 'premium' }) };
    const facts = contract({ changes: [{ ...late, knownOn: date('2027-01-11') }] });
    expect(linesOf(span('2027-01-01', '2027-12-31', facts))).toEqual([
      '2027-01-10 plan:standard 360000 2027-02-01..2028-01-31',
      '2027-02-10 difference 120050 2027-02-01..2028-01-31',
    ]);
  });

  it('of a missed run come with the fee on one document', () => {
    const facts = contract({
      concludedOn: date('2026-02-10'),
      changes: [change('2026-02-11T10:00:00+09:00', '2026-04-01', { planCode: 'premium' })],
    });
    const documents = span('2026-02-01', '2026-12-31', facts, { missedRuns: new Set(['2026-02']) });
    expect(documents).toHaveLength(1);
    expect(linesOf(documents)).toEqual([
      '2026-03-10 plan:standard 360000 2026-03-01..2027-02-28',
      '2026-03-10 difference 110045 2026-04-01..2027-02-28',
    ]);
  });
});

describe('monthly fees (第6条2項)', () => {
  it('in arrears follow the last day of the contract where it ends inside the period', () => {
    const facts = monthly({ ends: [{ on: date('2026-02-05'), knownOn: date('2026-02-05') }] });
    const arrears = { policy: policy({ monthlyFee: 'arrears' }) };
    expect(linesOf(span('2026-01-01', '2026-12-31', facts, arrears))).toEqual([
      '2026-02-10 plan:standard 36000 2026-02-01..2026-02-28',
    ]);
  });

  it('in arrears are billed by a run on the day after the last one', () => {
    const arrears = { policy: policy({ monthlyFee: 'arrears' }) };
    expect(
      linesOf(span('2026-02-01', '2026-03-31', monthly({ firstDay: date('2026-02-10') }), arrears)),
    ).toEqual(['2026-03-10 plan:standard 36000 2026-02-10..2026-03-09']);
  });

  it('in arrears wait for the day after the last one', () => {
    const facts = monthly({ ends: [{ on: date('2026-02-10'), knownOn: date('2026-02-10') }] });
    const arrears = { policy: policy({ monthlyFee: 'arrears' }) };
    expect(linesOf(span('2026-01-01', '2026-12-31', facts, arrears))).toEqual([
      '2026-03-10 plan:standard 36000 2026-02-01..2026-02-28',
    ]);
  });

  it('go over to a year, and back, at the first day of a period that finds the change in force', () => {
    const facts = monthly({
      firstDay: date('2026-01-31'),
      changes: [change('2026-03-03T10:00:00+09:00', '2026-04-01', { kind: 'annual' })],
    });
    expect(linesOf(span('2026-01-01', '2026-12-31', facts))).toEqual([
      '2026-02-10 plan:standard 36000 2026-01-31..2026-02-28',
      '2026-03-10 plan:standard 36000 2026-03-01..2026-03-30',
      '2026-03-10 plan:standard 36000 2026-03-31..2026-04-30',
      '2026-04-10 plan:standard 360000 2026-05-01..2027-04-30',
    ]);
  });

  it('keep lines of 0 yen on a document that has others', () => {
    const facts = monthly({
      contents: {
        kind: 'monthly',
        planCode: 'standard',
        options: [{ code: 'sms', quantity: 1 }],
        licences: 1,
      },
      campaign: { planCode: 'standard', feeYen: 0, until: date('2026-02-28') },
    });
    expect(linesOf(span('2026-02-01', '2026-02-28', facts))).toEqual([
      '2026-02-10 plan:standard 0 2026-02-01..2026-02-28',
      '2026-02-10 option:sms 6000 2026-02-01..2026-02-28',
    ]);
  });
});

describe('a fee change (第6条3項・4項)', () => {
  const noticed = (noticedOn: string, effectiveOn = '2027-02-01') =>
    contract({ feeChanges: [{ version: 2, effectiveOn: date(effectiveOn), noticedOn: date(noticedOn) }] });

  it('reaches a renewal whose run was missed before the notice and made up after it', () => {
    const documents = span('2027-01-01', '2027-12-31', noticed('2027-01-15'), {
      missedRuns: new Set(['2027-01']),
    });
    expect(linesOf(documents)).toEqual(['2027-02-10 plan:standard 396000 2027-02-01..2028-01-31']);
  });

  it('does not reach a period that begins on the day of the notice', () => {
    const documents = span('2027-01-01', '2027-12-31', noticed('2027-02-01'), {
      policy: policy({ annualLeadMonths: 0 }),
    });
    expect(linesOf(documents)).toEqual(['2027-02-10 plan:standard 360000 2027-02-01..2028-01-31']);
  });

  it('that missed an issued renewal does not come in by a change or by usage inside it', () => {
    const facts = {
      ...noticed('2027-01-15'),
      changes: [change('2027-05-03T10:00:00+09:00', '2027-06-01', { planCode: 'premium' })],
      usage: [{ on: date('2027-04-05'), receivedOn: date('2027-04-05'), category: 'call', quantity: '10' }],
    };
    expect(linesOf(span('2027-05-01', '2027-12-31', facts))).toEqual([
      '2027-05-10 usage:call 82 2027-04-01..2027-04-30',
      '2027-05-10 difference 80033 2027-06-01..2028-01-31',
    ]);
  });

  it('leaves a monthly period alone that was billed ahead of the notice', () => {
    const facts = monthly({
      firstDay: date('2026-01-31'),
      feeChanges: [{ version: 2, effectiveOn: date('2026-03-31'), noticedOn: date('2026-03-10') }],
    });
    expect(linesOf(span('2026-03-01', '2026-05-31', facts))).toEqual([
      '2026-03-10 plan:standard 36000 2026-03-01..2026-03-30',
      '2026-03-10 plan:standard 36000 2026-03-31..2026-04-30',
      '2026-05-10 plan:standard 39600 2026-05-01..2026-05-30',
      '2026-05-10 plan:standard 39600 2026-05-31..2026-06-30',
    ]);
  });

  it('is refused where its price list, or the plan in it, is missing', () => {
    const facts = noticed('2026-12-01');
    expect(() => span('2027-01-01', '2027-12-31', facts, { lists: LISTS.slice(0, 1) })).toThrow(
      InvalidValueError,
    );
    const without = LISTS.map((list) => ({ ...list, plans: list.plans.slice(0, 1) }));
    expect(() => span('2027-01-01', '2027-12-31', facts, { lists: without })).toThrow('プラン「standard」');
  });
});

describe('what this system bills (policy billing.since)', () => {
  it('is what begins on that day or later: a period that began before was billed elsewhere, whole', () => {
    const since = policy({ since: date('2026-05-01') });
    const ofMonths = linesOf(span('2026-01-01', '2026-06-30', monthly(), { policy: since }));
    expect(ofMonths.map((line) => line.split(' ').at(-1))).toEqual(
      ['2026-05-01..2026-05-31', '2026-06-01..2026-06-30', '2026-07-01..2026-07-31'].slice(
        0,
        ofMonths.length,
      ),
    );
    expect(ofMonths.length).toBeGreaterThanOrEqual(2);
    const ofYears = linesOf(span('2026-01-01', '2027-12-31', contract(), { policy: since }));
    expect(ofYears.map((line) => line.split(' ').at(-1))).toEqual(['2027-02-01..2028-01-31']);
  });
});
