import Encoding from 'encoding-japanese';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentLists, loadEntries } from '../../db/queries/screening-list/current.ts';
import { readListChanges, readListVersions } from '../../db/queries/screening-list/read.ts';
import { currentVersion } from '../../db/queries/screening-list/stage.ts';
import { rollBackList } from '../../db/queries/screening-list/take.ts';
import { ListFileError, previewList, takeList } from '../../gateway/screening.ts';
import { readListFile } from '../../storage/list-file.ts';
import { openTestDatabase } from '../support/workers.ts';

const LIST = 'internal';
const HEADER = 'id,kind,name,kana,aliases,birthDate,address,phone,corporateNumber';
const utf8 = (text: string) => new TextEncoder().encode(text);
const sjis = (text: string) =>
  Uint8Array.from(Encoding.convert(Encoding.stringToCode(text), { to: 'SJIS', from: 'UNICODE' }));

let connection: ReturnType<typeof openTestDatabase>;
beforeAll(() => {
  connection = openTestDatabase();
});
afterAll(async () => {
  // The stack is shared: nobody else should have to index the large list.
  await take(`${HEADER}\nZ,company,後片付け用の名称`);
  await connection.close();
});

const preview = (text: string) =>
  previewList(connection.db, { list: LIST, fileName: 'list.csv', bytes: utf8(text), importedBy: 'tester' });

async function take(text: string): Promise<number> {
  const staged = await preview(text);
  const taken = await takeList(connection.db, { importId: staged.id, takenBy: 'tester' });
  if (!taken.ok) throw new Error(taken.message);
  return taken.version;
}

async function entryVersions(): Promise<Record<string, number>> {
  const version = (await currentVersion(connection.db, LIST)) ?? 0;
  const entries = await loadEntries(connection.db, { list: LIST, version });
  return Object.fromEntries(entries.map(({ id, entryVersion }) => [id, entryVersion]));
}

test.each([
  ['UTF-8', utf8],
  ['UTF-8 with a byte order mark', (text: string) => utf8(`\uFEFF${text}`)],
  ['Shift_JIS', sjis],
])('the same list is read from %s, with columns in Japanese in any order', async (encoding, encode) => {
  const text =
    '備考,氏名・名称,管理番号,種別,フリガナ,別名,生年月日,法人番号\r\n' +
    ',青葉商事株式会社,A-1,法人,アオバショウジ,青葉;あおば,,7000012050002\r\n' +
    'メモ,"山田 太郎",A-2,個人,ヤマダ　タロウ,,昭和35年1月2日,\r\n';
  const file = await readListFile(encode(text));
  expect(file.encoding).toBe(encoding.startsWith('UTF-8') ? 'UTF-8' : 'Shift_JIS');
  expect(file.bad).toEqual([]);
  expect(file.rows).toEqual([
    {
      entryId: 'A-1',
      kind: 'company',
      name: '青葉商事株式会社',
      kana: 'アオバショウジ',
      aliases: '青葉\nあおば',
      birthDate: '',
      address: '',
      phone: '',
      corporateNumber: '7000012050002',
    },
    expect.objectContaining({ entryId: 'A-2', kind: 'person', name: '山田 太郎', birthDate: '1960-01-02' }),
  ]);
});

test('bad rows are reported by line and reason without their contents, the good ones kept', async () => {
  const myNumber = '123456789018';
  const file = await readListFile(
    utf8(
      [
        'id,kind,name,birthDate,memo',
        '1,company,良い会社,,',
        '2,robot,x,,',
        '3,person,,,',
        '4,person,佐藤,2020-13-45,',
        `5,person,鈴木,,${myNumber}`,
        '1,company,同じ番号,,',
        '6,company,"複数行の',
        '名称",,',
        '7,company,"閉じない引用符,,',
        '8,company,最後の会社,,',
        `9,company,${'長'.repeat(1_001)},,`,
        '10,company,\u0007,,',
      ].join('\n'),
    ),
  );
  // A date that does not exist is left out; the person stays.
  expect(file.rows.map(({ entryId }) => entryId)).toEqual(['1', '4', '6', '8']);
  expect(file.warnings.map(({ line }) => line)).toEqual([5]);
  expect(file.bad.map(({ line }) => line)).toEqual([3, 4, 6, 7, 10, 12, 13]);
  expect(JSON.stringify([file.bad, file.warnings])).not.toMatch(/123456789018|鈴木|佐藤/);
  expect(file.bad[2]?.reason).toContain('個人番号');
});

test.each([
  ['an empty file', utf8('')],
  ['a file without the columns', utf8('a,b,c\n1,2,3')],
  ['a column given twice', utf8('id,kind,name,氏名\n1,person,a,b')],
  ['a binary file', Uint8Array.from({ length: 4_000 }, (_, i) => (i * 7919) % 256)],
])('%s is refused as a whole with a sentence', async (_, bytes) => {
  await expect(readListFile(bytes)).rejects.toThrow(ListFileError);
});

