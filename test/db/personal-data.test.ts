import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { destroyKey } from '../../db/personal/destroy-key.ts';
import { DESTROYED_TEXT } from '../../db/personal/encrypting-client.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { indexForSearch } from '../../db/personal/search-index.ts';
import { seal } from '../../db/personal/tags.ts';
import { listApplications } from '../../db/queries/read/application-list.ts';
import { rebuildSearchIndex } from '../../db/queries/search/rebuild.ts';
import { customers } from '../../db/schema/index.ts';
import { storeApplication } from '../support/application.ts';
import { stackEnv } from '../support/stacks.ts';
import { openTestDatabase } from '../support/workers.ts';

const { DATABASE_URL = '' } = stackEnv();
const { db, close } = openTestDatabase();
/** Sees what is stored, as a backup does. */
const raw = openDatabase({ DATABASE_URL }, 2);
const wrongKey = openDatabase({ DATABASE_URL, PERSONAL_DATA_KEY: '0'.repeat(64) }, 1);
afterAll(() => Promise.all([close(), raw.close(), wrongKey.close()]));

const customer = (id: string, name = '株式会社髙﨑商事') =>
  sealRow(customers, id, {
    id,
    name,
    kana: 'カブシキガイシャタカサキショウジ',
    corporateNumber: '1180301018771',
    postalCode: '100-0001',
    address: '東京都千代田区千代田1-1',
    phone: '03-1234-5678',
    sandbox: true,
  });

const read = async (executor: Pick<typeof db, 'select'>, id: string) =>
  (await executor.select().from(customers).where(eq(customers.id, id)))[0];

test('what is stored says nothing, what is read says all, and equal texts look different', async () => {
  const id = randomUUID();
  await db.insert(customers).values({ ...customer(id), kana: seal(id, '株式会社髙﨑商事') });
  const stored = JSON.stringify(await read(raw.db, id));
  expect(stored).not.toMatch(/髙﨑|千代田|1234/u);
  const { name, kana } = (await read(raw.db, id)) ?? {};
  expect(name).not.toBe(kana);
  expect(await read(db, id)).toMatchObject({ name: '株式会社髙﨑商事', phone: '03-1234-5678' });
  expect(await db.execute(sql`select name from customers where id = ${id}`)).toEqual([
    { name: '株式会社髙﨑商事' },
  ]);
});

test('a value that nobody sealed is refused, and so is a mark without the encrypting client', async () => {
  const id = randomUUID();
  await expect(db.insert(customers).values({ ...customer(id), name: '平文' })).rejects.toThrow();
  await expect(raw.db.insert(customers).values(customer(id))).rejects.toThrow();
  expect(await read(raw.db, id)).toBeUndefined();
});

test('the key of a transaction that was rolled back is not used again', async () => {
  const id = randomUUID();
  const failed = db.transaction(async (tx) => {
    await tx.insert(customers).values(customer(id));
    expect(await read(tx, id)).toMatchObject({ name: '株式会社髙﨑商事' });
    throw new Error('rolled back');
  });
  await expect(failed).rejects.toThrow('rolled back');
  await db.transaction(async (tx) => {
    const inner = tx.transaction(async (savepoint) => {
      await savepoint.insert(customers).values(customer(id));
      throw new Error('rolled back');
    });
    await expect(inner).rejects.toThrow('rolled back');
    await tx.insert(customers).values(customer(id));
  });
  const another = openTestDatabase();
  expect(await read(another.db, id)).toMatchObject({ name: '株式会社髙﨑商事' });
  await another.close();
});

test('ten first writes at once agree on one key', async () => {
  const owner = randomUUID();
  const ids = Array.from({ length: 10 }, () => randomUUID());
  await Promise.all(
    ids.map((id) => db.insert(customers).values({ ...customer(id), name: seal(owner, `株式会社${id}`) })),
  );
  const another = openTestDatabase();
  for (const id of ids) expect(await read(another.db, id)).toMatchObject({ name: `株式会社${id}` });
  await another.close();
});

test('once the key is destroyed the text is gone for good, and nothing more is stored about its owner', async () => {
  const id = randomUUID();
  await db.insert(customers).values(customer(id));
  expect(await destroyKey(db, id, new Date())).toBe(true);
  expect(await destroyKey(db, id, new Date())).toBe(false);
  const another = openTestDatabase();
  expect(await read(another.db, id)).toMatchObject({ name: DESTROYED_TEXT, address: DESTROYED_TEXT });
  await expect(
    another.db
      .update(customers)
      .set({ name: seal(id, '株式会社再登録') })
      .where(eq(customers.id, id)),
  ).rejects.toThrow();
  await another.close();
  await expect(db.execute(sql`delete from personal_keys where owner_id = ${id}`)).rejects.toThrow();
});

test('another master key reads nothing and says so', async () => {
  const id = randomUUID();
  await db.insert(customers).values(customer(id));
  const cause = { message: expect.stringContaining('PERSONAL_DATA_KEY') };
  await expect(read(wrongKey.db, id)).rejects.toMatchObject({ cause });
});

test.each([
  ['part of the name', '髙﨑商'],
  ['the name in other characters', '高崎商'],
  ['one character', '﨑'],
  ['the kana in half width', 'ﾀｶｻｷｼｮｳ'],
  ['the kana in hiragana', 'たかさきしょう'],
  ['the mail address', 'takasaki-7@'],
  ['the phone number without hyphens', '0398765432'],
  ['its representative', 'だいひょうはなこ'],
])('an application is found by %s', async (_, text) => {
  const { applicationId } = await storeApplication(db, {
    companyName: '髙﨑商事株式会社',
    companyKana: 'タカサキショウジカブシキガイシャ',
    contactEmail: 'takasaki-7@takasaki.example',
    phone: '03-9876-5432',
    representativeName: '代表 花子',
    representativeKana: 'ダイヒョウ ハナコ',
  });
  const found = async () =>
    (await listApplications(db, { status: null, text, limit: 1, offset: 0 })).rows.map(({ id }) => id);
  expect(await found()).toEqual([applicationId]);
  await indexForSearch(db, 'application', [{ subjectId: applicationId, texts: ['別の名前'] }]);
  expect(await found()).not.toContain(applicationId);
  await rebuildSearchIndex(db);
  expect(await found()).toEqual([applicationId]);
});

test('the search index holds no text, and only whoever has the key can look for one', async () => {
  const { applicationId } = await storeApplication(db, { companyName: '株式会社索引確認' });
  const rows = await raw.db.execute(
    sql`select grams::text as grams from search_index where subject_id = ${applicationId}`,
  );
  expect(rows[0]?.grams).toMatch(/^\{(-?\d+,?)+\}$/);
  const query = { status: null, text: '索引確認', limit: 5, offset: 0 };
  expect((await listApplications(db, query)).count).toBe(1);
  expect((await listApplications(wrongKey.db, query)).count).toBe(0);
});
