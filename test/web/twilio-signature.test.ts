import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it, test } from 'vitest';
import {
  claimedAccount,
  configuredUrl,
  isFromTwilio,
  type TwilioWebhook,
} from '../../web/public/twilio-signature.ts';

const file = fileURLToPath(new URL('../data/twilio-signatures.jsonl', import.meta.url));
const cases = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));

const TOKEN = '0123456789abcdef0123456789abcdef';
const URL_AT_TWILIO = 'https://hasso.example.jp/webhooks/twilio/calls';
const bytes = (text: string) => new TextEncoder().encode(text);

function form(body: string, signed: Record<string, string | string[]>, options: Partial<TwilioWebhook> = {}) {
  const signature = getExpectedTwilioSignature(TOKEN, URL_AT_TWILIO, signed);
  const contentType = 'application/x-www-form-urlencoded';
  return { url: URL_AT_TWILIO, contentType, body: bytes(body), signature, ...options };
}

function json(body: Uint8Array, options: Partial<TwilioWebhook> = {}): TwilioWebhook {
  const hash = createHash('sha256').update(body).digest('hex');
  const url = `${URL_AT_TWILIO}?account=AC1&bodySHA256=${hash}`;
  const signature = getExpectedTwilioSignature(TOKEN, url, {});
  return { url, contentType: 'application/json', body, signature, ...options };
}

describe('signed webhooks', () => {
  it('are all there', () => {
    expect(cases).toHaveLength(18);
  });

  test.each(cases)('$id: $why', ({ url, contentType, body, signature, tokens, valid }) => {
    const webhook = { url, contentType, body: bytes(body), signature };
    const account = claimedAccount(webhook);
    const token = account === null ? undefined : tokens[account];
    expect(token !== undefined && isFromTwilio(webhook, token)).toBe(valid);
  });
});

describe('a webhook is believed', () => {
  it('with a charset in its type, and with a key that objects have by themselves', () => {
    const contentType = 'Application/X-WWW-form-urlencoded; charset=UTF-8';
    const body = 'AccountSid=AC1&constructor=x&__proto__=y';
    const signed = Object.fromEntries(new URLSearchParams(body));
    expect(isFromTwilio(form(body, signed, { contentType }), TOKEN)).toBe(true);
    expect(isFromTwilio(form(`${body}&__proto__=z`, signed), TOKEN)).toBe(false);
  });

  it('by the bytes of its JSON, even where they are no text', () => {
    const odd = new Uint8Array([0x5b, 0xff, 0x5d]);
    expect(isFromTwilio(json(odd), TOKEN)).toBe(true);
    expect(isFromTwilio({ ...json(odd), body: new Uint8Array([0x5b, 0xfe, 0x5d]) }, TOKEN)).toBe(false);
  });

  it.each<[string, TwilioWebhook, string]>([
    ['without a signature', form('AccountSid=AC1', { AccountSid: 'AC1' }, { signature: undefined }), TOKEN],
    ['with an empty one', form('AccountSid=AC1', { AccountSid: 'AC1' }, { signature: '' }), TOKEN],
    ['with an empty token', form('AccountSid=AC1', { AccountSid: 'AC1' }), ''],
    ['as a type that nobody signs', form('', {}, { contentType: 'text/plain' }), TOKEN],
    ['as a type that nobody named', form('', {}, { contentType: '' }), TOKEN],
    ['at an address that is none', form('', {}, { url: 'webhooks/twilio' }), TOKEN],
    ['as JSON whose address has no hash', { ...json(bytes('[]')), url: URL_AT_TWILIO }, TOKEN],
    ['as JSON with the signature of a form', form('', {}, { contentType: 'application/json' }), TOKEN],
  ])('not %s', (_, webhook, token) => {
    expect(isFromTwilio(webhook, token)).toBe(false);
  });
});

describe('the account of a webhook', () => {
  const of = (body: string) => claimedAccount(form(body, {}));

  it('is the AccountSid of a form, `account` in the address of JSON', () => {
    expect(of('AccountSid=AC1&AccountSid=AC1')).toBe('AC1');
    expect(claimedAccount(json(bytes('[]')))).toBe('AC1');
  });

  it('is nobody’s where none or two are named, or where the other kind would name it', () => {
    expect(of('')).toBeNull();
    expect(of('AccountSid=')).toBeNull();
    expect(of('AccountSid=AC1&AccountSid=AC2')).toBeNull();
    // The signed address of a JSON webhook, sent again with an empty form.
    const replayed = { ...json(bytes('')), contentType: 'application/x-www-form-urlencoded' };
    expect(claimedAccount(replayed)).toBeNull();
    expect(claimedAccount({ ...form('AccountSid=AC1', {}), contentType: 'application/json' })).toBeNull();
    expect(claimedAccount({ ...form('AccountSid=AC1', {}), contentType: 'text/plain' })).toBeNull();
  });
});

describe('the configured address', () => {
  it('is the public origin with path and query as they came, not encoded anew', () => {
    const asked = "/webhooks/twilio/calls?b=2&contract=K1&name=O'Brien%2b+x";
    expect(configuredUrl('https://hasso.example.jp/', asked)).toBe(`https://hasso.example.jp${asked}`);
    expect(configuredUrl('https://hasso.example.jp:8443/app', '/x')).toBe('https://hasso.example.jp:8443/x');
  });
});
