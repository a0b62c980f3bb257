import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

/** Hex SHA-256, under which tokens are stored. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** 32 random bytes for a cookie or form. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares without telling by the time taken how much agreed. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()];
  return timingSafeEqual(left, right);
}

/** A text with its signature, for carrying through a form; `purpose` keeps one kind from passing as another. */
export function seal(secret: string, purpose: string, text: string): string {
  const body = Buffer.from(text).toString('base64url');
  return `${body}.${signature(secret, purpose, body)}`;
}

/** The text of a sealed one, or null when it was not sealed here for this purpose. */
export function unseal(secret: string, purpose: string, sealed: string): string | null {
  const [body = '', given = '', ...rest] = sealed.split('.');
  if (rest.length > 0 || !sameText(given, signature(secret, purpose, body))) return null;
  return Buffer.from(body, 'base64url').toString();
}

/** A short mark of some content, which tells nothing of it: other content under the same form is another command. */
export function contentMark(secret: string, content: unknown): string {
  return signature(secret, 'content', JSON.stringify(content)).slice(0, 22);
}

function signature(secret: string, purpose: string, body: string): string {
  return createHmac('sha256', secret).update(`${purpose}:${body}`).digest('base64url');
}

/** A form may stay open for a day. */
const FORM_LIFE_MS = 24 * 3_600_000;

/** The token of a new form: proves that the form came from here, says when, and makes a repeat the same submission. */
export function issueFormToken(secret: string, now: Date): string {
  return seal(secret, 'form', `${randomUUID()} ${now.getTime()}`);
}

export type FormToken = { state: 'valid' | 'expired'; key: string; ageMs: number } | { state: 'forged' };

/** Reads a form's token: `key` names the submission, `ageMs` is the time since the form was first shown. */
export function readFormToken(secret: string, token: string, now: Date): FormToken {
  const match = /^([0-9a-f-]{36}) (\d+)$/.exec(unseal(secret, 'form', token) ?? '');
  if (match === null) return { state: 'forged' };
  const ageMs = now.getTime() - Number(match[2]);
  return { state: ageMs > FORM_LIFE_MS ? 'expired' : 'valid', key: match[1] ?? '', ageMs };
}
