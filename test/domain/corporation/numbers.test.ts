import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkCorporateNumber,
  corporateCheckDigit,
  isCorporateNumber,
} from '../../../domain/corporation/corporate-number.ts';
import { containsMyNumber, findMyNumbers, myNumberCheckDigit } from '../../../domain/data/my-number.ts';
import { digitString } from '../arbitraries.ts';

const corporateNumber = digitString(12).map((base) => `${corporateCheckDigit(base)}${base}`);
const myNumber = digitString(11).map((base) => `${base}${myNumberCheckDigit(base)}`);
const fullWidth = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

describe('corporate number (法人番号)', () => {
  it('accepts every base with its check digit', () => {
    fc.assert(fc.property(corporateNumber, (number) => isCorporateNumber(number)));
  });

  it('refuses every slip of one digit but 0 for 9, which the method cannot see', () => {
    fc.assert(
      fc.property(corporateNumber, fc.nat(12), fc.integer({ min: 1, max: 9 }), (number, position, shift) => {
        const digit = Number(number[position]);
        const slipped = (digit + shift) % 10;
        const zeroForNine = position > 0 && Math.min(digit, slipped) === 0 && Math.max(digit, slipped) === 9;
        const changed = number.slice(0, position) + slipped + number.slice(position + 1);
        expect(isCorporateNumber(changed)).toBe(zeroForNine);
      }),
    );
  });

  it('hands back half-width digits from what people type', () => {
    for (const typed of [
      '７００００１２０５０００２',
      '7000-0120-50002',
      '7000 0120 50002',
      '７０００−０１２０ー５０００２ ',
      'T7000012050002',
      'Ｔ７０００-0120-50002',
      '登録番号：T7000012050002',
      '\u202a7000012050002\u202c',
    ]) {
      expect(checkCorporateNumber(typed).value).toEqual({ valid: true, number: '7000012050002' });
    }
  });

  it.each(['', '700001205000', '70000120500022', 'TT7000012050002', '700001205000二', '0000000000000'])(
    'refuses %j',
    (typed) => {
      expect(checkCorporateNumber(typed).value).toEqual({ valid: false, number: null });
    },
  );
});

describe('My Number (個人番号, 第21条)', () => {
  const separator = fc.constantFrom(
    '',
    ' ',
    '　',
    '-',
    '‐',
    '‑',
    '–',
    '—',
    '−',
    'ー',
    '－',
    'ｰ',
    ' - ',
    '.',
    '・',
    '/',
    '\u200B',
  );
  const around = fc.constantFrom(
    '',
    '番号は',
    'No. ',
    '（',
    '\n',
    '2026年4月1日 ',
    '電話03-1234-5678、',
    'x',
    '7000012050002 ',
  );

  it('is found wherever it stands, in any width and with any separator, at its exact place', () => {
    fc.assert(
      fc.property(
        myNumber,
        separator,
        around,
        around,
        fc.boolean(),
        (number, between, before, after, wide) => {
          const written = [number.slice(0, 4), number.slice(4, 8), number.slice(8)].join(between);
          const planted = wide ? fullWidth(written) : written;
          const text = `${before}${planted}${after.replace(/^(?=\d)/, '、')}`;
          const spots = findMyNumbers(text).map(({ start, end }) => text.slice(start, end));
          expect(spots).toContain(planted);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is never seen in a corporate number, however it is written', () => {
    fc.assert(
      fc.property(corporateNumber, separator, fc.boolean(), (number, between, wide) => {
        const written = [number.slice(0, 1), number.slice(1, 5), number.slice(5, 9), number.slice(9)].join(
          between,
        );
        for (const text of [
          number,
          `T${number}`,
          `法人番号：${wide ? fullWidth(number) : number}。`,
          written,
        ]) {
          // A space may part "1 2345 6789 0123" into a number of a list and a My Number: then it is rightly suspected.
          if (/^\s+$/.test(between) && text === written) continue;
          expect(findMyNumbers(text)).toEqual([]);
        }
      }),
    );
  });

  it('is never seen in a Japanese phone number, also in lists and in international form', () => {
    const phone = fc.constantFrom(
      '0#-####-####',
      '0##-###-####',
      '0#0-####-####',
      '0120-###-###',
      '0#########',
      '0#0########',
      '+81-#0-####-####',
      '+81 #0 #### ####',
      '+81#0########',
      '(0#)####-####',
    );
    const digits = fc.array(fc.nat(9), { minLength: 40, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(phone, { minLength: 1, maxLength: 3 }),
        digits,
        fc.constantFrom('、', ' ', '\n', ' / '),
        (forms, fill, between) => {
          let next = 0;
          const text = forms.join(between).replace(/#/g, () => String(fill[next++ % fill.length]));
          expect(findMyNumbers(text)).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['123456789018', true],
    ['123456789012', false],
    ['1123456789018', false],
    ['1234567890181', false],
    ['1234-5678-9018-1234', false],
    ['1234 5678 9018 1234', false],
    ['090 1234 5678 9018', false],
    ['+123456789018', false],
    ['03-1234-5678', false],
    ['192.168.100.101', false],
    ['123-456-789-018', true],
    ['1 2 3 4 5 6 7 8 9 0 1 8', true],
    ['2026-04-01 1234-5678-9018', true],
    ['一覧: 123456789018 123456789018', true],
    ['', false],
  ])('%j contains one: %s', (text, found) => {
    expect(containsMyNumber(text)).toBe(found);
  });

  it('finds each of several and gives their places only', () => {
    expect(findMyNumbers('a 123456789018 b １２３４-５６７８-９０１８')).toEqual([
      { start: 2, end: 14 },
      { start: 17, end: 31 },
    ]);
  });

  it('takes a megabyte of digits in its stride', () => {
    const started = performance.now();
    findMyNumbers('1234 5678 '.repeat(50_000));
    findMyNumbers('1'.repeat(500_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
