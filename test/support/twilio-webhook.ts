import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { WebEnv } from '../../web/dependencies.ts';

type Kind = 'calls' | 'messages' | 'numbers';
type Signer = { account: string; token: string };

const ORIGIN = 'http://localhost:8080';

/** Posts a form as the provider does, signed with a token; gives the status of the answer. */
export async function postForm(
  app: Hono<WebEnv>,
  kind: Kind,
  fields: Record<string, string>,
  { account, token }: Signer,
  { query = '' }: { query?: string } = {},
): Promise<number> {
  const url = `${ORIGIN}/webhooks/twilio/${kind}${query}`;
  const form = { AccountSid: account, ...fields };
  const signature = getExpectedTwilioSignature(token, url, form);
  const headers = { 'x-twilio-signature': signature };
  const init = { method: 'POST', headers, body: new URLSearchParams(form) };
  const response = await app.request(url, init, { incoming: { url: url.slice(ORIGIN.length) } });
  return response.status;
}

/** Posts a list of events as JSON; the address carries the hash of the body. */
export async function postJson(
  app: Hono<WebEnv>,
  kind: Kind,
  events: readonly Record<string, unknown>[],
  { account, token }: Signer,
): Promise<number> {
  const body = JSON.stringify(events.map((data) => ({ data: { accountSid: account, ...data } })));
  const hash = createHash('sha256').update(body).digest('hex');
  const url = `${ORIGIN}/webhooks/twilio/${kind}?account=${account}&bodySHA256=${hash}`;
  const signature = getExpectedTwilioSignature(token, url, {});
  const headers = { 'x-twilio-signature': signature, 'content-type': 'application/json' };
  return (await app.request(url, { method: 'POST', headers, body })).status;
}
