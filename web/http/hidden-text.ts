import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is hidden: one kind never passes as another. */
type HiddenPurpose = 'search' | 'halfSignedIn' | 'secondFactor' | 'keptForm' | 'outside';

/**
 * A search text on its way through an address: addresses stand in logs, in histories and on screens, and names, mail addresses
 * and telephone numbers must not. Encrypted, so that a page can be gone back to; nothing of it is stored.
 */
export function hideText(secret: string, text: string, purpose: HiddenPurpose = 'search'): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, purpose), nonce);
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url');
}

/** The text that was hidden here, or null. */
export function shownText(secret: string, hidden: string, purpose: HiddenPurpose = 'search'): string | null {
  const bytes = Buffer.from(hidden, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, purpose), bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

const keyOf = (secret: string, purpose: HiddenPurpose): Buffer =>
  createHash('sha256').update(`${purpose}:${secret}`).digest();
