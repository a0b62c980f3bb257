import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedYen, givesBack } from '../../../domain/billing/documents.ts';
import { exportRows } from '../../../domain/billing/export-rows.ts';
import { EMPTY_LEDGER, usageStatements } from '../../../domain/billing/prepaid.ts';
import { type BookedUse, planUsageStatements } from '../../../domain/billing/usage-statement.ts';
import { monthOf } from '../../../domain/calendar/civil-date.ts';
import { contract, date, policy } from './support.ts';

const RUN = date('2026-06-10');
const use = (month: string, yen: number): BookedUse => ({ month: date(month), yen });
const plan = (booked: BookedUse[], stated: { key: string; amount: string }[] = [], more = {}) =>
  planUsageStatements(contract(), booked, stated, RUN, policy(more));

describe('usage statements of prepaid contracts (第6条5項)', () => {
  test('one for each month that was booked, with tax within the sum, nothing to pay', () => {
    expect(plan([use('2026-05-01', 1_096), use('2026-04-01', 96)])).toMatchObject([
      { type: 'usageStatement', totalYen: 96, dueOn: null, period: { from: '2026-04-01', to: '2026-04-30' } },
      { type: 'usageStatement', totalYen: 1_096, netYen: 997, taxYen: 99, taxIncluded: true, issuedOn: RUN },
    ]);
  });

  test('what is on a statement comes on no other; what was booked late comes alone', () => {
    const [first] = plan([use('2026-05-01', 500)]);
    const lines = first?.lines ?? [];
    expect(plan([use('2026-05-01', 500)], lines)).toEqual([]);
    expect(plan([use('2026-05-01', 620)], lines)).toMatchObject([{ totalYen: 120 }]);
  });

  test('none where the top-up was taxed, nor for months that were billed elsewhere', () => {
    expect(plan([use('2026-05-01', 500)], [], { prepaidTaxPoint: 'topUp' })).toEqual([]);
    const since = { since: date('2026-05-01') };
    expect(plan([use('2026-04-01', 1), use('2026-05-01', 2)], [], since)).toMatchObject([{ totalYen: 2 }]);
  });

  test('they go to whoever pays the month', () => {
    const partner = { mode: 'resale' as const, id: 'P1', ratePercent: 80 };
    const payers = [{ from: date('2026-05-01'), partner }];
    const booked = [use('2026-04-01', 100), use('2026-05-01', 200)];
    const documents = planUsageStatements(contract({ payers }), booked, [], RUN, policy());
    expect(documents.map(({ payer, totalYen }) => [payer, totalYen])).toEqual([
      ['customer', 100],
      ['P1', 200],
    ]);
  });

  test('their sums are those of the ledger, to the yen, however tax is rounded', () => {
    const uses = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 99_999 })));
    fc.assert(
      fc.property(uses, fc.constantFrom('floor', 'round', 'ceil'), (booked, taxRounding) => {
        const entries = booked.map(([month, yen], index) => ({
          ...{ key: String(index), kind: 'usage' as const, on: date(`2026-0${month}-15`) },
          ...{ amountYen: -yen, balanceYen: 0 },
        }));
        const sums = new Map<number, number>();
        for (const [month, yen] of booked) sums.set(month, (sums.get(month) ?? 0) + yen);
        const documents = plan(
          [...sums].map(([month, yen]) => use(`2026-0${month}-01`, yen)),
          [],
          { taxRounding },
        );
        const expected = usageStatements({ ...EMPTY_LEDGER, entries }, 'use', taxRounding);
        expect(
          documents.map(({ period, netYen, taxYen, totalYen }) => ({
            ...{ month: monthOf(period.from), netYen, taxYen, totalYen },
          })),
        ).toEqual(expected);
      }),
    );
  });
});

test('in the books a usage statement is sales paid from the balance: the receivable comes to nothing', () => {
  const accounts = { receivable: '売掛金', sales: '売上高', prepaid: '前受金' };
  const [document] = plan([use('2026-05-01', 1_096)]);
  if (document === undefined) throw new Error('no statement');
  const { netYen, taxYen } = document;
  const rates = [{ taxPercent: 10, netYen, taxYen }];
  const payer = { code: 'C1', name: '株式会社青葉' };
  const exported = {
    type: document.type,
    number: 'USE-2026-000001',
    issuedOn: RUN,
    dueOn: null,
    payer,
    rates,
  };
  const rows = exportRows([{ ...exported, replaced: null }], accounts);
  expect(
    rows.map(({ account, taxable, grossYen, taxYen: tax }) => [account, taxable, grossYen, tax]),
  ).toEqual([
    ['売上高', true, 1_096, 99],
    ['前受金', false, -1_096, 0],
  ]);
  expect(askedYen(document)).toBe(0);
  expect(givesBack(document.type)).toBe(false);
});
