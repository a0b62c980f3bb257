import { describe, expect, test } from 'vitest';
import { accountWarnings } from '../../../domain/billing/account-warnings.ts';
import { zenginText } from '../../../domain/billing/zengin.ts';

const customerKana = 'カブシキガイシャアオバショウカイ';
const warnings = (holder: string, ofAnotherCustomer = false, customer = customerKana) =>
  accountWarnings({ holderKana: zenginText(holder), customerKana: customer, ofAnotherCustomer });

describe('an account that money goes to', () => {
  test.each([
    'カ）アオバシヨウカイ',
    'カブシキガイシヤ アオバシヨウカイ',
    'アオバショウカイ（カ',
    'カ)アオバ ショウカイ',
  ])('of the customer itself, however its bank writes it, is nothing odd: %s', (holder) => {
    expect(warnings(holder)).toEqual([]);
  });

  test.each(['サトウ タロウ', 'カ）アオバシヨウジ', 'カ）アオバ'])(
    'of somebody else has to be answered for: %s',
    (holder) => {
      expect(warnings(holder)).toEqual(['holderUnlike']);
    },
  );

  test('whose holder a bank has cut short is the customer’s, as far as it goes', () => {
    const long = 'カブシキガイシャアオバショウカイホールディングスニホンバシエイギョウショ';
    const whole = zenginText('カ）アオバシヨウカイホールデイングスニホンバシエイギヨウシヨ');
    const holderKana = whole.slice(0, 30);
    expect(whole.length).toBeGreaterThan(30);
    expect(accountWarnings({ holderKana, customerKana: long, ofAnotherCustomer: false })).toEqual([]);
    expect(warnings('カ）アオバ', false, long)).toEqual(['holderUnlike']);
  });

  test('that is another customer’s too has to be answered for, whoever holds it', () => {
    expect(warnings('カ）アオバシヨウカイ', true)).toEqual(['shared']);
    expect(warnings('サトウ タロウ', true)).toEqual(['holderUnlike', 'shared']);
  });

  test('with a holder of legal forms alone is nobody’s', () => {
    expect(warnings('カ）')).toEqual(['holderUnlike']);
  });
});
