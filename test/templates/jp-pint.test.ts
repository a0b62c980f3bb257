import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { jpPintXml } from '../../templates/jp-pint.ts';
import { escapeXml } from '../../templates/xml.ts';
import { JP_PINT_SPECIMENS, jpPintLine, jpPintPayload } from './jp-pint-specimens.ts';

const read = (xml: string) =>
  new XMLParser({
    ignoreAttributes: true,
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => ['InvoiceLine', 'AllowanceCharge', 'TaxSubtotal'].includes(name),
  }).parse(xml).Invoice;
const specimen = (name: string) => read(jpPintXml(JP_PINT_SPECIMENS[name] ?? jpPintPayload()));

describe('an electronic invoice', () => {
  test('of one fee is, to the byte, the example that passes the official rules', () => {
    const example = readFileSync(new URL('../data/jp-pint-minimal.xml', import.meta.url), 'utf8');
    expect(jpPintXml(jpPintPayload())).toBe(example.trim());
  });

  test('keeps its lines exact and takes the fraction off once', () => {
    const { LegalMonetaryTotal, AllowanceCharge, TaxTotal, InvoiceLine } = specimen(
      'invoice of fees and usage with a fraction of a yen',
    );
    expect(LegalMonetaryTotal).toEqual({
      LineExtensionAmount: '41237.3',
      TaxExclusiveAmount: '41237',
      TaxInclusiveAmount: '45360',
      AllowanceTotalAmount: '0.3',
      PayableAmount: '45360',
    });
    expect(AllowanceCharge).toMatchObject([
      { ChargeIndicator: 'false', AllowanceChargeReason: '端数調整', Amount: '0.3' },
    ]);
    expect(TaxTotal.TaxSubtotal).toMatchObject([{ TaxableAmount: '41237', TaxAmount: '4123' }]);
    expect(InvoiceLine.map((line: { LineExtensionAmount: string }) => line.LineExtensionAmount)).toEqual([
      '29800',
      '10094.2',
      '1343.1',
    ]);
  });

  test('that gives back has negative quantities and sums, positive prices, and names the original', () => {
    const { LegalMonetaryTotal, AllowanceCharge, InvoiceLine, BillingReference, DueDate } = specimen(
      'return invoice with a fraction of a yen',
    );
    expect(LegalMonetaryTotal).toMatchObject({
      LineExtensionAmount: '-11437.3',
      TaxExclusiveAmount: '-11437',
      PayableAmount: '-12580',
      ChargeTotalAmount: '0.3',
    });
    expect(AllowanceCharge).toMatchObject([{ ChargeIndicator: 'true', Amount: '0.3' }]);
    expect(InvoiceLine[0]).toMatchObject({ InvoicedQuantity: '-1231', Price: { PriceAmount: '8.2' } });
    expect(BillingReference.InvoiceDocumentReference).toEqual({
      ID: 'INV-2026-000101',
      IssueDate: '2026-11-10',
    });
    expect(DueDate).toBeUndefined();
  });

  test('with a discount has it as a negative quantity at a positive price', () => {
    const { InvoiceLine } = specimen('invoice with a discount');
    expect(InvoiceLine[1]).toMatchObject({
      InvoicedQuantity: '-1',
      LineExtensionAmount: '-1234.5',
      Price: { PriceAmount: '1234.5' },
    });
  });

  test('without tax is of category O, without a percent', () => {
    const { InvoiceLine, TaxTotal } = specimen('top-up without tax');
    expect(InvoiceLine[0].Item.ClassifiedTaxCategory).toEqual({ ID: 'O', TaxScheme: { ID: 'VAT' } });
    expect(TaxTotal.TaxSubtotal[0]).toMatchObject({ TaxAmount: '0', TaxCategory: { ID: 'O' } });
  });

  test('says what is typed, whatever the characters, and nothing that XML cannot hold', () => {
    const name = `<A&B> "株式会社" '髙﨑\u{20BB7}'`;
    const { AccountingCustomerParty, InvoiceLine } = specimen(
      'invoice with characters that XML reads otherwise',
    );
    expect(AccountingCustomerParty.Party.PartyLegalEntity.RegistrationName).toBe(name);
    expect(InvoiceLine).toHaveLength(1);
    expect(escapeXml('\ud800a\u0000\u001f\ufffe\t')).toBe('a&#9;');
  });

  test.each([
    [{ supplier: { registrationNumber: 'T7000012050003', name: 'x' } }, 'registration number'],
    [{ customer: { corporateNumber: '4011001098994', name: 'x' } }, 'corporate number'],
    [{ lines: [jpPintLine({ unitPrice: '1,000' })] }, '1,000'],
  ])('is refused for %j', (overrides, reason) => {
    expect(() => jpPintXml(jpPintPayload(overrides))).toThrow(reason);
  });
});
