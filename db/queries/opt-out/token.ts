import { createHmac, timingSafeEqual } from 'node:crypto';

const ID_BYTES = 16;

/** The secret part of an opt-out link: names a contact, and nobody without the secret can make one. */
export function optOutToken(secret: string, contactId: string): string {
  const id = Buffer.from(contactId.replaceAll('-', ''), 'hex');
  return Buffer.concat([id, signature(secret, contactId)]).toString('base64url');
}

/** The contact that a token was made for, or null when it was not made here. */
export function contactOfToken(secret: string, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ID_BYTES + 32 || bytes.toString('base64url') !== token) return null;
  const hex = bytes.subarray(0, ID_BYTES).toString('hex');
  const contactId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return timingSafeEqual(bytes.subarray(ID_BYTES), signature(secret, contactId)) ? contactId : null;
}

function signature(secret: string, contactId: string): Buffer {
  return createHmac('sha256', secret).update(`opt-out/${contactId}`).digest();
}
