import { createHmac } from 'node:crypto';

/**
 * The secret of a correction link. Computed, not stored: a mail that is sent again carries the same link, and the
 * database holds only its hash.
 */
export function correctionToken(secret: string, applicationId: string, round: number): string {
  return createHmac('sha256', secret).update(`correction/${applicationId}/${round}`).digest('base64url');
}
