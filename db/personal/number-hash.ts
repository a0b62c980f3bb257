import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { HashNumber } from '../../domain/watch/numbers.ts';

/** 128 bits: no two of all numbers that there are meet by chance. */
const BYTES = 16;

/**
 * Keyed hash under which the watchers know numbers and bodies of messages (第18条1項), under a key of its own that follows from the
 * master key (64 hexadecimal digits): without it nobody finds the number by trying all.
 */
export function numberHashOf(masterKey: string): HashNumber {
  const derived = hkdfSync('sha256', Buffer.from(masterKey, 'hex'), '', 'hasso numbers', 32);
  const key = createSecretKey(Buffer.from(derived));
  return (text) => createHmac('sha256', key).update(text).digest().subarray(0, BYTES).toString('base64url');
}
