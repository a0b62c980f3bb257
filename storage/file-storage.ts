import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, opendir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { checkedContents, isKey, keyOf, requireKey } from './key.ts';

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
  /** Whether something is stored under the key. */
  has(key: string): Promise<boolean>;
  /** Removes what is stored under the key; nothing there is no error. The caller knows that nobody else names it. */
  remove(key: string): Promise<void>;
  /** Every key with the time of its storing in milliseconds, in no order. */
  keys(): AsyncIterable<{ key: string; storedMs: number }>;
  /** Removes what writes left behind that were killed before so many milliseconds (a time, not a span). */
  removeAbandoned(beforeMs: number): Promise<number>;
  /** Throws when nothing could be stored now. */
  probe(): Promise<void>;
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
    async has(key) {
      requireKey(key);
      return exists(join(dir, key));
    },
    async remove(key) {
      requireKey(key);
      await rm(join(dir, key), { force: true });
    },
    async *keys() {
      for await (const key of filesUnder(dir)) {
        if (isKey(key)) yield { key, storedMs: (await stat(join(dir, key))).mtimeMs };
      }
    },
    async probe() {
      await mkdir(dir, { recursive: true });
      await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
    },
    async removeAbandoned(beforeMs) {
      let removed = 0;
      for await (const name of filesUnder(dir)) {
        const path = join(dir, name);
        if (isKey(name) || (await stat(path)).mtimeMs >= beforeMs) continue;
        await rm(path, { force: true });
        removed += 1;
      }
      return removed;
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

/** Paths of the files below a folder, from there, with slashes. */
async function* filesUnder(dir: string): AsyncGenerator<string> {
  const folder = await opendir(dir, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (folder === null) return;
  for await (const entry of folder) {
    if (entry.isFile()) yield relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/');
  }
}
