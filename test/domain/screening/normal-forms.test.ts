import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWrittenDate } from '../../../domain/calendar/written-date.ts';
import { readAddress, sameRoom } from '../../../domain/corporation/address.ts';
import { companyNames } from '../../../domain/screening/company-name.ts';
import { compareBirthDates } from '../../../domain/screening/dates.ts';
import { differingIndexes, singleEdit } from '../../../domain/screening/edits.ts';
import { corporateNumberKey, phoneKey } from '../../../domain/screening/identifiers.ts';
import { couldBeRead } from '../../../domain/screening/kanji-readings.ts';
import { peopleInText } from '../../../domain/screening/officers.ts';
import { personNames } from '../../../domain/screening/person-name.ts';
import { readingOf, readingsAgree } from '../../../domain/screening/reading.ts';
import { bareLetters, characters, foldText } from '../../../domain/screening/text.ts';
import { VARIANTS } from '../../../domain/screening/variants.ts';
import { tokens } from '../../../domain/screening/words.ts';

const core = (name: string): string | undefined => companyNames(name)[0]?.core;
const agree = (a: string, b: string): boolean => {
  const [x, y] = [readingOf(a), readingOf(b)];
  return x !== null && y !== null && readingsAgree(x, y);
};

describe('the variant table', () => {
  it('leads to a character in use in one step', () => {
    for (const [old, current] of VARIANTS) {
      expect([old, characters(old).length, characters(current).length, VARIANTS.get(current)]).toEqual([
        old,
        1,
        1,
        undefined,
      ]);
    }
  });

  it.each([
    '髙高',
    '﨑崎',
    '邉辺',
    '邊辺',
    '濵浜',
    '濱浜',
    '𠮷吉',
    '嶋島',
    '冨富',
    '德徳',
    '惠恵',
    '國国',
    '學学',
    '會会',
    '榮栄',
    '龍竜',
    '齋斎',
    '齊斉',
  ])('folds %s', (pair) => {
    const [old = '', current = ''] = pair;
    expect(foldText(old)).toBe(current);
  });

  it('keeps 斎 and 斉 apart', () => expect(foldText('斎')).not.toBe(foldText('斉')));
});

describe('folding', () => {
  it('is stable: folding a folded text changes nothing', () => {
    const text = fc.string({
      unit: fc.constantFrom(...characters('株式会社アァヴ－ー一髙々ｶﾞﾊﾟabＡ１ ・&ヶが東')),
    });
    fc.assert(
      fc.property(text, (raw) => {
        const folded = foldText(raw);
        expect(foldText(folded)).toBe(folded);
        expect(bareLetters(bareLetters(folded))).toBe(bareLetters(folded));
      }),
    );
  });

  it('repeats the kanji before 々 and takes hyphens after kana for long marks', () => {
    expect(foldText('佐々木')).toBe('佐佐木');
    expect(foldText('ハ－ト')).toBe('ハート');
    expect(foldText('ハ－－ト')).toBe('ハーート');
    expect(foldText('ABC－D')).toBe('abc-d');
  });
});

describe('company names', () => {
  it.each([
    ['株式會社霧坂', '霧坂'],
    ['カ）キリサカ', 'キリサカ'],
    ['霧坂（株）札幌営業所', '霧坂'],
    ['霧坂　東京支店　御中', '霧坂'],
    ['Kirisaka Co., Ltd.', 'kirisaka'],
    ['一般社団法人 霧坂会', '霧坂会'],
  ])('%s has the core %s', (name, expected) => expect(core(name)).toBe(expected));

  it.each(['株式会社', '株式会社福岡支店', '御中'])('never strips %s to nothing', (name) => {
    expect(core(name)).not.toBe('');
  });

  it('takes a former name for a name of its own', () => {
    expect(companyNames('霧坂株式会社（旧商号：鷺沼株式会社）').map((name) => name.core)).toEqual([
      '霧坂',
      '鷺沼',
    ]);
  });

  it('finds generic words, the longest first', () => {
    expect(tokens('東霧坂建設2').map(({ text, kind }) => `${text}:${kind}`)).toEqual([
      '東:direction',
      '霧:null',
      '坂:null',
      '建設:trade',
      '2:number',
    ]);
  });
});

describe('persons', () => {
  const cores = (name: string): string[] => personNames(name).map((each) => each.core);

  it('keeps both readings where a title may be longer', () => {
    expect(cores('理事長谷川浩')).toEqual(expect.arrayContaining(['長谷川浩', '谷川浩']));
  });

  it('keeps an honorific character that is part of the name', () => {
    expect(cores('佐伯 君')).toEqual(['佐伯君']);
    expect(cores('氏家 樹 様')).toContain('氏家樹');
  });

  it.each([
    ['代表取締役 甲野太郎、取締役 乙野 花子', ['甲野太郎', '乙野 花子']],
    ['代表取締役甲野太郎取締役乙野花子', ['代表取締役甲野太郎', '取締役乙野花子']],
    ['①甲野太郎②乙野花子', ['甲野太郎', '乙野花子']],
    ['甲野太郎・乙野花子', ['甲野太郎', '乙野花子']],
    ['マリノフ・セルジュ', ['マリノフ・セルジュ']],
  ])('parts the people in %s', (text, expected) => {
    expect(peopleInText(text).map(({ name }) => name)).toEqual(expect.arrayContaining(expected));
  });

  it('gives a date of birth in the text to the person it stands with', () => {
    expect(peopleInText('甲野太郎（昭和40年1月2日生）、乙野花子')).toEqual([
      { name: '甲野太郎', birthDate: '昭和40年1月2日' },
      { name: '乙野花子' },
    ]);
  });
});

