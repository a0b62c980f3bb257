import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const PREFIX = 'hx1:';
const OWNER_LENGTH = 36;
const HEAD_LENGTH = PREFIX.length + OWNER_LENGTH + 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The keys that follow from the master key: one wraps the keys of customers, one hashes what is searched. */
export interface MasterKeys {
  wrapping: KeyObject;
  search: KeyObject;
}

/** `hex`: 64 hexadecimal digits. Throws an Error that does not quote them. */
export function masterKeysOf(hex: string): MasterKeys {
  const master = Buffer.from(hex, 'hex');
  if (master.length !== 32) throw new Error('PERSONAL_DATA_KEY must be 64 hexadecimal digits');
  const derive = (purpose: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', master, '', `hasso ${purpose}`, 32)));
  return { wrapping: derive('wrapping'), search: derive('search') };
}

/** Text under an owner's key, bound to the owner. AES-256-GCM; a random IV, so that equal texts look different. */
export function encrypt(key: KeyObject, ownerId: string, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(ownerId));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${PREFIX}${ownerId}:${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')}`;
}

/** The owner of an encrypted text; null for any other text. */
export function ownerOfEncrypted(text: string): string | null {
  if (!text.startsWith(PREFIX) || text[HEAD_LENGTH - 1] !== ':') return null;
  return text.slice(PREFIX.length, HEAD_LENGTH - 1);
}

/** The text again; null when it was not encrypted with this key for this owner. */
export function decrypt(key: KeyObject, ownerId: string, encrypted: string): string | null {
  const bytes = Buffer.from(encrypted.slice(HEAD_LENGTH), 'base64');
  if (bytes.length < IV_BYTES + TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
      .setAAD(Buffer.from(ownerId))
      .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = bytes.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** Keyed hash of a short piece of text, as a signed 64-bit number in decimal. */
export function keyedHash(key: KeyObject, piece: string): string {
  return createHmac('sha256', key).update(piece).digest().readBigInt64BE().toString();
}
