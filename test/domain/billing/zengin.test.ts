import { describe, expect, test } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import {
  type BankAccount,
  checkBankAccount,
  type Payer,
  type Transfer,
  ZENGIN_RECORD_BYTES,
  zenginFile,
  zenginText,
} from '../../../domain/billing/zengin.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';

const account: BankAccount = {
  bankCode: '0009',
  branchCode: '123',
  accountType: '1',
  accountNumber: '0012345',
  holderKana: 'ｶ)ｱｵﾊﾞｼﾖｳｶｲ',
};
const payer: Payer = { ...account, clientCode: '0123456789', holderKana: 'ｶ)ｲﾝﾀｰｺﾑ' };
const transfer = (amountYen: number, reference = 'THS-000001'): Transfer => ({
  account,
  amountYen,
  reference,
});

/** The file as a bank reads it: Shift_JIS, a record a line. */
function records(bytes: Uint8Array): { text: string; bytes: number }[] {
  const lines = Buffer.from(bytes).toString('latin1').split('\r\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => ({
    text: new TextDecoder('shift_jis').decode(Buffer.from(line, 'latin1')),
    bytes: line.length,
  }));
}

const file = (transfers: Transfer[]) => records(zenginFile(payer, civilDate('2027-02-15'), transfers));

describe('walk z1: a name in the characters of banks', () => {
  test.each([
    ['カ゛ラス', 'ｶﾞﾗｽ'],
    ['カ\u3099ラス', 'ｶﾞﾗｽ'],
    ['ハ゜ン', 'ﾊﾟﾝ'],
    ['ガラス', 'ｶﾞﾗｽ'],
    ['ヲカモト', 'ｵｶﾓﾄ'],
    ['ｦｶﾓﾄ', 'ｵｶﾓﾄ'],
    ['ヱビス', 'ｴﾋﾞｽ'],
    ['サ－ビス', 'ｻ-ﾋﾞｽ'],
    ['サ～ビス', 'ｻ-ﾋﾞｽ'],
    ['ヴェルデ', 'ｳﾞｴﾙﾃﾞ'],
  ])('%s', (name, text) => expect(zenginText(name)).toBe(text));

  test.each([
    ['ア゛', '「゛」'],
    ['゜', '「゜」'],
    ['空', '「空」'],
  ])('%s is refused by name', (name, named) => expect(() => zenginText(name)).toThrow(named));
});

describe('the transfer file', () => {
  test('has a header, a record for each transfer, a trailer and an end, of 120 bytes each', () => {
    const found = file([transfer(1), transfer(1_234_567)]);
    expect(found.map(({ text }) => text[0])).toEqual(['1', '2', '2', '8', '9']);
    expect(found.map(({ bytes }) => bytes)).toEqual(found.map(() => ZENGIN_RECORD_BYTES));
  });

  test('every field of header and data stands in its place', () => {
    const [header, data] = file([transfer(1_234_567)]).map(({ text }) => text);
    expect(header?.slice(0, 14)).toBe('12100123456789'.slice(0, 14));
    expect(header?.slice(14, 54)).toBe('ｶ)ｲﾝﾀ-ｺﾑ'.padEnd(40));
    expect(header?.slice(54, 58)).toBe('0215');
    expect(header?.slice(58, 62)).toBe('0009');
    expect(header?.slice(77, 80)).toBe('123');
    expect(header?.slice(95, 103)).toBe('10012345');
    expect(data?.slice(1, 5)).toBe('0009');
    expect(data?.slice(20, 23)).toBe('123');
    expect(data?.slice(42, 50)).toBe('10012345');
    expect(data?.slice(50, 80)).toBe('ｶ)ｱｵﾊﾞｼﾖｳｶｲ'.padEnd(30));
    expect(data?.slice(80, 90)).toBe('0001234567');
    expect(data?.slice(90, 111)).toBe('0THS-000001'.padEnd(21));
    expect(data?.slice(111)).toBe('7        ');
  });

  test('the trailer has the count and the sum', () => {
    const trailer = file([transfer(10), transfer(9_999_999_999), transfer(1)])[4]?.text;
    expect(trailer?.slice(0, 19)).toBe(`8000003${String(10_000_000_010).padStart(12, '0')}`);
    expect(trailer?.slice(19).trim()).toBe('');
  });

  test.each([0, 10_000_000_000, 1.5, -1])(
    'an amount of %d is refused, with the contract named',
    (amountYen) => {
      expect(() => file([transfer(5), transfer(amountYen, 'THS-000002')])).toThrow(/THS-000002/);
    },
  );

  test('a name that banks cannot take is refused, with the contract named and the name kept out', () => {
    const broken = { ...transfer(5, 'THS-000003'), account: { ...account, holderKana: 'ｱｵﾊﾞ_秘密' } };
    expect(() => file([broken])).toThrow(/^THS-000003：口座名義に、振込データで使えない文字「_」/);
    expect(() => file([broken])).not.toThrow(/秘密/);
  });

  test('an empty list makes no file', () => {
    expect(() => file([])).toThrow(InvalidValueError);
  });
});

describe('names in the characters of banks', () => {
  test.each([
    ['カ）アオバショウカイ', 'ｶ)ｱｵﾊﾞｼﾖｳｶｲ'],
    ['あおば　たろう', 'ｱｵﾊﾞ ﾀﾛｳ'],
    ['ｱｵﾊﾞ ﾊﾅｺ', 'ｱｵﾊﾞ ﾊﾅｺ'],
    ['ヴィーナス・ａｂｃ', 'ｳﾞｲ-ﾅｽ.ABC'],
    ['パーク', 'ﾊﾟ-ｸ'],
  ])('%s → %s', (typed, written) => {
    expect(zenginText(typed)).toBe(written);
  });

  test.each(['青葉', 'ｱｵﾊﾞ&', 'ｱｵﾊﾞ★'])('%s is refused', (typed) => {
    expect(() => zenginText(typed)).toThrow(InvalidValueError);
  });
});

test('an account is checked before it is stored: codes have their length, a number is filled with zeros', () => {
  expect(checkBankAccount({ ...account, accountNumber: '12345' }).accountNumber).toBe('0012345');
  for (const broken of [
    { bankCode: '9' },
    { branchCode: '1234' },
    { accountNumber: '12345678' },
    { holderKana: '' },
  ]) {
    expect(() => checkBankAccount({ ...account, ...broken })).toThrow(InvalidValueError);
  }
});
