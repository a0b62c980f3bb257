import type { Config } from '../../config.ts';
import { createTwilioTelephony, type Telephony } from './port.ts';

/** The settings of the telephony provider. */
export type TelephonyConfig = Pick<
  Config,
  'TWILIO_ACCOUNT_SID' | 'TWILIO_AUTH_TOKEN' | 'TWILIO_BASE_URL' | 'TWILIO_NUMBERS_URL'
>;

/** Of one request. */
const TIMEOUT_MS = 15_000;

/** The telephony provider by the settings; null where telephony is off. */
export function telephonyOf(config: TelephonyConfig): Telephony | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = config;
  if (accountSid === undefined || authToken === undefined) return null;
  const { TWILIO_BASE_URL: baseUrl, TWILIO_NUMBERS_URL: numbersUrl } = config;
  return createTwilioTelephony({ accountSid, authToken, baseUrl, numbersUrl, timeoutMs: TIMEOUT_MS });
}
