import { createHash } from 'node:crypto';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { sameText } from '../http/signing.ts';

/** A webhook of the telephony provider as it arrived. Nothing in it is believed before `isFromTwilio`. */
export interface TwilioWebhook {
  /** As it is configured at the provider, with the query as it came: behind a proxy not the one that the server sees. */
  url: string;
  contentType: string;
  /** The raw body. */
  body: Uint8Array;
  /** The header X-Twilio-Signature. */
  signature: string | undefined;
}

/** The configured address of a webhook: the public origin, then path and query exactly as they were asked for. */
export function configuredUrl(publicOrigin: string, pathAndQuery: string): string {
  return new URL(publicOrigin).origin + pathAndQuery;
}

type BodyKind = 'form' | 'json' | 'other';

function kindOf({ contentType }: TwilioWebhook): BodyKind {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return 'form';
  return type === 'application/json' ? 'json' : 'other';
}

/** The parameters of a form, decoded; a key that comes several times has all its values. */
function formOf({ body }: TwilioWebhook): Map<string, string[]> {
  const form = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(new TextDecoder().decode(body))) {
    form.set(key, [...(form.get(key) ?? []), value]);
  }
  return form;
}

/**
 * The account that a webhook says it is of: AccountSid of a form, `account` in the query for JSON. Its token is the one to check
 * with: that of the subaccount, not of the account above it. Null where it names none, or two.
 */
export function claimedAccount(webhook: TwilioWebhook): string | null {
  const kind = kindOf(webhook);
  if (kind === 'other' || !URL.canParse(webhook.url)) return null;
  const named =
    kind === 'form' ? formOf(webhook).get('AccountSid') : new URL(webhook.url).searchParams.getAll('account');
  const [account, ...others] = new Set(named ?? []);
  return account === undefined || account === '' || others.length > 0 ? null : account;
}

/**
 * Whether a webhook was signed with the primary token of the account (HMAC-SHA1 over the configured address and the parameters
 * of a form). JSON has no parameters: the address carries the SHA-256 of the raw body.
 */
export function isFromTwilio(webhook: TwilioWebhook, token: string): boolean {
  const { url, signature } = webhook;
  if (signature === undefined || token === '' || !URL.canParse(url)) return false;
  switch (kindOf(webhook)) {
    case 'form':
      return validateRequest(token, signature, url, Object.fromEntries(formOf(webhook)));
    case 'json': {
      const told = new URL(url).searchParams.get('bodySHA256') ?? '';
      const hash = createHash('sha256').update(webhook.body).digest('hex');
      return sameText(told, hash) && validateRequest(token, signature, url, {});
    }
    case 'other':
      return false;
  }
}
