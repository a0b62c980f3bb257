import { expect, test } from 'vitest';
import { invoiceIssued } from '../../../templates/mail/invoice.ts';

const common = {
  sender: { operatorName: '株式会社インターコム', inquiry: 'メール', sandbox: true },
  recipient: { companyName: '株式会社髙﨑', personName: '渡邉 花' },
  contractNumber: 'HS-000123',
  ...{ corrects: null, returns: null, attachmentNames: [], customerName: '', handsOver: false },
} as const;

test('the mail with an invoice says number, sum, due date with its weekday, and what is attached', () => {
  const { subject, text, html } = invoiceIssued({
    ...common,
    kind: 'invoice',
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

test('a corrected invoice of nothing asks for no payment, names the old number, and says that what was paid is told apart', () => {
  const { subject, text } = invoiceIssued({
    ...common,
    ...{
      kind: 'invoice',
      invoiceNumber: 'INV-2026-000002',
      corrects: 'INV-2026-000001',
      totalYen: 0,
      dueOn: null,
    },
  });
  expect(subject).toContain('訂正分');
  expect(text).toContain('INV-2026-000001');
  expect(text).toContain('お支払いいただく金額はございません');
  expect(text).not.toContain('お支払期限');
});

test('a return says what comes back and of which invoice; a top-up says that the balance follows the payment', () => {
  const back = invoiceIssued({
    ...common,
    ...{
      kind: 'returnInvoice',
      invoiceNumber: 'RET-2026-000001',
      returns: 'INV-2026-000001',
      totalYen: 99_000,
      dueOn: null,
    },
  });
  for (const said of ['適格返還請求書', 'RET-2026-000001', 'INV-2026-000001', 'ご返金額'])
    expect(back.text).toContain(said);
  expect(back.text).not.toContain('振込手数料はご負担');
  const topUp = invoiceIssued({
    ...common,
    ...{ kind: 'topUp', invoiceNumber: 'TOP-2026-000001', totalYen: 50_000, dueOn: '2026-12-28' },
  });
  expect(topUp.text).toContain('ご入金を確認した後に');
});
