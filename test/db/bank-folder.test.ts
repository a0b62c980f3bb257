import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openPapers } from '../../db/queries/payment/receivable.ts';
import { bankImports, refusedBankFiles, tasks } from '../../db/schema/index.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { takeBankFolder } from '../../gateway/bank-folder.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { plantPapers } from '../support/issued-papers.ts';
import { transferFile } from '../support/statement.ts';
import { openTestDatabase } from '../support/workers.ts';

const ON = civilDate('2026-11-25');

let connection: ReturnType<typeof openTestDatabase>;
let folder: string;
beforeAll(() => {
  connection = openTestDatabase();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hasso-bank-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => connection.close());

const look = () => {
  const storage = createFileStorage(join(folder, '.documents'));
  const ports = { db: connection.db, storage, bankCsv: undefined };
  return takeBankFolder(ports, { folder, sandbox: true, now: new Date() });
};

/** A file that was put there a minute ago, or just now. */
function put(name: string, bytes: Uint8Array, secondsAgo = 60): void {
  writeFileSync(join(folder, name), bytes);
  const at = Date.now() / 1000 - secondsAgo;
  utimesSync(join(folder, name), at, at);
}

async function paidFile() {
  const prefix = `F${randomUUID().slice(0, 8).toUpperCase()}`;
  const fact = { kana: `フォルダ${prefix}`, totalYen: 39_600, issuedOn: ON, dueOn: civilDate('2026-11-30') };
  const [paper] = await plantPapers(connection.db, prefix, [fact]);
  if (paper === undefined) throw new Error('no paper');
  const reference = paper.number.replaceAll('-', '');
  const line = { on: ON, amountYen: 39_600, name: 'ﾀﾞﾚｶ', reference };
  return { paper, bytes: transferFile([line], randomInt(100_000, 900_000)) };
}

test('a file that lies still is taken once, by however many look at a time, kept and moved away', async () => {
  const { paper, bytes } = await paidFile();
  put('furikomi.txt', bytes);
  await Promise.all([look(), look()]);
  expect(await openPapers(connection.db, { sandbox: true, paperIds: [paper.paperId] })).toEqual([]);
  expect(readdirSync(join(folder, 'taken'))).toHaveLength(1);
  const imports = await connection.db.select().from(bankImports).where(eq(bankImports.importedBy, 'folder'));
  expect(imports.map(({ fileName }) => fileName)).toContain('furikomi.txt');
  expect(await look()).toEqual({ taken: 0, refused: 0 });
});

test('a file that is still being written waits, and hidden ones are nobody’s business', async () => {
  const { bytes } = await paidFile();
  put('now.txt', bytes, 0);
  put('.part', bytes);
  expect(await look()).toEqual({ taken: 0, refused: 0 });
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['.part', 'now.txt']));
});

test('a file that is not in order is set aside with its original and one task that says why', async () => {
  const { paper, bytes } = await paidFile();
  const name = `${paper.number}.txt`;
  // The last digit of the trailer's sum.
  put(
    name,
    bytes.map((byte, index) => (index === 202 * 2 + 18 ? 0x39 : byte)),
  );
  expect(await look()).toEqual({ taken: 0, refused: 1 });
  expect(readdirSync(join(folder, 'refused'))).toHaveLength(1);
  const all = await connection.db.select().from(refusedBankFiles);
  const file = all.find(({ fileName }) => fileName === name);
  expect(file?.reason).toContain('3行目');
  expect(file?.storageKey).not.toBeNull();
  const opened = await connection.db
    .select()
    .from(tasks)
    .where(eq(tasks.subjectId, file?.id ?? ''));
  expect(opened).toMatchObject([{ kind: 'bankFileRefused', role: 'billing', status: 'open' }]);
  expect(await openPapers(connection.db, { sandbox: true, paperIds: [paper.paperId] })).toHaveLength(1);
  await connection.db
    .update(tasks)
    .set({ status: 'done' })
    .where(eq(tasks.subjectId, file?.id ?? ''));
});
