import { expect, test } from 'vitest';
import { invoiceIssued } from '../../../templates/mail/invoice.ts';

test('the mail with an invoice says number, sum, due date with its weekday, and what is attached', () => {
  const { subject, text, html } = invoiceIssued({
    sender: { operatorName: '株式会社インターコム', inquiry: 'メール', sandbox: true },
    recipient: { companyName: '株式会社髙﨑', personName: '渡邉 花' },
    contractNumber: 'HS-000123',
    invoiceNumber: 'INV-2026-000001',
    totalYen: 396_000,
    dueOn: '2027-01-04',
    attachmentNames: ['請求書_INV-2026-000001.pdf', '請求書_INV-2026-000001.xml'],
  });
  expect(subject).toContain('INV-2026-000001');
  for (const said of [
    '396,000円',
    '2027年1月4日（月）',
    'HS-000123',
    '請求書_INV-2026-000001.xml',
    '振込手数料',
  ]) {
    expect(text).toContain(said);
    expect(html).toContain(said);
  }
});
