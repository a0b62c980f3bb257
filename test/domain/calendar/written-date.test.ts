import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, civilDate, yearMonthDay } from '../../../domain/calendar/civil-date.ts';
import { readWrittenDate, readWrittenDay } from '../../../domain/calendar/written-date.ts';
import { readTimeOfDay } from '../../../domain/calendar/written-time.ts';

describe('a day is read in every way that people write it', () => {
  it.each([
    '1981-07-13',
    '1981/7/13',
    '1981.7.13',
    '1981. 7. 13',
    '1981年7月13日',
    '１９８１年７月１３日',
    '19810713',
    '昭和56年7月13日',
    '昭和 56 年 7 月 13 日',
    '昭和五十六年七月十三日',
    '一九八一年七月十三日',
    '昭56.7.13',
    'S56.7.13',
    'Ｓ５６．７．１３',
    's56/7/13',
    'S560713',
    '昭560713',
    '㍼56年7月13日',
    '昭和56年(1981年)7月13日',
    '昭和56（1981）年7月13日',
    '1981年（昭和56年）7月13日',
    '1981年7月13日（昭和56年7月13日）',
    '生年月日：昭和56年7月13日',
    '1981年7月13日生',
    '1981年7月13日生まれ',
    '1981年7月13日（月）',
    '1981年7月13日（45歳）',
    '1981年7月13日生（満45歳）',
    '西暦1981年7月13日',
    '\u202a1981-07-13\u202c',
    '1981‐07‐13',
    '1981−07−13',
    '1981ー07ー13',
    '13 Jul 1981',
    '13-Jul-1981',
    'July 13, 1981',
    '1981/7/13 0:00',
    '1981-07-13T00:00:00',
  ])('%s', (text) => expect(readWrittenDay(text)).toBe('1981-07-13'));

  it.each([
    ['1948', { year: 1948, month: null, day: null }],
    ['昭和23年', { year: 1948, month: null, day: null }],
    ['1985年1月', { year: 1985, month: 1, day: null }],
    ['1985-01', { year: 1985, month: 1, day: null }],
    ['昭和60年1月', { year: 1985, month: 1, day: null }],
  ])('%s as far as it goes', (text, date) => {
    expect(readWrittenDate(text)).toEqual(date);
    expect(readWrittenDay(text)).toBeNull();
  });

  it('every day is read from both calendars as itself', () => {
    const days = fc.integer({ min: 0, max: 55_000 }).map((days) => addDays(civilDate('1873-01-01'), days));
    const eras = [
      ['令和', '2019-05-01'],
      ['平成', '1989-01-08'],
      ['昭和', '1926-12-25'],
      ['大正', '1912-07-30'],
      ['明治', '1868-01-25'],
    ] as const;
    fc.assert(
      fc.property(days, (date) => {
        const { year, month, day } = yearMonthDay(date);
        const [era, from] = eras.find(([, first]) => first <= date) ?? eras[4];
        const eraYear = year - Number(from.slice(0, 4)) + 1;
        const written = `${era}${eraYear === 1 ? '元' : eraYear}年${month}月${day}日`;
        expect([written, readWrittenDay(written)]).toEqual([written, date]);
        expect(readWrittenDay(`${year}/${month}/${day}`)).toBe(date);
      }),
    );
  });
});

describe('a day that is none is not read as another', () => {
  it.each([
    '令和元年4月30日',
    '令和0年5月1日',
    '昭和65年1月1日',
    '昭和64年1月8日',
    '平成元年1月7日',
    '平成31年5月1日',
    '大正15年12月26日',
    '明治45年7月31日',
    'S650101',
    '昭和65年',
    '1970-02-30',
    '1970年4月31日',
    '1981-13-01',
    '昭和56年(1980年)7月13日',
    '70-1-1',
    '3000-01-01',
    '昭和60年頃',
    '不詳',
    '31049',
    '取締役',
    '',
  ])('%j', (text) => expect(readWrittenDate(text)).toBeNull());

  it.each([
    ['平成31年4月30日', '2019-04-30'],
    ['令和元年5月1日', '2019-05-01'],
    ['昭和64年1月7日', '1989-01-07'],
    ['平成元年1月8日', '1989-01-08'],
    ['昭和元年12月25日', '1926-12-25'],
    ['大正15年12月25日', '1926-12-25'],
  ])('%s is the edge of its era', (text, date) => expect(readWrittenDay(text)).toBe(date));
});

describe('a time of day', () => {
  it.each([
    ['09:05', 9, 5],
    ['9:05', 9, 5],
    ['０９：０５', 9, 5],
    ['9時5分', 9, 5],
    ['9時05分', 9, 5],
    ['9時', 9, 0],
    ['午前9時5分', 9, 5],
    ['午後3時半', 15, 30],
    ['午後0時10分', 12, 10],
    ['3:30 PM', 15, 30],
    ['23:59', 23, 59],
  ])('%s', (text, hours, minutes) => expect(readTimeOfDay(text)).toBe((hours * 60 + minutes) * 60_000));

  it.each(['', '24:00', '9:60', '午後13時', '9', '朝'])('%j is none', (text) =>
    expect(readTimeOfDay(text)).toBeNull(),
  );
});
