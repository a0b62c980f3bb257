import { addDecimals, type Decimal, decimal, decimalText, multiplyDecimals } from '../domain/base/decimal.ts';
import { TAX_PERCENT, type TaxRounding } from '../domain/base/money.ts';
import { isRegistrationNumber } from '../domain/billing/document-numbers.ts';
import { type InvoiceLine, invoiceTotals, type TaxRateTotal } from '../domain/billing/invoice.ts';
import { isCorporateNumber } from '../domain/corporation/corporate-number.ts';
import { element, type Xml } from './xml.ts';

/** One line: prices without tax; `from` and `to` are the days of service, both included, as `YYYY-MM-DD`. */
export interface JpPintLine extends InvoiceLine {
  name: string;
  from: string;
  to: string;
}

/** What an electronic invoice states (第6条; デジタルインボイス). All dates are civil dates in Asia/Tokyo. */
export interface JpPintPayload {
  number: string;
  issuedOn: string;
  /** Null where nothing is to be paid. */
  dueOn: string | null;
  period: { from: string; to: string };
  /** The invoice that this one replaces, or of which money goes back. */
  names: { number: string; issuedOn: string } | null;
  /** Money goes back: quantities and totals are negative, prices never. */
  isReturn: boolean;
  /** `registrationNumber`: T and the corporate number. */
  supplier: { registrationNumber: string; name: string };
  customer: { corporateNumber: string; name: string };
  bankAccount: {
    bankCode: string;
    branchCode: string;
    accountType: string;
    accountNumber: string;
    holderKana: string;
  };
  lines: readonly JpPintLine[];
  taxRounding: TaxRounding;
}

const NAMESPACES = {
  xmlns: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
};
const CUSTOMIZATION = 'urn:peppol:pint:billing-1@jp-1';
const PROFILE = 'urn:peppol:bis:billing';
/** Corporate numbers as electronic addresses. */
const CORPORATE_NUMBER_SCHEME = '0188';
const CREDIT_TRANSFER = '30';
const YEN = { currencyID: 'JPY' };
const PIECES = { unitCode: 'C62' };
const AMOUNT_DECIMALS = 2;
const ZERO: Decimal = { units: 0n, scale: 0 };

const cac = (name: string, content: readonly (Xml | null)[]) => element(`cac:${name}`, content);
const cbc = (name: string, content: string | number, attributes?: Readonly<Record<string, string>>) =>
  element(`cbc:${name}`, content, attributes);

/**
 * The invoice as JP PINT (UBL, Peppol). Lines stay exact to two decimals; what is below a yen is taken off by one allowance
 * for each tax rate, so that the sums are those of the printed document. An invoice that was corrected to nothing has one line of 0.
 * Throws InvalidValueError for prices that are no decimal numbers, Error for numbers without their check digit.
 */
