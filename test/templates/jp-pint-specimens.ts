import type { JpPintLine, JpPintPayload } from '../../templates/jp-pint.ts';

export function jpPintPayload(overrides: Partial<JpPintPayload> = {}): JpPintPayload {
  return {
    number: 'INV-2026-000123',
    issuedOn: '2026-12-10',
    dueOn: '2027-01-04',
    period: { from: '2026-11-01', to: '2027-01-31' },
    names: null,
    isReturn: false,
    supplier: { registrationNumber: 'T7000012050002', name: '見本株式会社' },
    customer: { corporateNumber: '4011001098993', name: '試験物産株式会社' },
    bankAccount: {
      bankCode: '9999',
      branchCode: '001',
      accountType: '1',
      accountNumber: '1234567',
      holderKana: 'ｶ)ﾐﾎﾝ',
    },
    lines: [jpPintLine({})],
    taxRounding: 'floor',
    ...overrides,
  };
}

export function jpPintLine(overrides: Partial<JpPintLine>): JpPintLine {
  const period = { from: '2026-12-01', to: '2026-12-31' };
  return { name: 'プラン', quantity: 1, unitPrice: '29800', ...period, ...overrides };
}

const usage = [
  jpPintLine({ name: '通話', quantity: '1231', unitPrice: '8.2' }),
  jpPintLine({ name: 'SMS', quantity: '407', unitPrice: '3.3' }),
];
const named = { number: 'INV-2026-000101', issuedOn: '2026-11-10' };

/** One of each sort that is ever sent. */
export const JP_PINT_SPECIMENS: Readonly<Record<string, JpPintPayload>> = {
  'invoice of one fee': jpPintPayload(),
  'invoice of fees and usage with a fraction of a yen': jpPintPayload({ lines: [jpPintLine({}), ...usage] }),
  'invoice of quantities and prices with fractions': jpPintPayload({
    lines: [
      jpPintLine({ quantity: '0.5', unitPrice: '0.33' }),
      jpPintLine({ quantity: '2.5', unitPrice: '1000' }),
    ],
  }),
  'invoice of prices with three decimals': jpPintPayload({
    lines: [1, 2, 3].map((quantity) => jpPintLine({ quantity, unitPrice: '8.219' })),
  }),
  'invoice whose tax is rounded up': jpPintPayload({ lines: usage, taxRounding: 'ceil' }),
  'invoice with a discount': jpPintPayload({
    lines: [jpPintLine({}), jpPintLine({ name: '値引き', unitPrice: '-1234.5' })],
  }),
  'corrected invoice': jpPintPayload({ names: named }),
  'corrected invoice of nothing': jpPintPayload({ names: named, dueOn: null, lines: [] }),
  'return invoice': jpPintPayload({
    number: 'RET-2027-000001',
    names: named,
    isReturn: true,
    dueOn: null,
    lines: [jpPintLine({ name: '返金', unitPrice: '58191' })],
  }),
  'return invoice with a fraction of a yen': jpPintPayload({
    names: named,
    isReturn: true,
    dueOn: null,
    lines: usage,
  }),
  'top-up without tax': jpPintPayload({
    number: 'TOP-2026-000001',
    lines: [jpPintLine({ name: 'チャージ', unitPrice: '30000', taxPercent: 0 })],
  }),
  'invoice with characters that XML reads otherwise': jpPintPayload({
    customer: {
      corporateNumber: '4011001098993',
      name: `<A&B> "株式会社" '髙﨑\u{20BB7}'\u0000\u000b\uffff`,
    },
    lines: [jpPintLine({ name: ']]><cbc:ID>&amp;</cbc:ID>\n\t' })],
  }),
};
