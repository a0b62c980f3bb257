import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isKana, normaliseKana } from '../../../domain/application/kana.ts';
import {
  isEmail,
  isPhone,
  normaliseEmail,
  normalisePhone,
  normalisePostalCode,
} from '../../../domain/application/numbers.ts';
import { beginsWithPrefecture } from '../../../domain/application/prefectures.ts';
import { hasForbiddenCharacter, readInteger, trimText } from '../../../domain/application/text.ts';
import { normaliseCorporateNumber } from '../../../domain/corporation/corporate-number.ts';

describe('people may type any width, hyphen and space', () => {
  test.each([
    ['7000012050002', '7000012050002'],
    ['T7000012050002', '7000012050002'],
    ['Ｔ７０００－０１２０－５０００２', '7000012050002'],
    [' 7 0000 1205 0002 ', '7000012050002'],
    ['7000ー01205ー0002', '7000012050002'],
    ['700001205', '700001205'],
    ['番号なし', '番号なし'],
  ])('法人番号 %s', (typed, normal) => expect(normaliseCorporateNumber(typed)).toBe(normal));

  test.each([
    ['1000005', '100-0005'],
    ['〒１００－０００５', '100-0005'],
    ['１００ー０００５', '100-0005'],
    ['100 0005', '100-0005'],
    ['100-005', '100-005'],
  ])('郵便番号 %s', (typed, normal) => expect(normalisePostalCode(typed)).toBe(normal));

  test.each([
    ['03-1234-5678', '03-1234-5678'],
    ['０３（１２３４）５６７８', '03-1234-5678'],
    ['03 1234 5678', '03-1234-5678'],
    ['0312345678', '0312345678'],
    ['+81-3-1234-5678', '03-1234-5678'],
    ['+81 (0)3 1234 5678', '03-1234-5678'],
    ['０９０ー１２３４ー５６７８', '090-1234-5678'],
    ['内線12', '内線12'],
  ])('電話番号 %s', (typed, normal) => expect(normalisePhone(typed)).toBe(normal));

  test.each([
    ['ｊｉｒｏ＠ＥＸＡＭＰＬＥ．ＣＯ．ＪＰ', 'jiro@example.co.jp'],
    [' Jiro.Y@Example.co.jp\u3000', 'Jiro.Y@example.co.jp'],
  ])('メールアドレス %s', (typed, normal) => expect(normaliseEmail(typed)).toBe(normal));

  test.each([
    ['たかはし', 'タカハシ'],
    ['ﾀｶﾊｼ ｼﾞﾛｳ', 'タカハシ ジロウ'],
    ['タカハシ　　ジロウ', 'タカハシ ジロウ'],
    ['サ-ビス', 'サービス'],
    ['ゔぁいおりん', 'ヴァイオリン'],
  ])('フリガナ %s', (typed, normal) => expect(normaliseKana(typed)).toBe(normal));

  test.each([
    ['１２', 12],
    ['1,200', 1200],
    [' 3 ', 3],
    ['-1', null],
    ['1.5', null],
    ['１０人', null],
    ['', null],
    ['9999999999', null],
  ])('整数 %s', (typed, value) => expect(readInteger(typed)).toBe(value));
});

describe('what is no number, address or kana is told apart', () => {
  test.each(['0312345678', '03-1234-5678', '090-1234-5678', '0120-123-456'])('%s is a phone number', (text) =>
    expect(isPhone(text)).toBe(true),
  );
  test.each(['12345', '3-1234-5678', '03--1234-5678', '03-1234-5678-9999', '０３'])('%s is none', (text) =>
    expect(isPhone(text)).toBe(false),
  );
  test.each(['a@b.jp', 'taro.y+x@example.co.jp'])('%s is a mail address', (text) =>
    expect(isEmail(text)).toBe(true),
  );
  test.each([
    'a@b',
    'a b@c.jp',
    'a@b.jp,c@d.jp',
    'a@b.jp\nBcc: x@y.jp',
    '<a@b.jp>',
    `${'a'.repeat(65)}@b.jp`,
    '@b.jp',
  ])('%j is none', (text) => expect(isEmail(text)).toBe(false));
  test.each(['タカハシ', 'カ）タカハシ', 'ABC・タカハシ 2'])('%s is kana', (text) =>
    expect(isKana(text)).toBe(true),
  );
  test.each(['高橋', 'ABC', 'タカハシ<script>', ''])('%j is no kana', (text) =>
    expect(isKana(text)).toBe(false),
  );
  test('an address in Japan begins with its prefecture', () => {
    expect(beginsWithPrefecture('京都府京都市下京区')).toBe(true);
    expect(beginsWithPrefecture('神奈川県横浜市')).toBe(true);
    expect(beginsWithPrefecture('千代田区丸の内')).toBe(false);
    expect(beginsWithPrefecture('Seoul, Korea')).toBe(false);
  });
});

describe('for every text', () => {
  test('a second normalising changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const normalise of [
          normaliseKana,
          normalisePhone,
          normalisePostalCode,
          normaliseCorporateNumber,
          trimText,
        ]) {
          expect(normalise(normalise(text))).toBe(normalise(text));
        }
      }),
    );
  });

  test('names keep 髙, 﨑, ㈱ and variation selectors', () => {
    for (const name of ['髙﨑㈱', '葛󠄀城 太郎', '𠮷野家', '①号館'])
      expect(trimText(` ${name}\u3000`)).toBe(name);
  });

  test('control characters, direction marks and half surrogates are found, line breaks where they matter', () => {
    for (const bad of ['a\0b', 'a\u0007', 'a\u202eb', '\ud83d', 'a\u2028b', 'a\ufffdb'])
      expect(hasForbiddenCharacter(bad)).toBe(true);
    expect(hasForbiddenCharacter('一行目\n二行目')).toBe(true);
    expect(hasForbiddenCharacter('一行目\n二行目', true)).toBe(false);
    expect(hasForbiddenCharacter('髙﨑 太郎 😀')).toBe(false);
  });
});
