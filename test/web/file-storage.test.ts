import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFileStorage } from '../../storage/file-storage.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('the same bytes are stored once, also when two write them at the same moment', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'hasso-storage-'));
  const storage = createFileStorage(dir);
  const [first, second] = await Promise.all([storage.put(bytes('証書')), storage.put(bytes('証書'))]);
  expect(first).toEqual(second);
  expect(first?.bytes).toBe(6);
  expect(new TextDecoder().decode(await storage.get(first.key))).toBe('証書');
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  expect(files).toHaveLength(1);
});

test('a document that was changed on disk is not handed out', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'hasso-storage-'));
  const storage = createFileStorage(dir);
  const { key } = await storage.put(bytes('証書'));
  await writeFile(join(dir, key), '偽造');
  await expect(storage.get(key)).rejects.toThrow('damaged');
});

test('a key cannot lead out of the folder', async () => {
  const storage = createFileStorage(await mkdtemp(join(tmpdir(), 'hasso-storage-')));
  for (const key of ['../../etc/passwd', 'sha256/../../x', '', `sha256/aa/${'b'.repeat(64)}`]) {
    await expect(storage.get(key)).rejects.toThrow('malformed');
  }
});
