import Encoding from 'encoding-japanese';
import { describe, expect, test } from 'vitest';
import { readListFile } from '../../storage/list-file.ts';
import { fieldFile } from '../support/field.ts';

const field = (name: string) => readListFile(fieldFile('csv', `${name}.csv`));
const utf8 = (text: string) => new TextEncoder().encode(text);
const sjis = (text: string) =>
  Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), 'SJIS', 'UNICODE'));

describe('files of the field: nobody is thrown off a list by what is optional', () => {
  test.each<[string, number, string[]]>([
    ['c01-birth-date-unknown', 3, ['', '', '', '1985-01-02']],
    ['c02-birth-date-partial', 3, ['1985-01', '1985', '1985']],
    ['c03-birth-date-excel', 2, ['1985-01-02', '1985-01-02', '1985-01-02', '1985']],
  ])('%s', async (name, warnings, dates) => {
    const file = await field(name);
    expect(file.bad).toEqual([]);
    expect(file.rows.map(({ birthDate }) => birthDate)).toEqual(dates);
    expect(file.warnings).toHaveLength(warnings);
  });

  test('c05: headings in other words are read', async () => {
    const { rows, columns } = await field('c05-columns-not-told');
    expect(rows).toMatchObject([{ kana: 'カイサブロウタ', birthDate: '1970-02-03' }]);
    expect(columns.map(({ as }) => as)).toEqual(['id', 'kind', 'name', 'kana', 'birthDate']);
  });

  test.each(['c07-utf8-one-broken-row', 'c08-sjis-one-undefined-byte'])(
    '%s: one broken byte costs one row',
    async (name) => {
      const file = await field(name);
      expect(file.rows).toHaveLength(300);
      expect(file.bad.map(({ line }) => line)).toEqual([302]);
    },
  );

  test.each(['c11-id-of-12-digits', 'c12-phone-with-81'])(
    '%s: running numbers and telephones are no My Numbers',
    async (name) => {
      expect(await field(name)).toMatchObject({ bad: [], rows: { length: 200 } });
    },
  );

  test('c14: a character of the writer’s own font is taken and reported', async () => {
    expect(await field('c14-gaiji-in-name')).toMatchObject({
      bad: [],
      rows: { length: 1 },
      warnings: [{ line: 2, reason: expect.stringContaining('外字') }],
    });
  });

  test('c16: a corporate number with its T, and none', async () => {
    expect(
      (await field('c16-corporate-number-forms')).rows.map(({ corporateNumber }) => corporateNumber),
    ).toEqual(['7000012050002', '']);
  });

  test('c18: UTF-16 with tabs, as Excel saves it', async () => {
    expect(await field('c18-utf16-tabs-of-excel')).toMatchObject({
      encoding: 'UTF-16',
      rows: [{ entryId: 'A1' }],
      bad: [],
    });
  });

  test('c10: Japanese only behind the first 256 KB of a Shift_JIS file', async () => {
    const latin = Array.from(
      { length: 6_000 },
      (_, at) => `L${at},person,Peter Example Longname ${at},,12 Example Street Springfield\r\n`,
    );
    const file = await readListFile(
      sjis(
        `id,kind,name,kana,address\r\n${latin.join('')}J1,person,甲斐三郎太,カイサブロウタ,東京都千代田区\r\n`,
      ),
    );
    expect(file).toMatchObject({ encoding: 'Shift_JIS', rows: { length: 6_001 }, bad: [] });
  });

  test('c20: a character over byte 262,144', async () => {
    const head = sjis('id,kind,name\r\nS1,company,青空\r\n');
    for (const shift of [0, 1]) {
      const latin = `K,company,${'x'.repeat(200)}\r\n`;
      const lines = Array.from(
        { length: Math.floor((262_143 - head.length - 30) / (latin.length + 6)) },
        (_, at) => latin.replace('K', `K${String(at).padStart(6, '0')}`),
      );
      const filled = head.length + lines.join('').length;
      const last = sjis(`Z,company,${'y'.repeat(262_143 - filled - 10 - shift)}青空\r\n`);
      const file = await readListFile(Buffer.concat([head, Buffer.from(lines.join('')), last]));
      expect(file.encoding).toBe('Shift_JIS');
      expect(file.rows).toHaveLength(lines.length + 2);
    }
  });
});

