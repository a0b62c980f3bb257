import { expect, test } from 'vitest';
import { bankAccountChanged } from '../../../templates/mail/contact.ts';

test('the mail about an account for refunds names the day, whom to ask, and nothing of the account', () => {
  const sender = { operatorName: '株式会社インターコム', inquiry: 'support@hasso.example', sandbox: false };
  const { subject, text } = bankAccountChanged({
    sender,
    recipient: { companyName: '株式会社青葉', personName: '青葉 花子' },
    changedOn: '2026-11-30',
  });
  expect(subject).toContain('返金の振込先');
  expect(text).toContain('2026年11月30日');
  expect(text).toContain('お心当たりのない場合');
  expect(text).toContain('support@hasso.example');
});
