import { describe, expect, test } from 'vitest';
import { issuerOf, registrationOf, releaseHindrance } from '../../../domain/billing/issuer.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';

const SETTINGS = {
  OPERATOR_NAME: '見本株式会社',
  OPERATOR_ADDRESS: '東京都',
  SUPPORT_CHANNEL: 'メール',
  SUPPORT_HOURS: '平日',
  INVOICE_ISSUER_NUMBER: 'T7000012050002',
  INVOICE_BANK_ACCOUNT: '9999:見本銀行:001:本店:1:1234567:ｶ)ﾐﾎﾝ:ｼﾃﾝ',
};
const issuer = issuerOf(SETTINGS);
const found = (registeredOn: string, endedOn: string) => ({
  ...{ state: 'found' as const, fetchedMs: 0 },
  record: { number: '7000012050002', name: '', tradeName: '', formerName: '', registeredOn, endedOn },
});
const on = civilDate;

describe('who issues invoices', () => {
  test('the account is read as it is set, colons in the name and all', () => {
    expect(issuer.account).toMatchObject({
      bankCode: '9999',
      branch: '本店',
      typeName: '普通',
      holder: 'ｶ)ﾐﾎﾝ:ｼﾃﾝ',
    });
  });

  test.each([
    ['before its registration', found('2026-12-11', ''), '公表されていないか、失効'],
    ['on its first day', found('2026-12-10', ''), null],
    ['on the last day before it lapsed', found('2023-10-01', '2026-12-11'), null],
    ['on the day on which it lapsed', found('2023-10-01', '2026-12-10'), '公表されていないか、失効'],
    ['without one', { state: 'notFound' as const, fetchedMs: 0 }, '公表されていないか、失効'],
    ['while nobody can be asked', { state: 'noKey' as const }, null],
    ['while the registry is away', { state: 'failed' as const, reason: 'unreachable' as const }, null],
  ])('a paper of 2026-12-10 is released or not: %s', (_, answer, hindrance) => {
    const said = releaseHindrance(issuer, registrationOf(issuer, answer), on('2026-12-10'));
    if (hindrance === null) expect(said).toBeNull();
    else expect(said).toContain(hindrance);
  });

  test.each(['INVOICE_ISSUER_NUMBER', 'INVOICE_BANK_ACCOUNT'])(
    'nothing is released without the setting %s',
    (name) => {
      const without = issuerOf({ ...SETTINGS, [name]: undefined });
      const said = releaseHindrance(without, registrationOf(without, { state: 'noKey' }), on('2026-12-10'));
      expect(said).toContain(name);
    },
  );
});
