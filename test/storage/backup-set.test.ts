import { createSecretKey, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KeyPart, requireSameInstallation } from '../../db/backup/key-part.ts';
import { backedUpDocuments } from '../../storage/backup/documents.ts';
import { removeSetsBefore, setName } from '../../storage/backup/set.ts';
import { keyOf } from '../../storage/key.ts';

const folder = mkdtempSync(join(tmpdir(), 'hasso-sets-'));
let identity = '';
let recipient = '';
beforeAll(async () => {
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('old sets go, the newest never, and nothing else in the folder', async () => {
  const dir = join(folder, 'sets');
  const days = ['2026-01-01', '2026-02-01', '2026-03-01'].map((day) => new Date(`${day}T00:00:00.500Z`));
  const names = days.map(setName);
  expect(names[0]).toBe('20260101T000000Z');
  for (const name of [...names, 'documents', `${names[0]}.new`])
    mkdirSync(join(dir, name), { recursive: true });
  expect(await removeSetsBefore(dir, new Date('2026-02-01T00:00:00Z'))).toBe(1);
  expect(await removeSetsBefore(dir, new Date('2027-01-01T00:00:00Z'))).toBe(1);
  expect(readdirSync(dir).toSorted()).toEqual(['20260101T000000Z.new', '20260301T000000Z', 'documents']);
});

test('a document needs the private key and its own key', async () => {
  const documents = backedUpDocuments(join(folder, 'documents-test'));
  const bytes = Buffer.from('%PDF 証明書');
  const { sha256 } = keyOf(bytes);
  const key = createSecretKey(randomBytes(32));
  await documents.write(sha256, bytes, key, recipient);
  expect(Buffer.from(await documents.read(sha256, key, identity))).toEqual(bytes);
  const strange = createSecretKey(randomBytes(32));
  await expect(documents.read(sha256, strange, identity)).rejects.toThrow(/is damaged/);
  const other = await generateX25519Identity();
  await expect(documents.read(sha256, key, other)).rejects.toThrow(/does not open the backup/);
  await documents.remove(sha256);
  expect(await documents.has(sha256)).toBe(false);
});

test('keys of owners that the database does not know are never written over', () => {
  const key = { wrapped: 'x', destroyedAt: null, createdAt: '2026-01-01T00:00:00Z' };
  const earlier: KeyPart = {
    format: 1,
    writtenAt: '2026-01-02T00:00:00Z',
    personal: { a: key, b: { ...key, wrapped: null } },
    documents: {},
  };
  expect(() => requireSameInstallation(earlier, { a: key, b: key, c: key })).not.toThrow();
  expect(() => requireSameInstallation(earlier, { a: key })).toThrow(/has 1 keys whose owners/);
});
