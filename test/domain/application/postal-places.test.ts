import { describe, expect, test } from 'vitest';
import { type PostalPlace, postalAddress, postalPlaces } from '../../../domain/application/postal-places.ts';

/** A record of the post office's table. */
const record = (code: string, town: string, city = '千代田区', prefecture = '東京都') => [
  ...['13101', '100  ', code, 'ﾄｳｷｮｳﾄ', 'ﾁﾖﾀﾞｸ', 'ﾏﾁ', prefecture, city, town, '0', '0', '0', '0', '0', '0'],
];

const townOf = (written: string) => postalPlaces([record('1000000', written)]).places[0]?.town;

describe('a town stands as in an address', () => {
  test.each([
    ['丸の内', '丸の内'],
    ['以下に掲載がない場合', ''],
    ['小菅村の次に１～６６４番地がくる場合', ''],
    ['利島村一円', ''],
    ['一円', '一円'],
    ['大通西（１～１９丁目）', '大通西'],
    ['丸の内丸の内ビルディング（地階・階層不明）', '丸の内丸の内ビルディング'],
    ['丸の内丸の内ビルディング（１２階）', '丸の内丸の内ビルディング12階'],
    ['種市第１地割～第３地割', '種市'],
  ])('%s is %s', (written, town) => {
    expect(townOf(written)).toBe(town);
  });
});

test('a town over several records is one, and its code stands with a hyphen', () => {
  const { places, bad } = postalPlaces([
    record('0660005', '協和（８８－２、２７１－１０、３４３－２、', '千歳市', '北海道'),
    record('0660005', '４０４－１、８７２－６、９９２－８）', '千歳市', '北海道'),
    record('0660006', '朝日町', '千歳市', '北海道'),
  ]);
  expect(bad).toBe(0);
  expect(places).toEqual([
    { postalCode: '066-0005', prefecture: '北海道', city: '千歳市', town: '協和' },
    { postalCode: '066-0006', prefecture: '北海道', city: '千歳市', town: '朝日町' },
  ]);
});

test('a place of two records is one place, and what is none of the table is counted', () => {
  const { places, bad } = postalPlaces([
    record('1000005', '丸の内（１丁目）'),
    record('1000005', '丸の内（２丁目）'),
    ['a'],
  ]);
  expect(places).toHaveLength(1);
  expect(bad).toBe(1);
});

describe('an address goes as far as all places of its code agree', () => {
  const place = (town: string, city = '千代田区', prefecture = '東京都'): PostalPlace => ({
    ...{ postalCode: '100-0005', prefecture, city, town },
  });
  test.each<[string, PostalPlace[], string, string[]]>([
    ['one place', [place('丸の内')], '東京都千代田区丸の内', []],
    ['a whole city', [place('')], '東京都千代田区', []],
    ['several towns', [place(''), place('丸の内'), place('大手町')], '東京都千代田区', ['丸の内', '大手町']],
    [
      'several cities',
      [place('丸の内'), place('銀座', '中央区')],
      '東京都',
      ['千代田区丸の内', '中央区銀座'],
    ],
    [
      'several prefectures',
      [place('丸の内'), place('港町', '港市', '千葉県')],
      '',
      ['東京都千代田区丸の内', '千葉県港市港町'],
    ],
  ])('%s', (_, places, address, choices) => {
    expect(postalAddress(places)).toEqual({ postalCode: '100-0005', address, choices });
  });

  test('of no place there is none', () => {
    expect(postalAddress([])).toBeNull();
  });
});
