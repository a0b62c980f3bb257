import { createHash, createHmac } from 'node:crypto';

/**
 * The secret of a link by which somebody chooses a password. Computed, not stored: a mail that is sent again carries the same link,
 * and the database holds only its hash.
 */
export function staffLinkToken(secret: string, linkId: string): string {
  return createHmac('sha256', secret).update(`staff-link/${linkId}`).digest('base64url');
}

/** The form in which the table knows it. */
export const linkHash = (token: string): string => createHash('sha256').update(token).digest('hex');
