import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isWithheld, maskNumber, normaliseNumber, Parties, partyOf } from '../../../domain/watch/numbers.ts';

const normal = (raw: string) => normaliseNumber(raw).text;

describe('a number has one form for comparing', () => {
  test.each([
    ['+819012345678', '09012345678', 'the country is dropped, the 0 comes back'],
    ['09012345678', '09012345678', 'national'],
    ['０９０ー１２３４ー５６７８', '09012345678', 'full width, ー typed for a hyphen'],
    ['(090) 1234-5678', '09012345678', 'marks and spaces'],
    ['+81 (0)90 1234 5678', '09012345678', 'a 0 in brackets is not doubled'],
    ['＋８１９０１２３４５６７８', '09012345678', 'a full-width + is one'],
    ['+81118', '118', 'a service keeps no 0: under nine characters'],
    ['+8112345678', '12345678', 'eight characters after +81'],
    ['+81123456789', '0123456789', 'nine'],
    ['+811188', '1188', 'longer services too'],
    ['+81119123456', '0119123456', 'Sapporo, not 119'],
    [
      '+81184221234',
      '0184221234',
      'Akita: an area code where 184 does not stand before 0, + or a short number',
    ],
    ['0184-22-1234', '0184221234', 'the same'],
    ['+81186221234', '0186221234', '186 likewise'],
    ['18409012345678', '09012345678', 'prefix before a national number'],
    ['184+819012345678', '09012345678', 'prefix before an international one, whose +81 goes too'],
    ['+8118409012345678', '09012345678', 'prefix within an international form'],
    ['+81184+819012345678', '09012345678', 'both'],
    ['184+81118', '118', 'both, before a service'],
    ['184110', '110', 'prefix before a service'],
    ['186#7119', '#7119', 'five characters'],
    ['18412345', '12345', 'five characters'],
    ['184123456', '184123456', 'six: no prefix, and without +81 no 0'],
    ['1841', '1', 'one character'],
    ['184', '184', 'nothing follows: no prefix'],
    ['186', '186', 'nothing follows'],
    ['184184110', '184184110', 'only one prefix is one'],
    ['18401840', '01840', 'what follows the prefix is not read again'],
    ['+12125550100', '+12125550100', 'abroad'],
    ['+81+81118', '+81118', 'one +81 is dropped'],
    ['*67110', '*67110', '* stays'],
    ['187110', '187110', 'no prefix'],
    ['１１０', '110', 'full width'],
    ['', '', 'nothing'],
    ['--', '', 'no character of a number'],
  ])('%s is %s: %s', (raw, text) => {
    expect(normal(raw)).toBe(text);
  });

  test.each([
    ['client:alice', 'client:alice'],
    ['sip:110@pbx.example.jp', 'sip:110@pbx.example.jp'],
    ['ｃｌｉｅｎｔ：alice', 'client:alice'],
    ['Hasso', 'Hasso'],
    ['110番', '110番'],
  ])('%s has a letter: an address, compared as it stands', (raw, text) => {
    expect(normaliseNumber(raw)).toEqual({ text, address: true, prefix184: false });
  });

  test.each([
    ['184110', true],
    ['+8118409012345678', true],
    ['184+819012345678', true],
    ['１８４ー０９０ー１２３４ー５６７８', true],
    ['186110', false],
    ['+81184221234', false],
    ['184', false],
    ['110', false],
  ])('%s: 184 dialled before it: %s', (raw, dialled) => {
    expect(normaliseNumber(raw).prefix184).toBe(dialled);
  });

  it('is its own normal form, as far as no country or prefix can be read into it', () => {
    const subscriber = fc.stringMatching(/^0[1-9][0-9]{8,9}$/);
    fc.assert(
      fc.property(subscriber, (national) => {
        expect(normal(national)).toBe(national);
        expect(normal(`+81${national.slice(1)}`)).toBe(national);
        expect(normal(`184${national}`)).toBe(national);
        expect(normal(`+81184${national}`)).toBe(national);
      }),
    );
  });
});

describe('a withheld number', () => {
  test.each([
    '',
    ' ',
    'anonymous',
    'Anonymous',
    'RESTRICTED',
    'unavailable',
    'Unknown',
    'private',
    'Blocked',
    'ａｎｏｎｙｍｏｕｓ',
    '+266696687',
    '+7378742833',
    '+2562533',
    '+8656696',
    '+86282452253',
  ])('%j', (raw) => {
    expect(isWithheld(raw)).toBe(true);
  });

  test.each(['+819012345678', '266696687', '+2666966870', 'anonymous1', 'sip:anonymous@x.example', '0'])(
    '%j is none',
    (raw) => {
      expect(isWithheld(raw)).toBe(false);
    },
  );
});

describe('staff see', () => {
  test.each([
    ['+819012345678', '+81901234****', 'the last four characters hidden'],
    ['090-1234-5678', '090-1234-****', 'of the number as it was written'],
    ['1840900000001', '184090000****', 'with its prefix'],
    ['０９０１２３４５６７８', '０９０１２３４****', 'in full width'],
    ['𝟎𝟗𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖', '𝟎𝟗𝟎𝟏𝟐𝟑𝟒****', 'four characters are not four code units'],
    ['110', '110', 'a service as it stands'],
    ['１ １　９', '１ １　９', 'a service in full width, too'],
    ['184110', '184110', 'a service with its prefix: what counts is the normal form'],
    ['1234567', '1234567', 'seven characters'],
    ['12345678', '1234****', 'eight'],
    ['client:alice', 'client:****', 'of an address its scheme'],
    ['sip:110@pbx.example.jp', 'sip:****', 'of an address its scheme'],
    ['sip:a@b', 'sip:****', 'however short'],
    ['whatsapp:+819012345678', 'whatsapp:****', 'of an address its scheme'],
    ['alice@pbx.example.jp', '****', 'of an address without a scheme nothing'],
    ['anonymous', 'anonymous', 'a word'],
    ['Hasso Info', 'Hasso Info', 'a word'],
    ['Shop2027', 'Shop2027', 'a word with some digits'],
    ['x09012345678', 'x0901234****', 'but no word that is a number'],
  ])('%s as %s: %s', (raw, masked) => {
    expect(maskNumber(raw, normaliseNumber(raw))).toBe(masked);
  });
});

describe('what is kept of a number', () => {
  it('is hash, mask and flags; nothing of an empty one', () => {
    const hash = (text: string) => `#${text.length}`;
    expect(partyOf('+8118409012345678', hash)).toEqual({
      key: '#11',
      isNumber: true,
      prefix184: true,
      mask: '+811840901234****',
    });
    expect(partyOf('client:alice', hash)).toMatchObject({ isNumber: false, mask: 'client:****' });
    expect(partyOf('--', hash)).toMatchObject({ isNumber: false });
    expect(partyOf('', hash)).toBeNull();
    expect(partyOf('  ', hash)).toBeNull();
  });

  it('is the same whether the number was remembered from a line before or not', () => {
    const parties = new Parties((text) => `#${text}`);
    const near = fc.integer({ min: 0, max: 40 }).map((n) => `09000${n}4096`);
    fc.assert(
      fc.property(fc.array(fc.oneof(near, fc.string({ maxLength: 12 }))), (numbers) => {
        for (const raw of numbers) expect(parties.of(raw)).toEqual(partyOf(raw, (text) => `#${text}`));
      }),
    );
  });
});