describe('readings', () => {
  it.each([
    ['シンイチ', 'Shin-ichi'],
    ['シンイチ', 'Shinichi'],
    ['シオキ', 'Sioki'],
    ['オオノ', 'Ohno'],
    ['サトウ', 'Satoh'],
    ['ハットリ', 'Hattori'],
    ['シンブン', 'Shimbun'],
    ['ジュンコ', 'Zyunko'],
    ['チヂミ', 'Chijimi'],
    ['コウヘイ', 'Kōhei'],
    ['コンヤ', "Kon'ya"],
    ['マッチャ', 'Matcha'],
  ])('%s agrees with %s', (kana, latin) => expect(agree(kana, latin)).toBe(true));

  it('keeps long vowels apart between two texts in kana', () => {
    expect(agree('オノ', 'オオノ')).toBe(false);
    expect(agree('コーギョー', 'コウギョウ')).toBe(true);
  });

  it('does not take English for romaji', () => expect(readingOf('Express')).toBeNull());

  it('says which readings a name in kanji could have', () => {
    expect(couldBeRead('花簪', readingOf('Hanakanzashi')?.latin ?? '')).toBe(true);
    expect(couldBeRead('花簪', readingOf('Umineko')?.latin ?? '')).toBe(false);
  });
});

describe('birth dates', () => {
  it.each([
    '1981-07-13',
    '1981/7/13',
    '19810713',
    '昭和56年7月13日',
    'S56.7.13',
    '昭和五十六年七月十三日',
    '１９８１年７月１３日生',
    'July 13, 1981',
  ])('reads %s', (text) => expect(readWrittenDate(text)).toEqual({ year: 1981, month: 7, day: 13 }));

  it.each(['', '不詳', '1981-13-01', '3000-01-01'])('does not read %s', (text) =>
    expect(readWrittenDate(text)).toBeNull(),
  );

  it.each([
    ['1981-07-13', '1981-07-31', 'near'],
    ['1981-07-13', '1981-07-18', 'near'],
    ['1981-03-10', '1981-10-03', 'near'],
    ['1979-03-10', '1980-03-10', 'near'],
    ['1981-07-13', '1960-02-02', 'contradicts'],
    ['1981', '1981-07-13', 'unknown'],
    ['1960', '1981-07-13', 'contradicts'],
  ])('%s against %s: %s', (a, b, expected) => {
    expect(compareBirthDates(readWrittenDate(a), readWrittenDate(b))).toBe(expected);
  });
});

describe('identifiers', () => {
  it.each([
    '+81-3-0000-9101',
    '０３（００００）９１０１',
    '0300009101',
    '+81 (0)3 0000 9101',
    '03-0000-9101 内線12',
  ])('reads the phone %s', (raw) => expect(phoneKey(raw)).toBe('0300009101'));

  it('reads corporate numbers in full width and with the T of an invoice number', () => {
    expect(corporateNumberKey('Ｔ６９９９９０２０００００１')).toBe('6999902000001');
    expect(corporateNumberKey('123')).toBeNull();
  });

  it('takes one place down to the room for one, in any notation', () => {
    const [a, b] = [
      readAddress('千葉県千葉市中央区風車町1-2-3 風車ビル401'),
      readAddress('千葉市中央区風車町一丁目２番３号風車ビル４０１号室'),
    ];
    expect(sameRoom(a, b)).toBe(true);
    expect(sameRoom(a, readAddress('千葉県千葉市中央区風車町1-2-3 風車ビル402'))).toBe(false);
    expect(readAddress('東京都港区')).toBeNull();
  });
});

describe('edits', () => {
  it('names the single edit, and only one', () => {
    expect(singleEdit('abcd', 'abd')).toMatchObject({ kind: 'added', at: 2 });
    expect(singleEdit('abcd', 'abxd')).toMatchObject({ kind: 'substituted', at: 2 });
    expect(singleEdit('abcd', 'acbd')).toMatchObject({ kind: 'swapped', at: 1 });
    expect(singleEdit('abcd', 'axyd')).toBeNull();
    expect(singleEdit('abcd', 'abcd')).toBeNull();
  });

  it('marks the characters that differ, counted in characters and not in code units', () => {
    expect(differingIndexes('𠮷田太郎', '吉田次郎')).toEqual({ a: [0, 2], b: [0, 2] });
  });
});
