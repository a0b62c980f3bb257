import { expect, test } from 'vitest';
import { paymentFinalNotice, paymentReminder1, paymentReminder2 } from '../../../templates/mail/dunning.ts';

const MAIL = {
  sender: { operatorName: '株式会社インターコム', inquiry: 'メール', sandbox: false },
  recipient: { companyName: '株式会社髙﨑', personName: '渡邉 花' },
  ...{ contractNumber: 'HS-000123', invoiceNumber: 'INV-2026-000001', totalYen: 39_600, openYen: 20_000 },
  ...{ dueOn: '2026-11-30', account: '見本銀行 本店 普通 1234567 ｶ)ｲﾝﾀｰｺﾑ' },
};

test.each([
  ['first', paymentReminder1(MAIL)],
  ['second', paymentReminder2(MAIL)],
  ['final', paymentFinalNotice({ ...MAIL, deadlineOn: '2027-01-13' })],
])(
  'the %s reminder says what is open of which invoice, since when and where to pay',
  (_, { text, html, subject }) => {
    expect(subject).toContain('INV-2026-000001');
    for (const said of ['20,000円', '39,600円', '2026年11月30日（月）', 'ｶ)ｲﾝﾀｰｺﾑ', '行き違い']) {
      expect(text).toContain(said);
      expect(html).toContain(said);
    }
  },
);

test('the final one alone cites the clause and sets a day (第10条2項④)', () => {
  const { text } = paymentFinalNotice({ ...MAIL, deadlineOn: '2027-01-13' });
  expect(text).toContain('第10条2項④');
  expect(text).toContain('2027年1月13日（水）まで');
  expect(paymentReminder1(MAIL).text).not.toContain('解約');
  expect(paymentReminder2(MAIL).text).not.toContain('解約');
});
