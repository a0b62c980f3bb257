import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partnerOn } from '../../../domain/billing/partners.ts';
import {
  changeRefusal,
  moveRefusal,
  type PartnerMove,
  type PartnerTerms,
  payersOf,
  registrationProblem,
  termsOn,
  termsProblems,
} from '../../../domain/billing/payers.ts';
import { addMonths, type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';

const day = (text: string) => civilDate(text);
const first = (months: number): CivilDate => addMonths(day('2027-01-01'), months);
const agent: PartnerTerms = { from: day('2027-01-01'), mode: 'agent', ratePercent: null };
const resale: PartnerTerms = { from: day('2027-06-01'), mode: 'resale', ratePercent: '75' };

describe('who pays from which day on', () => {
  test('what is agreed anew with a partner holds for its contracts from that day, and no longer than they are with it', () => {
    const moves: PartnerMove[] = [
      { from: day('2027-03-01'), partnerId: 'P' },
      { from: day('2027-09-01'), partnerId: null },
    ];
    const later: PartnerTerms = { from: day('2027-10-01'), mode: 'none', ratePercent: null };
    expect(payersOf(moves, new Map([['P', [agent, resale, later]]]))).toEqual([
      { from: '2027-03-01', partner: { mode: 'agent', id: 'P' } },
      { from: '2027-06-01', partner: { mode: 'resale', id: 'P', ratePercent: '75' } },
      { from: '2027-09-01', partner: null },
    ]);
  });

  test('before the terms of a partner begin, and where it has no part in billing, the customer pays', () => {
    const none: PartnerTerms = { ...resale, mode: 'none' };
    expect(payersOf([{ from: day('2027-05-01'), partnerId: 'P' }], new Map([['P', [none]]]))).toEqual([
      { from: '2027-05-01', partner: null },
      { from: '2027-06-01', partner: null },
    ]);
  });

  test('of two moves, and of two terms, for one day the one made later holds', () => {
    const moves = ['Q', 'P'].map((partnerId) => ({ from: day('2027-01-01'), partnerId }));
    const terms = new Map([['P', [agent, { ...agent, mode: 'referral' as const }]]]);
    expect(payersOf(moves, terms)).toEqual([{ from: '2027-01-01', partner: { mode: 'referral', id: 'P' } }]);
  });

  test('a day has the partner of the last move by then, with the last terms by then', () => {
    const moveArb = fc.record({ from: fc.nat(24).map(first), partnerId: fc.constantFrom('P', 'Q', null) });
    const termsArb = fc.record({
      from: fc.nat(24).map(first),
      mode: fc.constantFrom('none' as const, 'agent' as const, 'intermediary' as const),
      ratePercent: fc.constant(null),
    });
    fc.assert(
      fc.property(
        fc.array(moveArb, { maxLength: 6 }),
        fc.array(termsArb, { maxLength: 4 }),
        fc.array(termsArb, { maxLength: 4 }),
        fc.nat(26).map(first),
        (moves, ofP, ofQ, on) => {
          const payers = payersOf(
            moves,
            new Map([
              ['P', ofP],
              ['Q', ofQ],
            ]),
          );
          const last = [...moves]
            .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
            .findLast(({ from }) => from <= on);
          const terms = last?.partnerId == null ? null : termsOn(last.partnerId === 'P' ? ofP : ofQ, on);
          const mode = terms === null || terms.mode === 'none' ? undefined : terms.mode;
          expect(partnerOn(payers, on)?.mode).toBe(mode);
        },
      ),
    );
  });
});

describe('a change of payer leaves what was billed with whoever it was billed to', () => {
  test.each([
    ['2027-04-02', null, '月の1日から'],
    ['2027-04-01', '2027-04-01', '2027年5月1日以降'],
    ['2027-04-01', '2028-02-11', '2028年3月1日以降'],
    ['2027-04-01', '2027-03-31', null],
    ['2027-04-01', null, null],
  ])('from %s, billed until a period that begins on %s: %s', (from, billed, refusal) => {
    const answer = changeRefusal(day(from), billed === null ? null : day(billed));
    if (refusal === null) expect(answer).toBeNull();
    else expect(answer).toContain(refusal);
  });

  test.each([
    ['to the same partner', 'P', '2027-08-01', 'すでにそのとおり'],
    ['to none, before it came to one', null, '2027-02-01', 'すでにそのとおり'],
    ['before the terms begin', 'Q', '2027-05-01', 'まだ始まっていません'],
    ['to another', 'Q', '2027-06-01', null],
    ['back to the customer', null, '2027-04-01', null],
  ])('a move %s', (_, partnerId, from, refusal) => {
    const before = [{ from: day('2027-03-01'), partnerId: 'P' }];
    const answer = moveRefusal({
      move: { from: day(from), partnerId },
      before,
      terms: [resale],
      billedFrom: null,
    });
    if (refusal === null) expect(answer).toBeNull();
    else expect(answer).toContain(refusal);
  });
});

test.each([
  [{ from: '2027-04-15', mode: 'agent', ratePercent: null }, true, ['from']],
  [{ from: '2027-04-01', mode: 'resale', ratePercent: null }, true, ['ratePercent']],
  [{ from: '2027-04-01', mode: 'resale', ratePercent: '101' }, true, ['ratePercent']],
  [{ from: '2027-04-01', mode: 'resale', ratePercent: 'abc' }, true, ['ratePercent']],
  [{ from: '2027-04-01', mode: 'resale', ratePercent: '72.5' }, true, []],
  [{ from: '2027-04-01', mode: 'intermediary', ratePercent: null }, false, ['mode']],
  [{ from: '2027-04-01', mode: 'intermediary', ratePercent: null }, true, []],
] as const)('terms %j of a partner (registered: %s) are wrong in %j', (terms, registered, fields) => {
  const typed = { ...terms, from: day(terms.from) };
  expect(termsProblems(typed, registered).map(({ field }) => field)).toEqual(fields);
});

test.each([
  ['', '7000012050002', true],
  ['T7000012050002', '7000012050002', true],
  ['T7000012050003', '7000012050002', false],
  ['7000012050002', '7000012050002', false],
  ['T7000012050002', '1180301018771', false],
])('a registration number %s of the corporation %s: %s', (number, corporateNumber, right) => {
  expect(registrationProblem(number, corporateNumber) === null).toBe(right);
});