test('a preview tells what would change and changes nothing; taking it does exactly that', async () => {
  await take(`${HEADER}\n1,company,甲社\n2,company,乙社\n3,person,丙`);
  const before = await currentVersion(connection.db, LIST);
  const staged = await preview(`${HEADER}\n1,company,甲社\n2,company,乙社,オツシャ\n4,company,丁社\nbad`);
  expect(staged).toMatchObject({ rows: 3, added: 1, changed: 1, removed: 1, same: 1, badRows: 1 });
  expect(await readListChanges(connection.db, staged, 10)).toEqual([
    { change: 'removed', entryId: '3', before: '丙', after: null },
    { change: 'changed', entryId: '2', before: '乙社', after: '乙社' },
    { change: 'added', entryId: '4', before: null, after: '丁社' },
  ]);
  expect(await currentVersion(connection.db, LIST)).toBe(before);
  const taken = await takeList(connection.db, { importId: staged.id, takenBy: 'tester' });
  expect(taken).toEqual({ ok: true, version: (before ?? 0) + 1 });
  expect(await takeList(connection.db, { importId: staged.id, takenBy: 'tester' })).toEqual(taken);
  const now = (before ?? 0) + 1;
  expect(await entryVersions()).toEqual({ 1: before, 2: now, 4: now });
});

test('an entry whose row was not taken stays as it is, found by its id or by its name, and is no deletion', async () => {
  await take(`${HEADER}\n1,company,甲社\n2,company,乙社\n3,person,丙,,,1960-01-02\n4,company,丁社`);
  const before = await entryVersions();
  const staged = await preview(`${HEADER}\n1,company,甲社\n2,robot,乙社\n,person,丙\n4,company,"丁社`);
  expect(staged).toMatchObject({ rows: 1, badRows: 3, keptEntries: 3, removed: 0, same: 4, unknownRows: 0 });
  expect(await readListChanges(connection.db, staged, 10)).toEqual([]);
  const taken = await takeList(connection.db, { importId: staged.id, takenBy: 'tester' });
  expect(taken).toMatchObject({ ok: true });
  expect(await entryVersions()).toEqual(before);
});

test('a preview that another import overtook, and a file without a good row, are not taken', async () => {
  const early = await preview(`${HEADER}\n1,company,甲社`);
  await take(`${HEADER}\n1,company,乙社`);
  expect(await takeList(connection.db, { importId: early.id, takenBy: 'tester' })).toMatchObject({
    ok: false,
    code: 'stale',
  });
  const empty = await preview(`${HEADER}\nbad`);
  expect(await takeList(connection.db, { importId: empty.id, takenBy: 'tester' })).toMatchObject({
    ok: false,
    code: 'invalid',
  });
});

test('a rollback makes an earlier version current again; every version is kept', async () => {
  const first = await take(`${HEADER}\n1,company,甲社\n2,company,乙社`);
  const second = await take(`${HEADER}\n1,company,丙社`);
  expect(
    await rollBackList(connection.db, { list: LIST, version: first, actor: 'tester', reason: '誤った版' }),
  ).toBe(true);
  expect(await currentLists(connection.db)).toContainEqual({ list: LIST, version: first });
  expect(Object.keys(await entryVersions())).toEqual(['1', '2']);
  const versions = await readListVersions(connection.db, LIST);
  expect(versions.map(({ version }) => version)).toEqual(expect.arrayContaining([first, second]));
  expect(versions.filter(({ current }) => current).map(({ version }) => version)).toEqual([first]);
  expect(
    await rollBackList(connection.db, { list: LIST, version: 9_999, actor: 'tester', reason: '誤った版' }),
  ).toBe(false);
  expect(await take(`${HEADER}\n1,company,甲社`)).toBe(second + 1);
});

test('100,000 rows are read, previewed and taken well under a minute, also over as many, with progress on the way', async () => {
  const row = (i: number) =>
    `E${i},${i % 2 === 0 ? 'company' : 'person'},名称その${i}商会,メイショウ,,,東京都千代田区丸の内${(i % 9) + 1}-${(i % 30) + 1},,`;
  const rows = Array.from({ length: 100_000 }, (_, i) => row(i));
  for (const [first, version] of [row(0), 'E0,company,変更後の名称,,,,,,'].entries()) {
    const steps: string[] = [];
    const began = performance.now();
    const bytes = utf8(`${HEADER}\n${[version, ...rows.slice(1)].join('\n')}`);
    const staged = await previewList(
      connection.db,
      { list: LIST, fileName: 'big.csv', bytes, importedBy: 'tester' },
      ({ step }) => void steps.push(step),
    );
    const taken = await takeList(connection.db, { importId: staged.id, takenBy: 'tester' });
    const seconds = (performance.now() - began) / 1000;
    console.log(`100,000 rows: ${seconds.toFixed(1)} s`);
    expect(staged).toMatchObject({ rows: 100_000, badRows: 0 });
    if (first === 1) expect(staged).toMatchObject({ changed: 1, same: 99_999, added: 0, removed: 0 });
    expect(taken.ok).toBe(true);
    expect(steps.filter((step) => step === 'read').length).toBeGreaterThan(10);
    expect(steps.filter((step) => step === 'write').length).toBeGreaterThan(10);
    expect(seconds).toBeLessThan(45);
  }
}, 120_000);
