import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DocumentStorage } from '../../storage/file-storage.ts';
import { openStorage } from '../../storage/open.ts';
import { createS3Storage } from '../../storage/s3-storage.ts';

const folder = mkdtempSync(join(tmpdir(), 'hasso-storage-'));
const documents = join(folder, 'documents');
/** An S3 server of its own, speaking the protocol over HTTP. */
const server = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: 'documents' }],
});
const keys = { S3_ACCESS_KEY_ID: 'S3RVER', S3_SECRET_ACCESS_KEY: 'S3RVER' };
let endpoint: string;
const storages: Record<string, DocumentStorage> = {};
/** Writes other contents under a key, behind the storage's back. */
const damage: Record<string, (key: string, bytes: Uint8Array) => unknown> = {
  folder: (key, bytes) => writeFileSync(join(documents, key), bytes),
  bucket: (key, bytes) => {
    const credentials = { accessKeyId: keys.S3_ACCESS_KEY_ID, secretAccessKey: keys.S3_SECRET_ACCESS_KEY };
    const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
    return client.send(new PutObjectCommand({ Bucket: 'documents', Key: key, Body: bytes }));
  },
};

beforeAll(async () => {
  const { port } = await server.run();
  endpoint = `http://127.0.0.1:${port}`;
  storages.folder = openStorage({ DOCUMENTS_DIR: documents });
  storages.bucket = openStorage({
    DOCUMENTS_DIR: documents,
    S3_BUCKET: 'documents',
    S3_ENDPOINT: endpoint,
    ...keys,
  });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const storage = (kind: string): DocumentStorage => {
  const found = storages[kind];
  if (found === undefined) throw new Error(`no storage ${kind}`);
  return found;
};

describe.each(['folder', 'bucket'])('documents in a %s', (kind) => {
  test('come back byte for byte, under a key that is their digest', async () => {
    const bytes = new Uint8Array(200_000).map((_, index) => (index * 7919) % 256);
    const stored = await storage(kind).put(bytes);
    expect(stored).toEqual({
      key: `sha256/${stored.sha256.slice(0, 2)}/${stored.sha256}`,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      bytes: 200_000,
    });
    expect(Buffer.from(await storage(kind).get(stored.key)).equals(Buffer.from(bytes))).toBe(true);
  });

  test('are stored once, however many put them at the same time', async () => {
    const bytes = Buffer.from(`once in a ${kind}`);
    const stored = await Promise.all(Array.from({ length: 8 }, () => storage(kind).put(bytes)));
    expect(new Set(stored.map(({ key }) => key)).size).toBe(1);
    expect(Buffer.from(await storage(kind).get(stored[0]?.key ?? '')).equals(bytes)).toBe(true);
  });

  test('that were damaged where they lie are not handed out', async () => {
    const { key } = await storage(kind).put(Buffer.from(`whole ${kind}`));
    await damage[kind]?.(key, Buffer.from(`Whole ${kind}`));
    await expect(storage(kind).get(key)).rejects.toThrow('is damaged');
  });

  test('are found by whole keys only: nothing outside can be reached', async () => {
    for (const key of [
      '',
      '../../etc/passwd',
      `sha256/aa/${'b'.repeat(64)}`,
      `sha256/aa/${'a'.repeat(64)}/..`,
    ]) {
      await expect(storage(kind).get(key)).rejects.toThrow('malformed');
    }
    await expect(storage(kind).get(`sha256/aa/${'a'.repeat(64)}`)).rejects.toThrow();
  });
});

test('a folder holds whole documents only: nothing is left of the writing aside', () => {
  const names = readdirSync(documents, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map(({ name }) => name);
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) expect(name).toMatch(/^[0-9a-f]{64}$/);
});

test('a server that is not there is an error, never "no document"', async () => {
  const away = openStorage({
    DOCUMENTS_DIR: documents,
    S3_BUCKET: 'documents',
    S3_ENDPOINT: 'http://127.0.0.1:9',
    ...keys,
  });
  await expect(away.put(Buffer.from('x'))).rejects.toThrow();
});

test('a server that takes a request and never answers is an error after a while: nobody waits for ever, and no lock is held', async () => {
  const silent = createServer();
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  const { port } = silent.address() as AddressInfo;
  const bucket = createS3Storage({
    ...{ bucket: 'documents', endpoint: `http://127.0.0.1:${port}`, answersWithinMs: 100 },
    credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
  });
  await expect(bucket.put(Buffer.from('x'))).rejects.toThrow();
  silent.close();
});
