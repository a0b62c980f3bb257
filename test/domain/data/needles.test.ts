import { describe, expect, test } from 'vitest';
import { needleSearch, needlesOf, searchedColumns } from '../../../domain/data/needles.ts';
import { CUSTOMER_TABLES } from '../../../domain/data-map/index.ts';

/** 第22条6項: a search of every store afterwards finds no more of the customer than the kept set. */
describe('what is searched for after a deletion', () => {
  test.each([
    ['companyName', '株式会社髙﨑', true],
    ['companyName', '髙﨑', false],
    ['personName', '佐藤花', true],
    ['personName', '佐藤', false],
    ['address', '東京都千代田', true],
    ['address', '東京都千代', false],
    ['phone', '03-1234-567', true],
    ['phone', '03-1234-56', false],
    ['corporateNumber', '7000012050002', true],
    ['corporateNumber', '700001205000', false],
    ['freeText', '十二文字より長い本文です', true],
    ['freeText', '十一文字しかない文です', false],
    ['digest', 'a'.repeat(64), false],
  ] as const)('%s %s: %s', (kind, value, searched) => {
    expect(needlesOf(kind, value).length > 0).toBe(searched);
  });

  test('a value of several lines is searched for whole and line by line, each once', () => {
    const lines = needlesOf('personName', '佐藤一郎\r\n鈴木次郎\n佐藤一郎');
    expect(lines).toHaveLength(3);
    expect(needleSearch(lines)('退任：鈴木次郎')).toBe(true);
  });

  test('is found in whatever writing: width, kana, old characters, spaces, hyphens', () => {
    const search = needleSearch([
      ...needlesOf('companyName', '株式会社髙﨑商会'),
      ...needlesOf('phone', '03-1234-5678'),
    ]);
    for (const text of ['株式会社 高崎商会 御中', '０３（１２３４）５６７８', 'tel 0312345678']) {
      expect(search(text), text).toBe(true);
    }
    for (const text of ['', '株式会社高崎', '03-1234-5679']) expect(search(text), text).toBe(false);
  });

  test('with marks of patterns in it is searched for as written', () => {
    const [needle = ''] = needlesOf('email', 'a+b$c@example.jp');
    const search = needleSearch([needle]);
    expect([search('A+B$C@EXAMPLE.JP'), search('aab$c@example.jp'), search('a+b')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(needleSearch([])('anything')).toBe(false);
  });
});

describe('columns that are searched', () => {
  const all = Object.keys(CUSTOMER_TABLES).flatMap((table) =>
    searchedColumns(table).map(({ name, kind }) => `${table}.${name} ${kind}`),
  );

  test('are those of names, addresses, numbers and of words that somebody typed', () => {
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter((column) => /\.(postal_code|birth_date|partner_name) /.test(column))).toEqual([]);
    const kinds = new Set(all.map((column) => column.split(' ')[1]));
    expect([...kinds].toSorted()).toEqual(
      ['address', 'companyName', 'corporateNumber', 'email', 'freeText', 'personName', 'phone'].filter(
        (kind) => kinds.has(kind),
      ),
    );
    expect(kinds.has('digest')).toBe(false);
    expect(kinds.has('file')).toBe(false);
  });

  test('of a table that there is not are none', () => {
    expect(searchedColumns('forgotten')).toEqual([]);
  });
});
