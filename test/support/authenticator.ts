import { Secret, TOTP } from 'otpauth';

/** What an authenticator app shows at an instant. */
export const codeAt = (secret: string, instant: Date): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replace(/\s/g, '')) }).generate({
    timestamp: instant.getTime(),
  });
