import { createHash, createHmac } from 'node:crypto';

/**
 * The token in the address of a certificate's verification page: 192 bits that nobody can guess. Computed from the
 * certificate's cause, so that a retry prints the same one; the database holds only its hash.
 */
export function verificationToken(secret: string, contractId: string, cause: string): string {
  const mac = createHmac('sha256', secret).update(`verification/${contractId}/${cause}`).digest();
  return mac.subarray(0, 24).toString('base64url');
}

/** What the database keeps of a token. */
export function verificationHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
