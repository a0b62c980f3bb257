import { createHash, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as authenticator apps know it: six digits, thirty seconds, SHA-1. */
const PERIOD_SECONDS = 30;
/** How many periods a clock may be off, either way. */
const WINDOW = 1;
const RECOVERY_CODES = 10;
const RECOVERY_BYTES = 10;

const totp = (secret: string, label = '') =>
  new TOTP({
    ...{ issuer: 'Hasso 運用管理', label, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS },
    secret: Secret.fromBase32(secret),
  });

/** A new secret, in base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** What an authenticator app reads from the QR code. */
export const secretUri = (secret: string, label: string): string => totp(secret, label).toString();

/** The period in which a code is right, near an instant; null where it is not. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const timestamp = now.getTime();
  const delta = totp(secret).validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
}

/** A code as it was typed: any width, with or without spaces and hyphens. */
export const plainCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s\-‐−–]/g, '')
    .toUpperCase();

/** Codes for whoever has lost their authenticator, each for one use. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => {
    const code = new Secret({ buffer: new Uint8Array(randomBytes(RECOVERY_BYTES)).buffer }).base32;
    return code.match(/.{4}/g)?.join('-') ?? code;
  });
}

/** What is kept of one: eighty random bits need no slow hash. */
export const recoveryHash = (staffId: string, code: string): string =>
  createHash('sha256')
    .update(`${staffId}/${plainCode(code)}`)
    .digest('base64url');
