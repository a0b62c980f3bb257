import { describe, expect, test } from 'vitest';
import { civilDate, parseInstant } from '../../../domain/calendar/civil-date.ts';
import { DEFAULT_CUTOFF_POLICY } from '../../../domain/calendar/cutoff.ts';
import { resolveEnd } from '../../../domain/ending/cancellation.ts';
import { judgeCancellation } from '../../../domain/ending/cancellation-answer.ts';
import { nextRenewal, type WhatIfInput, whatIf } from '../../../domain/ending/what-if.ts';
import type { ContractFacts } from '../../../domain/future/facts.ts';
import { projectContract } from '../../../domain/future/project.ts';
import { contents, contractFacts, doneChange, openChange } from '../../support/contract-facts.ts';

const day = civilDate;
const clausesOf = ({ steps }: { steps: readonly { clause?: string }[] }) => steps.map(({ clause }) => clause);
/** An annual contract with the standard plan (360,000 yen) from 2026-12-01. */
const ask = (at: string, facts: ContractFacts = contractFacts(), more: Partial<WhatIfInput> = {}) =>
  whatIf({ facts, instantMs: parseInstant(`${at}T10:00:00+09:00`), balanceYen: 700, ...more });

/** 第5条3項: renewal happens by itself unless the contract ends by the last day. */
describe('the next renewal', () => {
  const renewal = (facts: ContractFacts, today: string) => nextRenewal(projectContract(facts), day(today));

  test.each([
    ['2027-11-29', true],
    ['2027-11-30', true],
    ['2027-12-01', false],
    ['2027-12-31', false],
  ])('of a contract that ends on %s is none: %s', (endsOn, none) => {
    const { value, steps } = renewal(contractFacts({ ownEndsOn: day(endsOn) }), '2027-06-01');
    expect(value === null).toBe(none);
    if (none) expect(steps.map(({ clause }) => clause)).toEqual(['第5条3項']);
  });

  test.each([
    ['2027-10-20', false],
    ['2027-10-21', true],
  ])('is certain on %s: %s', (today, certain) => {
    expect(renewal(contractFacts(), today).value).toMatchObject({
      ...{ renewsOn: '2027-12-01', cancelBy: '2027-10-20', certain },
      period: { from: '2027-12-01', to: '2028-11-30', kind: 'annual' },
    });
  });

  test('names the kind that the contract becomes, and only then', () => {
    const open = [openChange('a', '2027-10-01', { kind: 'monthly' })];
    const last = (facts: ContractFacts) => renewal(facts, '2027-06-01').steps.at(-1);
    expect(last(contractFacts({ open }))).toMatchObject({
      clause: '第5条3項',
      text: expect.stringContaining('2027年12月1日、ここから月額契約となり、'),
    });
    expect(last(contractFacts())?.text).toMatch(/^次の更新日は2027年12月1日、更新後/);
  });
});

/** 第6条2項, 第10条3項: never prorated, nothing back. */
describe('what is still to be paid', () => {
  const items = (answer: ReturnType<typeof ask>) => answer.feesDue.value.items;

  test('nothing: one step that says so', () => {
    const answer = ask('2027-01-10');
    expect(items(answer)).toEqual([]);
    expect(answer.feesDue.steps).toMatchObject([
      { clause: '第6条2項', text: expect.stringContaining('ありません') },
    ]);
  });

  test('each amount, and the sum with its clause', () => {
    const open = [openChange('a', '2027-01-05', { licences: 22 })];
    const answer = ask('2027-01-10', contractFacts({ open }), { wish: day('2028-01-31') });
    expect(items(answer)).toEqual([
      { reason: 'upgrade', from: '2027-02-01', to: '2027-11-30', feeYen: 120_000 },
      { reason: 'period', from: '2027-12-01', to: '2028-11-30', feeYen: 504_000 },
    ]);
    expect(answer.feesDue.value.totalYen).toBe(624_000);
    expect(clausesOf(answer.feesDue)).toEqual(['第6条2項', '第6条2項', '第10条3項']);
    const [upgrade, period, sum] = answer.feesDue.steps.map(({ text }) => text);
    expect(upgrade).toContain('変更による差額は120,000円');
    expect(period).toContain('期間の料金は504,000円');
    expect(sum).toContain('合計624,000円');
  });

  test('an upgrade that has taken effect, also today, is no longer due', () => {
    const more = contents({ licences: 22 });
    const done = contractFacts({
      done: [doneChange('a', '2027-01-05', '2027-02-01', { licences: 22 })],
      versions: [
        { from: null, contents: contents() },
        { from: day('2027-02-01'), contents: more },
      ],
    });
    for (const today of ['2027-02-01', '2027-06-10']) expect(items(ask(today, done))).toEqual([]);
  });

  test('an upgrade that would come after the end is never due', () => {
    const open = [openChange('a', '2027-01-10', { licences: 22 })];
    const end = (ownEndsOn: string) => ask('2027-01-10', contractFacts({ open, ownEndsOn: day(ownEndsOn) }));
    expect(items(end('2027-02-28'))).toEqual([]);
    expect(
      ask('2027-01-10', contractFacts({ open }), { wish: day('2027-03-31') }).feesDue.value.totalYen,
    ).toBe(108_000);
  });

  test('the balance is lost (第10条3項)', () => {
    const { balanceLostYen } = ask('2027-01-10');
    expect(balanceLostYen).toMatchObject({ value: 700, steps: [{ clause: '第10条3項' }] });
    expect(() => ask('2027-01-10', contractFacts(), { balanceYen: -1 })).toThrow(RangeError);
  });
});

