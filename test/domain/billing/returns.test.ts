import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctedDocument, movePayments } from '../../../domain/billing/corrections.ts';
import { correctionOf, fromTotal, returnDocumentType, returnOf } from '../../../domain/billing/returns.ts';
import { contract, date, policy, span } from './support.ts';

const input = {
  originalTotalYen: 396_000,
  returnedBeforeYen: 0,
  toIntermediary: false,
  rounding: 'floor' as const,
};

describe('money that goes back', () => {
  it.each([
    ['up to what was invoiced', { given: { totalYen: 396_000 } }, 'returnInvoice'],
    ['not a yen more', { given: { totalYen: 396_001 } }, 'refused'],
    [
      'up to what earlier returns left',
      { given: { totalYen: 96_000 }, returnedBeforeYen: 300_000 },
      'returnInvoice',
    ],
    ['not a yen more than they left', { given: { totalYen: 96_001 }, returnedBeforeYen: 300_000 }, 'refused'],
    ['not nothing', { given: { netYen: 0 } }, 'refused'],
    [
      'to an intermediary by a notice, whatever the sum',
      { given: { totalYen: 300_000 }, toIntermediary: true },
      'refundNotice',
    ],
  ] as const)('%s', (_, given, document) => {
    expect(returnOf({ ...input, ...given }).value.document).toBe(document);
  });

  it.each([
    [9_999, 'refundNotice'],
    [10_000, 'returnInvoice'],
  ] as const)('of %i yen with tax is told by a %s', (totalYen, document) => {
    expect(returnDocumentType(totalYen, false)).toBe(document);
  });

  it('holds the tax once, by the policy', () => {
    expect(fromTotal(1447, 'floor')).toEqual({ netYen: 1316, taxYen: 131, totalYen: 1447 });
    expect(fromTotal(1447, 'round')).toMatchObject({ taxYen: 132 });
    expect(fromTotal(1441, 'round')).toMatchObject({ taxYen: 131 });
    expect(fromTotal(1441, 'ceil')).toMatchObject({ taxYen: 131 });
    expect(returnOf({ ...input, given: { netYen: 11 }, rounding: 'ceil' }).value).toMatchObject({
      taxYen: 2,
      totalYen: 13,
    });
  });

  it('never loses a yen between net amount and tax', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.constantFrom('floor', 'round', 'ceil'), (total, rounding) => {
        const { netYen, taxYen, totalYen } = fromTotal(total, rounding);
        expect(netYen + taxYen).toBe(total);
        expect(totalYen).toBe(total);
        expect(Math.abs(taxYen - (total * 10) / 110)).toBeLessThan(1);
      }),
    );
  });
});

describe('a corrected invoice', () => {
  it('says what the payer owes more or less', () => {
    const lines = [{ unitPrice: '400000', quantity: 1 }];
    expect(correctionOf(396_000, lines, 'floor').value.differenceYen).toBe(44_000);
    expect(correctionOf(396_000, [], 'floor').value).toEqual({
      netYen: 0,
      taxYen: 0,
      totalYen: 0,
      differenceYen: -396_000,
    });
  });

  it('is due no earlier than the one that it replaces', () => {
    const [issued] = span('2026-02-01', '2026-02-28', contract());
    if (issued === undefined) throw new Error('no invoice');
    const dueOf = (oldDue: string | null, on: string) =>
      correctedDocument(
        { ...issued, dueOn: oldDue === null ? null : date(oldDue) },
        issued.lines,
        date(on),
        policy(),
      );
    expect(dueOf('2026-06-30', '2026-02-20').dueOn).toBe('2026-06-30');
    expect(dueOf('2026-03-02', '2026-02-20').dueOn).toBe('2026-03-31');
    expect(dueOf(null, '2026-02-20').dueOn).toBe('2026-03-31');
  });

  it('names the one that it replaces, and keeps who gets, pays and hands it over', () => {
    const [issued] = span(
      '2026-02-01',
      '2026-02-28',
      contract({ payers: [{ from: null, partner: { mode: 'agent', id: 'P1' } }] }),
    );
    if (issued === undefined) throw new Error('no invoice');
    const corrected = correctedDocument(
      { ...issued, number: 'INV-2026-000007' },
      issued.lines,
      date('2026-02-20'),
      policy(),
    );
    expect(corrected).toMatchObject({
      type: 'invoice',
      recipient: 'customer',
      payer: 'customer',
      deliveredBy: 'P1',
      totalYen: 396_000,
      corrects: { number: 'INV-2026-000007', issuedOn: '2026-02-10' },
    });
  });

  it.each([
    [0, 4_510, { allocatedYen: 0, creditYen: 0, openYen: 4_510 }],
    [4_000, 4_510, { allocatedYen: 4_000, creditYen: 0, openYen: 510 }],
    [400_510, 4_510, { allocatedYen: 4_510, creditYen: 396_000, openYen: 0 }],
    [400_510, 0, { allocatedYen: 0, creditYen: 400_510, openYen: 0 }],
  ])('takes over %i yen paid for a total of %i', (paidYen, totalYen, moved) => {
    expect(movePayments(paidYen, totalYen)).toEqual(moved);
  });
});
