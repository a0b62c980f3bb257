import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkedContents, keyOf, requireKey } from './key.ts';

/** A stored document as it travels through payloads and tables: never the bytes themselves. */
export interface StoredDocument {
  /** Where to find it again; given by the storage, opaque to everybody else. */
  key: string;
  /** Hex digest of the contents. */
  sha256: string;
  /** Length in bytes. */
  bytes: number;
}

/** Keeps documents by their contents: the same bytes are stored once, under the same key. */
export interface DocumentStorage {
  put(bytes: Uint8Array): Promise<StoredDocument>;
  /** Throws when the key is malformed, nothing is stored under it, or the contents no longer match it. */
  get(key: string): Promise<Uint8Array>;
}

/**
 * Documents as files under one folder. A file appears under its name only when it is whole (written aside, flushed,
 * renamed), so a killed process leaves no half document; reading checks the digest again.
 */
export function createFileStorage(dir: string): DocumentStorage {
  return {
    async put(bytes) {
      const { key, sha256 } = keyOf(bytes);
      const target = join(dir, key);
      if (!(await exists(target))) await writeWhole(target, bytes);
      return { key, sha256, bytes: bytes.byteLength };
    },
    async get(key) {
      requireKey(key);
      return checkedContents(key, await readFile(join(dir, key)));
    },
  };
}

async function writeWhole(target: string, bytes: Uint8Array): Promise<void> {
  await mkdir(join(target, '..'), { recursive: true });
  const temporary = `${target}.${randomUUID()}`;
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, target);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