describe('beyond the field', () => {
  const row = (cells: string) => readListFile(utf8(`id,kind,name,kana,birthDate,address,phone\n${cells}`));

  test('an optional cell with a broken letter, a control character or too much in it is left out and reported', async () => {
    for (const address of ['東京�', '東京\u0007', '長'.repeat(1_001)]) {
      const file = await row(`1,person,甲斐,カイ,,${address},03-1234-5678`);
      expect(file.rows).toMatchObject([{ name: '甲斐', address: '', phone: '03-1234-5678' }]);
      expect(file.warnings).toMatchObject([{ line: 2, reason: expect.stringContaining('住所') }]);
    }
  });

  test('a broken letter in an optional cell of a whole file costs that cell', async () => {
    const bytes = Buffer.concat([
      utf8('id,kind,name,address\n1,person,甲斐三郎,東京'),
      Buffer.from([0xe5, 0x9b]),
      utf8('\n2,person,青空太郎,大阪\n'),
    ]);
    expect(await readListFile(bytes)).toMatchObject({
      encoding: 'UTF-8',
      rows: [{ address: '' }, { address: '大阪' }],
    });
  });

  test.each([
    ['昭和60年1月2日(1985年)', '1985-01-02'],
    ['1985年（昭和60年）1月2日', '1985-01-02'],
    ['Ｓ６０．１．２', '1985-01-02'],
    ['19850102.0', '1985-01-02'],
    ['2/1/1985', '1985'],
    ['13/1/1985', '1985-01-13'],
    ['1985年1月頃', '1985-01'],
    ['1985年2月30日', '1985-02'],
    ['S60年生', '1985'],
    ['1985/?/?', '1985'],
    ['1985年春', '1985'],
    ['198501', '1985-01'],
    ['1900-01-00', ''],
    ['45658', ''],
    ['85/1/2', ''],
    ['該当なし', ''],
    ['九十', ''],
  ])('a birth date written %s is kept as %s', async (written, kept) => {
    expect((await row(`1,person,甲斐,,${written}`)).rows.map(({ birthDate }) => birthDate)).toEqual([kept]);
  });

  test('My Numbers in the column of ids, or in one that is not read, are none of ours to keep (第21条)', async () => {
    const numbers = ['123456789018', '987654321018', '111111111118', '222222222226'];
    const ids = numbers.map((number) => `${number},person,甲斐`);
    expect(
      (await readListFile(utf8(`id,kind,name\n${ids.join('\n')}`))).rows.map(({ entryId }) => entryId),
    ).not.toContain('123456789018');
    const unread = await readListFile(utf8(`id,kind,name,整理\n1,person,甲斐,123456789018`));
    expect(unread).toMatchObject({ rows: [], bad: [{ line: 2 }] });
    expect(JSON.stringify(unread.bad)).not.toContain('123456789018');
    const running = Array.from({ length: 50 }, (_, at) => `${at},person,甲斐,${202603200000 + at}`);
    expect(await readListFile(utf8(`id,kind,name,受付\n${running.join('\n')}`))).toMatchObject({
      rows: { length: 50 },
      bad: [],
    });
  });

  test.each(['EUCJP', 'JIS'] as const)('a list in %s is read', async (encoding) => {
    const text = '管理番号,種別,氏名\nA1,個人,甲斐三郎太\n';
    const bytes = Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), encoding, 'UNICODE'));
    expect((await readListFile(bytes)).rows).toMatchObject([{ name: '甲斐三郎太' }]);
  });

  test('headings about somebody else are not taken, and a workbook is told what to do', async () => {
    const { columns } = await readListFile(
      utf8(
        'No.,法人・個人の別,商号又は名称,代表者氏名,代表者生年月日,TEL(代表),Date of Birth\n1,法人,青空,x,y,z,',
      ),
    );
    expect(columns.map(({ as }) => as)).toEqual(['id', 'kind', 'name', null, null, 'phone', 'birthDate']);
    await expect(readListFile(Uint8Array.from([0x50, 0x4b, 3, 4]))).rejects.toThrow('CSV UTF-8');
  });

  test('a column that is not read is named', async () => {
    const { columns } = await readListFile(utf8('id,kind,name,備考,FAX番号\n1,person,甲斐,x,y'));
    expect(columns.filter(({ as }) => as === null).map(({ heading }) => heading)).toEqual([
      '備考',
      'FAX番号',
    ]);
  });
});