describe('an end that is settled already', () => {
  test('stands where it comes first, and is named', () => {
    const answer = ask('2027-01-10', contractFacts({ ownEndsOn: day('2027-01-31') }));
    expect(answer.end.value.endsOn).toBe('2027-01-31');
    expect(answer.end.steps.at(-1)).toMatchObject({
      clause: '第10条',
      text: expect.stringContaining('2027年1月31日'),
    });
  });

  test('gives way to an earlier one, or is the same, without a word', () => {
    for (const ownEndsOn of ['2027-02-28', '2027-06-30']) {
      const answer = ask('2027-01-10', contractFacts({ ownEndsOn: day(ownEndsOn) }));
      expect(answer.end.value.endsOn).toBe('2027-02-28');
      expect(clausesOf(answer.end)).toEqual(['第10条1項', '第10条1項']);
    }
    expect(clausesOf(ask('2027-01-10').end)).toEqual(['第10条1項', '第10条1項']);
  });

  test('also by a discontinuation (第16条)', () => {
    const facts = contractFacts({ discontinuation: { lastDay: day('2027-01-31'), planCode: null } });
    expect(ask('2027-01-10', facts).end.value.endsOn).toBe('2027-01-31');
  });
});

/** 第5条4項: a campaign may say before which month end nobody's cancellation ends the contract. */
describe('a campaign’s earliest end', () => {
  const campaign = (earliestEndsOn: string) => ({
    ...{ until: day('2027-12-31'), firstDay: null, price: null },
    earliestEndsOn: day(earliestEndsOn),
  });
  const end = (earliestEndsOn: string) =>
    resolveEnd({
      arrivedAtMs: parseInstant('2027-01-10T10:00:00+09:00'),
      campaign: campaign(earliestEndsOn),
    });

  test.each([
    ['2027-01-31', '2027-02-28', undefined],
    ['2027-02-28', '2027-02-28', undefined],
    ['2027-03-31', '2027-03-31', '第5条4項'],
  ])('of %s ends it on %s', (bound, endsOn, clause) => {
    expect(end(bound).value).toMatchObject({ endsOn, earliest: endsOn });
    expect(clausesOf(end(bound))).toEqual([
      '第10条1項',
      '第10条1項',
      ...(clause === undefined ? [] : [clause]),
    ]);
  });

  test('holds where the cancellation is executed and where it is asked about', () => {
    const facts = contractFacts({ campaign: campaign('2027-06-30') });
    expect(ask('2027-01-10', facts).end.value.endsOn).toBe('2027-06-30');
    const answer = judgeCancellation({
      arrivedAtMs: parseInstant('2027-01-10T10:00:00+09:00'),
      ...{ wish: null, line: [facts.basis], endsOn: null, cutoff: DEFAULT_CUTOFF_POLICY },
      campaign: facts.campaign,
    });
    expect(answer).toMatchObject({ ok: true, endsOn: '2027-06-30' });
  });
});
