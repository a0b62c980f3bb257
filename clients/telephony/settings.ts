import type { Config } from '../../config.ts';
import { createTwilioTelephony, type Telephony } from './port.ts';

/** Of one request. */
const TIMEOUT_MS = 15_000;

/** The telephony provider by the settings; null where telephony is off. */
export function telephonyOf(
  config: Pick<Config, 'TWILIO_ACCOUNT_SID' | 'TWILIO_AUTH_TOKEN' | 'TWILIO_BASE_URL'>,
): Telephony | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, TWILIO_BASE_URL: baseUrl } = config;
  if (accountSid === undefined || authToken === undefined) return null;
  return createTwilioTelephony({ accountSid, authToken, baseUrl, timeoutMs: TIMEOUT_MS });
}
