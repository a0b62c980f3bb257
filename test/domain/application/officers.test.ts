import { describe, expect, test } from 'vitest';
import { readOfficers } from '../../../domain/application/officers.ts';
import { readWrittenDay } from '../../../domain/calendar/written-date.ts';

describe('officers are read one from each line, in whatever way they are written', () => {
  test.each([
    ['佐藤花子、サトウハナコ、取締役、1970年4月1日', 'サトウハナコ', '1970-04-01', '取締役'],
    ['佐藤花子,取締役,さとう はなこ,昭和45年4月1日', 'サトウ ハナコ', '1970-04-01', '取締役'],
    ['佐藤花子／ｻﾄｳ ﾊﾅｺ／1970/4/1／代表取締役社長', 'サトウ ハナコ', '1970-04-01', '代表取締役社長'],
    ['佐藤花子\tS45.4.1', '', '1970-04-01', ''],
    ['佐藤花子', '', '', ''],
    ['取締役 佐藤花子 1970年4月1日', '', '1970-04-01', '取締役'],
    ['佐藤花子（昭和45年4月1日生）、取締役', '', '1970-04-01', '取締役'],
    ['佐藤花子　19700401、サトウハナコ', 'サトウハナコ', '1970-04-01', ''],
  ])('%s', (line, kana, birthDate, title) => {
    expect(readOfficers(line)).toEqual([{ name: '佐藤花子', kana, birthDate, title }]);
  });

  test('empty lines and separators name nobody', () => {
    expect(readOfficers('\n 、、\n\u3000\n佐藤花子\r\n鈴木一郎\n').map(({ name }) => name)).toEqual([
      '佐藤花子',
      '鈴木一郎',
    ]);
  });

  test.each(['1970-02-30', '3000-01-01', '70-1-1', '取締役', '1970年4月'])('%s is no birth date', (text) =>
    expect(readWrittenDay(text)).toBeNull(),
  );
  test.each([
    ['平成元年1月8日', '1989-01-08'],
    ['大正15年12月25日', '1926-12-25'],
    ['１９６０－０１－０２', '1960-01-02'],
  ])('%s', (text, date) => expect(readWrittenDay(text)).toBe(date));
});