export function jpPintXml(payload: JpPintPayload): string {
  const { number, issuedOn, dueOn, period, names, supplier, customer } = payload;
  if (!isRegistrationNumber(supplier.registrationNumber)) {
    throw new Error('An electronic invoice needs a registration number: T and a corporate number.');
  }
  if (!isCorporateNumber(customer.corporateNumber)) {
    throw new Error('An electronic invoice needs the recipient’s corporate number.');
  }
  const lines = linesOf(payload);
  const { rates } = invoiceTotals(lines.map(withSignedPrice), payload.taxRounding).value;
  const fractions = rates.map((rate) => ({ ...rate, fraction: fractionOf(rate, lines) }));
  const document = element(
    'Invoice',
    [
      cbc('CustomizationID', CUSTOMIZATION),
      cbc('ProfileID', PROFILE),
      cbc('ID', number),
      cbc('IssueDate', issuedOn),
      dueOn === null ? null : cbc('DueDate', dueOn),
      cbc('InvoiceTypeCode', '380'),
      cbc('DocumentCurrencyCode', 'JPY'),
      invoicePeriod(period),
      names === null ? null : billingReference(names),
      cac('AccountingSupplierParty', [
        party(supplier.registrationNumber.slice(1), supplier.name, supplier.registrationNumber),
      ]),
      cac('AccountingCustomerParty', [party(customer.corporateNumber, customer.name, null)]),
      paymentMeans(payload),
      ...fractions.filter(({ fraction }) => fraction.units !== 0n).map(roundingAllowance),
      taxTotal(rates),
      monetaryTotal(rates, lines, fractions),
      ...lines.map(invoiceLine),
    ],
    NAMESPACES,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>${document.text}`;
}

/** Quantities carry the sign, of a discount's price and of a return alike. */
function linesOf({ lines, isReturn, period }: JpPintPayload): JpPintLine[] {
  if (lines.length === 0) {
    return [{ name: '請求はありません', quantity: 1, unitPrice: 0, from: period.from, to: period.to }];
  }
  return lines.map((line) => {
    const [price, quantity] = [decimal(line.unitPrice), decimal(line.quantity)];
    const negative = price.units < 0n !== isReturn;
    return {
      ...line,
      unitPrice: decimalText({ ...price, units: price.units < 0n ? -price.units : price.units }),
      quantity: decimalText({ ...quantity, units: negative ? -quantity.units : quantity.units }),
    };
  });
}

/** The same line as sums know it, which refuse quantities below 0. */
function withSignedPrice(line: JpPintLine): InvoiceLine {
  const [price, quantity] = [decimal(line.unitPrice), decimal(line.quantity)];
  const sign = quantity.units < 0n ? -1n : 1n;
  return {
    unitPrice: decimalText({ ...price, units: price.units * sign }),
    quantity: decimalText({ ...quantity, units: quantity.units * sign }),
    taxPercent: line.taxPercent ?? TAX_PERCENT,
  };
}

/** The line's amount with the two decimals that the rules allow; what prices with more have beyond is cut off. */
function amountOf(line: InvoiceLine): Decimal {
  const exact = multiplyDecimals(decimal(line.unitPrice), decimal(line.quantity));
  const beyond = Math.max(0, exact.scale - AMOUNT_DECIMALS);
  return { units: exact.units / 10n ** BigInt(beyond), scale: exact.scale - beyond };
}

function sumOf(lines: readonly InvoiceLine[]): Decimal {
  return lines.map(amountOf).reduce(addDecimals, ZERO);
}

/** What the sum of a rate's lines is above its whole yen; negative below. */
function fractionOf({ taxPercent, netYen }: TaxRateTotal, lines: readonly InvoiceLine[]): Decimal {
  const sum = sumOf(lines.filter((line) => (line.taxPercent ?? TAX_PERCENT) === taxPercent));
  return addDecimals(sum, decimal(-netYen));
}

function invoicePeriod({ from, to }: { from: string; to: string }): Xml {
  return cac('InvoicePeriod', [cbc('StartDate', from), cbc('EndDate', to)]);
}

function billingReference({ number, issuedOn }: { number: string; issuedOn: string }): Xml {
  const reference = cac('InvoiceDocumentReference', [cbc('ID', number), cbc('IssueDate', issuedOn)]);
  return cac('BillingReference', [reference]);
}

function party(corporateNumber: string, name: string, registrationNumber: string | null): Xml {
  return cac('Party', [
    cbc('EndpointID', corporateNumber, { schemeID: CORPORATE_NUMBER_SCHEME }),
    cac('PostalAddress', [cac('Country', [cbc('IdentificationCode', 'JP')])]),
    registrationNumber === null
      ? null
      : cac('PartyTaxScheme', [cbc('CompanyID', registrationNumber), taxScheme()]),
    cac('PartyLegalEntity', [cbc('RegistrationName', name)]),
  ]);
}

function taxScheme(): Xml {
  return cac('TaxScheme', [cbc('ID', 'VAT')]);
}

/** S with its percent, or O for what is outside consumption tax. */
function taxCategory(name: string, taxPercent: number): Xml {
  return cac(name, [
    cbc('ID', taxPercent === 0 ? 'O' : 'S'),
    taxPercent === 0 ? null : cbc('Percent', taxPercent),
    taxScheme(),
  ]);
}

function paymentMeans({ bankAccount }: JpPintPayload): Xml {
  const { bankCode, branchCode, accountType, accountNumber, holderKana } = bankAccount;
  return cac('PaymentMeans', [
    cbc('PaymentMeansCode', CREDIT_TRANSFER, { name: '銀行振込' }),
    cac('PayeeFinancialAccount', [
      cbc('ID', [bankCode, branchCode, accountType, accountNumber].join(':')),
      cbc('Name', holderKana),
    ]),
  ]);
}

/** 端数調整: an allowance takes a fraction off; a charge brings a negative sum up to the whole yen. */
function roundingAllowance({ taxPercent, fraction }: TaxRateTotal & { fraction: Decimal }): Xml {
  const isCharge = fraction.units < 0n;
  return cac('AllowanceCharge', [
    cbc('ChargeIndicator', String(isCharge)),
    cbc('AllowanceChargeReason', '端数調整'),
    cbc('Amount', sizeOf(fraction), YEN),
    taxCategory('TaxCategory', taxPercent),
  ]);
}

function sizeOf(value: Decimal): string {
  return decimalText({ ...value, units: value.units < 0n ? -value.units : value.units });
}

function taxTotal(rates: readonly TaxRateTotal[]): Xml {
  return cac('TaxTotal', [
    cbc(
      'TaxAmount',
      totalOf(rates, ({ taxYen }) => taxYen),
      YEN,
    ),
    ...rates.map(({ taxPercent, netYen, taxYen }) =>
      cac('TaxSubtotal', [
        cbc('TaxableAmount', netYen, YEN),
        cbc('TaxAmount', taxYen, YEN),
        taxCategory('TaxCategory', taxPercent),
      ]),
    ),
  ]);
}

function monetaryTotal(
  rates: readonly TaxRateTotal[],
  lines: readonly JpPintLine[],
  fractions: readonly { fraction: Decimal }[],
): Xml {
  const netYen = totalOf(rates, (rate) => rate.netYen);
  const totalYen = netYen + totalOf(rates, (rate) => rate.taxYen);
  const [off, on] = [1n, -1n].map((sign) =>
    fractions
      .map(({ fraction }) => fraction)
      .filter(({ units }) => units * sign > 0n)
      .reduce(addDecimals, ZERO),
  );
  const sum = (name: string, value: Decimal | undefined) =>
    value === undefined || value.units === 0n ? null : cbc(name, sizeOf(value), YEN);
  return cac('LegalMonetaryTotal', [
    cbc('LineExtensionAmount', decimalText(sumOf(lines)), YEN),
    cbc('TaxExclusiveAmount', netYen, YEN),
    cbc('TaxInclusiveAmount', totalYen, YEN),
    sum('AllowanceTotalAmount', off),
    sum('ChargeTotalAmount', on),
    cbc('PayableAmount', totalYen, YEN),
  ]);
}

function totalOf(rates: readonly TaxRateTotal[], yen: (rate: TaxRateTotal) => number): number {
  return rates.reduce((sum, rate) => sum + yen(rate), 0);
}

function invoiceLine(line: JpPintLine, index: number): Xml {
  const { name, quantity, unitPrice, from, to, taxPercent = TAX_PERCENT } = line;
  return cac('InvoiceLine', [
    cbc('ID', index + 1),
    cbc('InvoicedQuantity', decimalText(decimal(quantity)), PIECES),
    cbc('LineExtensionAmount', decimalText(amountOf(line)), YEN),
    invoicePeriod({ from, to }),
    cac('Item', [cbc('Name', name), taxCategory('ClassifiedTaxCategory', taxPercent)]),
    cac('Price', [
      cbc('PriceAmount', decimalText(decimal(unitPrice)), YEN),
      cbc('BaseQuantity', '1', PIECES),
    ]),
  ]);
}
