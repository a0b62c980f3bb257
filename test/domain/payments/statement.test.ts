import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageing } from '../../../domain/billing/ageing.ts';
import { addDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { type StatementFacts, statementOfAccount } from '../../../domain/payments/statement.ts';

const invoice = (number: string, issuedOn: string, totalYen: number, more = {}) => ({
  ...{ number, issuedOn: civilDate(issuedOn), dueOn: civilDate('2026-12-31'), totalYen },
  ...{ replacedOn: null, writtenOffOn: null, ...more },
});
const posting = (number: string, on: string, line: string | null, amountYen: number, discountYen = 0) => ({
  ...{ invoice: number, on: civilDate(on), line, amountYen, discountYen },
});
const credit = (on: string, line: string | null, kind: string, amountYen: number) => ({
  ...{ on: civilDate(on), line, kind, amountYen },
});
const SPAN = { from: civilDate('2026-11-01'), through: civilDate('2026-12-31') };

const shown = (facts: StatementFacts, span = SPAN) => {
  const { openingYen, entries, closingYen } = statementOfAccount(facts, span);
  const rows = entries.map(
    ({ on, kind, invoices, amountYen }) => `${on} ${kind} ${invoices.join('+')} ${amountYen}`,
  );
  return { openingYen, rows, closingYen };
};

test('a payment is one entry whatever it went to, and what was before the first day is carried over', () => {
  const facts = {
    invoices: [invoice('A', '2026-10-10', 1_000), invoice('B', '2026-11-10', 500)],
    postings: [
      posting('A', '2026-11-20', 'x', 990, 10),
      posting('B', '2026-11-20', 'x', 500),
      posting('B', '2027-01-05', 'y', 1),
    ],
    credits: [credit('2026-11-20', 'x', 'over', 300), credit('2026-12-01', null, 'paidBack', -100)],
  };
  expect(shown(facts)).toEqual({
    openingYen: 1_000,
    rows: [
      '2026-11-10 charged B 500',
      '2026-11-20 paid A+B -1790',
      '2026-11-20 transferFee A -10',
      '2026-12-01 paidBack  100',
    ],
    closingYen: -200,
  });
});

test('a credit that pays an invoice moves nothing, and what was given up is what was open', () => {
  const facts = {
    invoices: [
      invoice('A', '2026-11-10', 300),
      invoice('B', '2026-11-10', 500, { writtenOffOn: civilDate('2026-12-20') }),
    ],
    postings: [posting('A', '2026-12-01', null, 300), posting('B', '2026-12-10', 'y', 200)],
    credits: [credit('2026-11-20', 'x', 'over', 300), credit('2026-12-01', null, 'applied', -300)],
  };
  expect(shown(facts)).toEqual({
    openingYen: 0,
    rows: [
      '2026-11-10 charged A 300',
      '2026-11-10 charged B 500',
      '2026-11-20 paid  -300',
      '2026-12-10 paid B -200',
      '2026-12-20 writtenOff B -300',
    ],
    closingYen: 0,
  });
});

test('a payment that moves to a corrected invoice stands once, with the old invoice out and the new one in', () => {
  const facts = {
    invoices: [
      invoice('A', '2026-11-10', 900, { replacedOn: civilDate('2026-11-25') }),
      invoice('C', '2026-11-25', 600),
    ],
    postings: [
      posting('A', '2026-11-20', 'x', 900),
      posting('A', '2026-11-25', 'x', -900),
      posting('C', '2026-11-25', 'x', 600),
    ],
    credits: [credit('2026-11-25', 'x', 'over', 300)],
  };
  expect(shown(facts)).toEqual({
    openingYen: 0,
    rows: [
      '2026-11-10 charged A 900',
      '2026-11-20 paid A -900',
      '2026-11-25 charged C 600',
      '2026-11-25 replaced A -900',
    ],
    closingYen: -300,
  });
});

test('the balance of any day is what the ageing list of that day says: open less credit', () => {
  const first = civilDate('2026-11-01');
  const day = fc.integer({ min: 0, max: 60 }).map((days) => addDays(first, days));
  const yen = fc.integer({ min: 1, max: 100_000 });
  const facts = fc
    .array(
      fc.record({
        issuedOn: day,
        totalYen: yen,
        paid: fc.array(fc.record({ after: fc.nat(30), share: fc.nat(100) }), { maxLength: 3 }),
        gone: fc.option(fc.nat(90), { nil: null }),
        over: fc.option(yen, { nil: null }),
      }),
      { maxLength: 6 },
    )
    .map(
      (rows): StatementFacts => ({
        invoices: rows.map(({ issuedOn, totalYen, gone }, n) => ({
          ...{ number: `N${n}`, issuedOn, dueOn: addDays(issuedOn, 20), totalYen, replacedOn: null },
          // Nobody is paid by what is given up: after the last of its payments.
          writtenOffOn: gone === null ? null : addDays(issuedOn, 31 + gone),
        })),
        postings: rows.flatMap(({ issuedOn, totalYen, paid }, n) => {
          let leftYen = totalYen;
          return paid.map(({ after, share }, k) => {
            const amountYen = Math.floor((leftYen * share) / 100);
            leftYen -= amountYen;
            return posting(`N${n}`, addDays(issuedOn, after), `L${n}/${k}`, amountYen);
          });
        }),
        credits: rows.flatMap(({ issuedOn, over }, n) =>
          over === null ? [] : [credit(issuedOn, `O${n}`, 'over', over)],
        ),
      }),
    );
  fc.assert(
    fc.property(facts, day, (some, asOf) => {
      const payer = 'P';
      const [aged] = ageing({
        asOf,
        invoices: some.invoices.map((each) => ({ ...each, payer })),
        payments: some.postings,
        credits: some.credits.map((each) => ({ ...each, payer })),
      }).value.payers;
      const { closingYen } = statementOfAccount(some, { from: first, through: asOf });
      expect(closingYen).toBe((aged?.totalYen ?? 0) - (aged?.creditYen ?? 0));
    }),
  );
});
