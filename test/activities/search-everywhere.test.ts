import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchEverywhere } from '../../clients/search-everywhere.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { outboxName } from '../../db/queries/deletion/erase.ts';
import { noteObjects } from '../../db/queries/deletion/record.ts';
import { type DeletionSubject, deletionSubject } from '../../db/queries/deletion/subject.ts';
import { applicationDocuments } from '../../db/schema/index.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { needlesOf } from '../../domain/data/needles.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { randomWord } from '../support/random-word.ts';
import { storedContract } from '../support/stored-contract.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'hasso-search-'));
const outboxDir = join(folder, 'outbox');
const storage = createFileStorage(join(folder, 'documents'));
const executions = { closed: async () => [], remove: async () => undefined, textOf: async () => '' };

beforeAll(async () => {
  mkdirSync(outboxDir);
  await addBaseData(db);
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

/** Two customers who share a name, and a text with it for each thing that is theirs. */
async function namesakes() {
  const name = `株式会社${randomWord().replaceAll('-', '')}`;
  const [own, other] = [await storedContract({ db }), await storedContract({ db })];
  const subject = await deletionSubject(db, own.contractId);
  if (subject === null) throw new Error('there is no contract');
  let texts = 0;
  const text = () => {
    texts += 1;
    return Buffer.from(`${name} ${texts}`);
  };
  return { name, text, other, subject };
}

const left = async (subject: DeletionSubject, name: string, ports: { storage: typeof storage }) => {
  const found = await searchEverywhere(
    { db, executions, outboxDir, ...ports },
    subject,
    needlesOf('companyName', name),
    'deletion/none',
  );
  return found.left.filter(({ store }) => store === 'storage' || store === 'outbox');
};

test('a file of another customer of the same name is theirs, also where its row comes a moment after it or went a moment before', async () => {
  const { name, text, other, subject } = await namesakes();
  const [coming, going] = [await storage.put(text()), await storage.put(text())];
  await noteObjects(db, other.contractId, { kind: 'file', names: [going.key] });
  const row = {
    ...{ fileName: '申込書.pdf', contentType: 'application/pdf', addedBy: 'test' },
    ...{ applicationId: other.applicationId, storageKey: coming.key },
    ...{ sha256: coming.sha256, bytes: coming.bytes },
  };
  let rows = 0;
  const namedWhenRead = {
    ...storage,
    async get(key: string) {
      if (key === coming.key) {
        await db.insert(applicationDocuments).values(sealRow(applicationDocuments, other.applicationId, row));
        rows += 1;
      }
      return storage.get(key);
    },
  };
  expect(await left(subject, name, { storage: namedWhenRead })).toEqual([]);
  expect(rows).toBe(1);
});

test('what nobody owns counts, in the storage and in the outbox; mails whose rows another deletion took away do not', async () => {
  const { name, text, other, subject } = await namesakes();
  await storage.put(text());
  const mail = (id: string) => {
    const file = `20300101-${outboxName(id)}.eml`;
    writeFileSync(join(outboxDir, file), text());
    return file;
  };
  mail('<nobody@example.jp>');
  mail('<going@example.jp>');
  await noteObjects(db, other.contractId, { kind: 'outboxMail', names: [outboxName('<going@example.jp>')] });
  const file = mail('<file@example.jp>');
  await noteObjects(db, other.contractId, { kind: 'outboxFile', names: [file] });
  expect(await left(subject, name, { storage })).toEqual([
    { store: 'storage', count: 1 },
    { store: 'outbox', count: 1 },
  ]);
});
