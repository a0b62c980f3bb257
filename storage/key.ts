import { createHash } from 'node:crypto';

const KEY = /^sha256\/([0-9a-f]{2})\/([0-9a-f]{64})$/;

/** The key of contents: their digest, in folders of 256. */
export function keyOf(bytes: Uint8Array): { key: string; sha256: string } {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { key: keyOfDigest(sha256), sha256 };
}

/** The key of contents with this digest. */
export const keyOfDigest = (sha256: string): string => `sha256/${sha256.slice(0, 2)}/${sha256}`;

/** The digest that a key says; of a malformed one nothing. */
export const digestOf = (key: string): string => KEY.exec(key)?.[2] ?? '';

/** Whether a name is a key that a storage gives. */
export function isKey(name: string): boolean {
  const [, folder = '', digest] = KEY.exec(name) ?? [];
  return digest?.startsWith(folder) === true;
}

/** Throws unless the key is one that a storage gave: it becomes part of a path or of a request. */
export function requireKey(key: string): void {
  if (!isKey(key)) throw new Error('The storage key is malformed.');
}

/** The contents, if they are those that were stored under the key. Throws when they are not. */
export function checkedContents(key: string, bytes: Uint8Array): Uint8Array {
  if (keyOf(bytes).key !== key) throw new Error(`The stored document ${key} is damaged.`);
  return bytes;
}
