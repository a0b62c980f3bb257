import { createHash, createHmac } from 'node:crypto';

/**
 * The token in the address of a certificate's verification page: 128 bits that nobody can guess, in digits and
 * letters only: a hyphen at the end of a printed line is lost when the text is copied. Computed from the
 * certificate's business key, so that a retry prints the same one; the database holds only its hash.
 */
export function verificationToken(secret: string, contractId: string, key: string): string {
  const mac = createHmac('sha256', secret).update(`verification/${contractId}/${key}`).digest();
  return mac.subarray(0, 16).toString('hex');
}

/** What the database keeps of a token. */
export function verificationHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
